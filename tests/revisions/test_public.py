"""What staff make live is what everybody reads and what a receipt brings back."""

import json
import re
from dataclasses import replace
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from screening.engine import engine_for
from screening.engine.document import digest
from screening.engine.receipt import receipt
from screening.engine.report import report
from screening.engine.spec import Protocol
from screening.proofs import SHOWN
from screening.protocol import LIVE
from screening.revisions.models import ProtocolRevision, State
from tests.engine.people import calm
from tests.revisions.conftest import published
from tests.web.test_how import page

pytestmark = pytest.mark.django_db


def other_rules() -> Protocol:
    """The live version with one rule that calls for more."""
    rules = tuple(replace(r, outcome="residential") if r.key == "php7_alone" else r for r in LIVE.level_rules)
    return replace(LIVE, version="2026.7", level_rules=rules)


@pytest.fixture
def made_live(lead: User, second: User) -> ProtocolRevision:
    row = published("2026.7", other_rules(), lead, second)
    proofs = {"hold": True, "complete": True, "counts": [[key, 4321] for key in SHOWN]}
    # A published row can not be saved again; this one gets the proofs it would have been published with.
    ProtocolRevision.objects.filter(pk=row.pk).update(proofs=proofs, change_note="Being alone weighs more.")
    return row


def test_when_staff_make_a_version_live_the_page_shows_that_one(made_live: ProtocolRevision) -> None:
    shown = page("en")

    assert f"Version 2026.7, mark {digest(other_rules())[:12]}" in shown
    assert "4,321" in shown
    assert "Being alone weighs more." in shown
    assert re.search(r"<dt>2026\.7</dt><dd>[^<]*In use now", shown)
    assert not re.search(r"<dt>2026\.1</dt><dd>[^<]*In use now", shown)
    residential = shown.index("Residential care</h4>")
    assert residential < shown.index("php7_alone") < shown.index("Day program (PHP)</h4>")


def test_a_recalled_version_stays_in_the_change_log(lead: User, second: User) -> None:
    published("2026.7", other_rules(), lead, second, State.RECALLED)

    assert re.search(r"<dt>2026\.7</dt><dd>[^<]*Recalled", page("en"))
    assert re.search(r"<dt>2026\.1</dt><dd>In use now", page("en"))


def test_a_receipt_of_a_version_that_staff_made_live_is_read_with_it(made_live: ProtocolRevision) -> None:
    engine = engine_for(other_rules())
    answers = engine.door.parse(
        calm(
            signs=["more_than_meant", "fell_behind", "strong_urges", "could_not_cut_down"],
            people_to_count_on="no_one",
            people_who_use="most",
        )
    )
    out = StringIO()
    call_command("assess", "--receipt", receipt(engine, answers), stdout=out)

    assert json.loads(out.getvalue()) == json.loads(json.dumps(report(engine.assess_checked(answers))))
    assert json.loads(out.getvalue())["level"] == "residential"


def test_a_published_version_can_be_compared_by_its_name(made_live: ProtocolRevision) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="differ"):
        call_command("protocol", "diff", LIVE.version, "2026.7", stdout=out)

    assert "level: php becomes residential" in out.getvalue()
