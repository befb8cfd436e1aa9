"""Editing attacked: forged numbers, texts swapped under a reviewer's hands, days that put off looking again."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from programs import services
from programs.models import Fact, Page, State
from tests.web.guide_staff import at, draft, page, person, signed_in, state, typed
from tests.web.test_guide_fact_changes import ROW, SENT, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return person("ana", "editor")


@pytest.fixture
def ben() -> User:
    return person("ben", "publisher")


def test_a_forged_revision_of_a_page_without_words_is_no_failure(ana: User) -> None:
    of, client = page(live=False), signed_in(ana)
    client.raise_request_exception = False
    sent = {**typed(of, en_title="Mine", base="5"), "opened": "one"}

    saved = client.post(at(of, "change"), sent)
    kept = client.post(at(of, "keep_change"), sent)
    taken = client.get(at(of, "change") + "?words=mine")

    assert (saved.status_code, kept.status_code, taken.status_code) == (422, 200, 422)
    assert "Open it anew." in taken.content.decode()
    assert not of.revisions.exists()


def test_the_page_says_whose_words_it_keeps(ana: User, ben: User) -> None:
    """Its script lets nobody else who signed in meanwhile send them in another name."""
    of = page()

    for who in (ana, ben):
        assert f'data-who="{who.pk}"' in signed_in(who).get(at(of, "change")).content.decode()


def button(client: Any, of: Page, name: str, where: Any = None) -> dict[str, str]:
    """What the form of this button sends, as it stands on the page."""
    html = (where or client.get(at(of, "change"))).content.decode()
    form = html.split(f'action="{at(of, "do_change", name)}"')[1].split("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_a_text_swapped_after_the_reviewer_opened_it_is_not_approved(ana: User, ben: User) -> None:
    of, reviewer, why = page(), signed_in(ben), "Somebody saved this text anew"
    services.submit(draft(of, ana, en_title="Harmless"), by=ana, note="x")
    sent = button(reviewer, of, "approve")
    services.submit(draft(of, ana, en_title="Harmful"), by=ana, note="x")

    for _ in range(2):  # nor by pressing again on the page that says so
        answer = reviewer.post(at(of, "do_change", "approve"), sent)
        assert answer.status_code == 422
        assert why in answer.content.decode()
        sent = button(reviewer, of, "approve", answer)
    assert state(of) == State.IN_REVIEW

    assert reviewer.post(at(of, "do_change", "approve"), button(reviewer, of, "approve")).status_code == 302
    assert state(of) == State.APPROVED


def test_a_day_to_come_is_no_day_on_which_anybody_looked(ben: User) -> None:
    fact = Fact.objects.create(**ROW)
    program, client = page("program"), signed_in(ben)

    answers = [
        client.post(place(fact), {**SENT, "checked": "2199-01-01"}),
        client.post(
            at(program, "facts_change"), {"days-en": "9", "days-es": "9", "days-checked": "2199-01-01"}
        ),
    ]

    assert all("This day is still to come." in answer.content.decode() for answer in answers)
    assert not fact.changes.exists()
