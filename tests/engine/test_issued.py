"""A receipt brings back the same result, bit for bit, whatever has changed in the software since it was given."""

import pytest

from screening.engine import engine_for
from screening.engine.document import digest
from screening.protocol import LIVE, PROTOCOLS
from tests.engine.issued import PEOPLE, fingerprint, known

RECORD = known()


@pytest.mark.parametrize("version", RECORD)
def test_every_receipt_ever_given_brings_back_the_same_bytes(version: str) -> None:
    issued = RECORD[version]
    assert version in PROTOCOLS, "a version that gave receipts stays in the software for good"
    protocol = PROTOCOLS[version]
    changed = (
        "a released version never changes: make a new one"
        if issued["released"]
        else "changed before its release: run `python -m tests.engine.issued`"
    )
    assert digest(protocol) == issued["digest"], changed
    engine = engine_for(protocol)
    again = {code: fingerprint(engine, code) for code in issued["receipts"]}
    assert again == issued["receipts"], (
        "the software says something else than it did: keep the old words and order"
    )


def test_every_version_is_on_record() -> None:
    assert set(RECORD) == set(PROTOCOLS)
    assert all(len(issued["receipts"]) == PEOPLE for issued in RECORD.values())


def test_what_a_clinician_has_signed_counts_as_released() -> None:
    """The day the live version says that it was reviewed, its receipts are for good."""
    unsigned = LIVE.reviewed.en.startswith("No licensed clinician")

    assert RECORD[LIVE.version]["released"] == (not unsigned)
