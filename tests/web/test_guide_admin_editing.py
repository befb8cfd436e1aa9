"""The words of a page: boxes, saving, two people at once, hostile text, history, restoring."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from programs import services
from programs.editing import presence
from programs.models import Editing, Page, Revision, State, Step
from tests.web.guide_staff import at, content, draft, page, person, signed_in, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return person("ana", "editor", first_name="Ana", last_name="Ruiz")


@pytest.fixture
def calm() -> Page:
    return page()


@pytest.fixture
def client(ana: User) -> Client:
    return signed_in(ana)


def words_of(of: Page, number: int) -> services.Content:
    return Revision.objects.get(page=of, number=number).content


def test_there_is_a_named_box_for_every_field_in_both_languages(client: Client, calm: Page) -> None:
    html = client.get(at(calm, "change")).content.decode()

    for name in ("title", "menu", "description", "summary", "part_1_heading", "part_1", "part_8"):
        for language, said in (("en", "English"), ("es", "Spanish")):
            label = re.search(rf'<label for="id_{language}-{name}"[^>]*>(.*?)</label>', html)
            assert label, name
            assert label[1].endswith(said)
    assert 'lang="es"' in html


def test_saving_makes_a_draft_and_the_public_still_sees_what_it_saw(
    client: Client, calm: Page, ana: User
) -> None:
    answer = client.post(at(calm, "change"), typed(calm, en_part_1="<p>You can write to us.</p>", note="new"))

    assert answer.status_code == 302
    saved = calm.revisions.get(number=2)
    assert (saved.state, saved.author, saved.note) == (State.DRAFT, ana, "new")
    assert saved.content["en"]["part_1"] == "<p>You can write to us.</p>"
    assert saved.content["es"] == words_of(calm, 1)["es"]
    calm.refresh_from_db()
    assert calm.live is not None
    assert calm.live.number == 1


def test_saving_what_is_there_already_makes_no_revision(client: Client, calm: Page) -> None:
    # The editor puts items into paragraphs and drops line breaks between tags: nobody changed a word.
    services.save_draft(calm, content(en_part_1="<ul>\n<li>One</li>\n<li>Two</li>\n</ul>"), by=None)

    client.post(at(calm, "change"), typed(calm, en_part_1="<ul><li><p>One</p></li><li><p>Two</p></li></ul>"))

    assert calm.revisions.count() == 2


def test_what_is_too_long_comes_back_with_everything_that_was_typed(client: Client, calm: Page) -> None:
    sent = typed(calm, en_title="x" * 91, es_part_1="<p>Lo mío.</p>", note="mine")

    answer = client.post(at(calm, "change"), sent)

    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"en-title"}
    assert form["es-part_1"].value() == "<p>Lo mío.</p>"
    assert form["note"].value() == "mine"
    assert "x" * 91 in answer.content.decode()
    assert calm.revisions.count() == 1


@pytest.mark.parametrize("base", ["", "x", "-1", "99999999999999999999", "1.5"])
def test_a_forged_base_is_refused_and_nothing_is_saved(client: Client, calm: Page, base: str) -> None:
    answer = client.post(at(calm, "change"), {**typed(calm, en_title="Other"), "base": base})

    assert answer.status_code == 422
    assert calm.revisions.count() == 1


def test_missing_and_unknown_fields_cause_no_failure(client: Client, calm: Page) -> None:
    answer = client.post(at(calm, "change"), {"base": "1", "en-nonsense": "x", "de-title": "x"})

    assert answer.status_code == 302
    assert words_of(calm, 2) == {"en": {}, "es": {}}


HOSTILE = {
    "<script>alert(1)</script><p>a</p>": "<p>a</p>",
    '<p onclick="alert(1)">a</p>': "<p>a</p>",
    '<img src="https://evil.example/x.png"><p>a</p>': "<p>a</p>",
    '<p style="color:red" class="x">a</p>': "<p>a</p>",
    '<a href="javascript:alert(1)">a</a>': "<a>a</a>",
    '<a href="data:text/html,x">a</a>': "<a>a</a>",
    "<svg><script>alert(1)</script></svg><p>a</p>": "<p>a</p>",
    "<h1>a</h1><h2>b</h2>": "ab",
    '<iframe src="/staff/"></iframe><p>a</p>': "<p>a</p>",
    '<form action="https://evil.example"><input name="x"></form><p>a</p>': "<p>a</p>",
    "<p>a<!-- b --></p>": "<p>a</p>",
    '<a href="page:iop" target="_blank" rel="x">a</a>': '<a href="page:iop">a</a>',
}


def test_hostile_rich_text_posted_raw_is_cleaned_before_it_is_kept(client: Client, calm: Page) -> None:
    boxes = [f"{language}_part_{number}" for number in range(1, 9) for language in ("en", "es")]
    sent = dict(zip(boxes, HOSTILE, strict=False))
    assert len(sent) == len(HOSTILE)

    client.post(at(calm, "change"), typed(calm, **sent))

    saved = words_of(calm, 2)
    assert {text: saved[box[:2]][box[3:]] for box, text in sent.items()} == HOSTILE


def test_hostile_plain_text_is_shown_as_text(client: Client, calm: Page) -> None:
    client.post(at(calm, "change"), typed(calm, en_title="<script>alert(1)</script>", note="</textarea><b>"))

    for place in ("change", "history", "preview_change"):
        assert "<script>alert(1)</script>" not in client.get(at(calm, place)).content.decode()
    frame = client.get(at(calm, "frame_change", 2, "en")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in frame
    assert "<script>alert" not in frame


def test_a_row_written_by_hand_is_cleaned_when_it_is_shown(client: Client, calm: Page) -> None:
    bad = content(en_part_1='<p>a</p><script>alert(1)</script><img src=x onerror="alert(1)">')
    Revision.objects.create(page=calm, number=2, content=bad)

    html = client.get(at(calm, "frame_change", 2, "en")).content.decode()

    assert "alert(1)" not in html


def test_the_editor_runs_only_with_the_nonce_of_its_page(client: Client, calm: Page) -> None:
    answer = client.get(at(calm, "change"))
    html, policy = answer.content.decode(), answer["Content-Security-Policy"]

    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce
    assert f'type="importmap" nonce="{nonce[1]}"' in html or f'nonce="{nonce[1]}" type="importmap"' in html
    assert "frame-src 'self'" in policy
    assert "unsafe-inline" not in policy


# --- Two people -------------------------------------------------------------------------------------------------


def test_a_second_editor_is_told_who_has_the_page_open_and_since_when(client: Client, calm: Page) -> None:
    client.get(at(calm, "change"))
    second = signed_in(person("ben", "editor"))

    html = second.get(at(calm, "change")).content.decode()

    assert "Ana Ruiz has had this page open since" in html
    assert "has had this page open" not in client.get(at(page(key="other"), "change")).content.decode()


def test_a_tab_that_was_forgotten_warns_nobody(client: Client, calm: Page) -> None:
    client.get(at(calm, "change"))
    Editing.objects.update(seen=Editing.objects.get().seen - presence.STAYS * 2)

    html = signed_in(person("ben", "editor")).get(at(calm, "change")).content.decode()

    assert "has had this page open" not in html


def test_the_second_to_save_sees_both_texts_and_loses_nothing(client: Client, calm: Page) -> None:
    ben = person("ben", "editor")
    sent = typed(calm, en_part_1="<p>You can write to us. We listen.</p>", es_title="Mi título")
    draft(calm, ben, en_part_1="<p>You can visit us. We listen.</p>")

    answer = client.post(at(calm, "change"), sent)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert calm.revisions.count() == 2
    assert re.search(r"<del>visit</del>\s*<ins>write to</ins>|<del>visit</del>\s*<ins>write\b", html)
    assert answer.context["form"]["es-title"].value() == "Mi título"
    assert answer.context["form"]["base"].value() == "2"


def test_taking_over_needs_a_word_why_and_keeps_theirs_in_the_history(client: Client, calm: Page) -> None:
    theirs = draft(calm, person("ben", "editor"), en_title="Theirs")
    mine = typed(calm, base=2, en_title="Mine", take_over="1")

    assert client.post(at(calm, "change"), mine).status_code == 422
    assert client.post(at(calm, "change"), {**mine, "note": "Agreed with Ben"}).status_code == 302

    assert words_of(calm, 3)["en"]["title"] == "Mine"
    theirs.refresh_from_db()
    assert theirs.state == State.REPLACED
    assert theirs.content["en"]["title"] == "Theirs"


# --- History ----------------------------------------------------------------------------------------------------


def test_any_two_revisions_are_compared_word_by_word(client: Client, calm: Page, ana: User) -> None:
    draft(calm, ana, en_part_1="<p>You may call us. We listen.</p>")

    html = client.get(at(calm, "compare_change"), {"a": "2", "b": "1"}).content.decode()

    assert re.search(r"You\s+<del>can</del>\s*<ins>may</ins>\s+call us", html)
    assert html.count('class="rv-diff"') == 1


def test_a_link_that_leads_elsewhere_is_a_difference_to_be_seen(
    client: Client, calm: Page, ana: User
) -> None:
    draft(calm, ana, en_part_1='<p>You can <a href="https://good.example/">call us</a>.</p>')
    draft(calm, ana, en_part_1='<p>You can <a href="https://bad.example/">call us</a>.</p>')

    html = client.get(at(calm, "compare_change"), {"a": "2", "b": "3"}).content.decode()

    assert "<del>(https://good.example/).</del>" in html
    assert "<ins>(https://bad.example/).</ins>" in html


@pytest.mark.parametrize("query", [{}, {"a": "1"}, {"a": "1", "b": "1"}, {"a": "x", "b": "9" * 18}])
def test_comparing_what_is_not_there_leads_back_to_the_history(
    client: Client, calm: Page, query: dict[str, str]
) -> None:
    answer = client.get(at(calm, "compare_change"), query)

    assert answer.status_code == 302
    assert answer["Location"] == at(calm, "history")


def test_restoring_makes_a_new_draft_with_the_old_words(client: Client, calm: Page, ana: User) -> None:
    draft(calm, ana, en_title="Newer")

    client.post(at(calm, "do_change", "restore"), {"number": "1"})

    assert words_of(calm, 3) == words_of(calm, 1)
    assert calm.revisions.get(number=3).state == State.DRAFT
    assert calm.steps.filter(action=Step.Action.RESTORED).count() == 1


@pytest.mark.parametrize("number", ["", "x", "0", "7", "9" * 30])
def test_restoring_what_is_not_there_does_nothing(client: Client, calm: Page, number: str) -> None:
    answer = client.post(at(calm, "do_change", "restore"), {"number": number})

    assert answer.status_code == 422
    assert calm.revisions.count() == 1


def test_the_history_says_who_what_when_and_why(client: Client, calm: Page, ana: User) -> None:
    draft(calm, ana, en_title="Newer")

    html = client.get(at(calm, "history")).content.decode()

    assert "Saved a draft" in html
    assert "Ana Ruiz" in html
    assert "plainer" in html
