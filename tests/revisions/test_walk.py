"""Every row of the protocol can be opened in a form, and saving it untouched changes nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from screening.protocol import LIVE
from screening.revisions import documents, rows, services
from screening.revisions.forms import RowForm
from screening.revisions.models import ProtocolRevision
from screening.revisions.places import url
from tests.revisions.conftest import SignIn
from tests.revisions.filling import filled

ADDRESSES = [address for table in rows.TABLES for address in rows.addresses(table, LIVE)]


@pytest.mark.parametrize("table", rows.TABLES)
def test_a_form_sent_back_untouched_is_the_row_it_was_drawn_from(table: str) -> None:
    for address in rows.addresses(table, LIVE):
        row = rows.get(LIVE, address)
        drawn = RowForm(LIVE, address, row, documents.row_digest(row))

        sent = RowForm.sent(LIVE, address, filled(drawn))

        assert sent.is_valid(), (address, sent.errors)
        assert sent.row() == row, address


def test_every_field_of_a_protocol_is_on_some_page() -> None:
    assert rows.unknown_tables() == set()


def test_every_page_of_a_draft_opens(draft: ProtocolRevision, lead: User, signed_in: SignIn) -> None:
    client = signed_in(lead)
    protocol = services.protocol_of(draft)
    pages = [url("changelist"), url("add"), url("change", draft.pk), url("history", draft.pk)]
    pages += [url("section_change", draft.pk, section.key) for section in rows.SECTIONS]
    for table in rows.TABLES:
        # The richest row of each table: it draws everything the others do.
        pages.append(url("row_change", draft.pk, max(rows.addresses(table, protocol), key=_size(protocol))))

    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert b"<style" not in answer.content.replace(b'<style nonce="', b"")
        assert b" style=" not in answer.content, page
        assert b" onclick=" not in answer.content


def _size(protocol: Any) -> Any:
    return lambda address: len(repr(rows.get(protocol, address)))
