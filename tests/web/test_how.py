"""The public method page and what else is generated from the protocol in use."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from screening.flow_graph import graph
from screening.proofs import kept_proofs
from screening.protocol import LIVE
from tests.web.test_recovery import no_database

pytestmark = pytest.mark.django_db


def page(language: str) -> str:
    with override(language):
        response = Client().get(reverse("screening:how_it_works"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_question_choice_and_rule_is_on_the_page(language: str) -> None:
    shown = page(language)
    for question in LIVE.questions:
        assert escape(question.text.read(language)) in shown
        for choice in question.choices:
            assert escape(choice.text.read(language)) in shown
    for rule in (*LIVE.gates, *LIVE.level_rules, *LIVE.co_occurring_rules, LIVE.default_reason):
        assert rule.key in shown
        assert escape(rule.reason.read(language)) in shown


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_source_is_named_and_every_link_to_one_leads_there(language: str) -> None:
    shown = page(language)
    for source in LIVE.sources:
        assert f'id="source-{source.key}"' in shown
        assert f'href="#source-{source.key}"' in shown or source.key in shown


def test_the_page_shows_the_counts_of_the_proofs_that_were_run() -> None:
    kept = kept_proofs(LIVE)
    assert kept is not None, "run `manage.py protocol_doc`"
    assert f"{kept['counts']['combinations of bands and flags']:,}" in page("en")


def test_the_page_claims_no_clinical_accuracy() -> None:
    assert "No licensed clinician has signed these rules yet" in page("en")
    assert "None has been done yet" in page("en")


def test_the_page_sets_no_cookie() -> None:
    response = Client().get(reverse("screening:how_it_works"))
    assert response.status_code == 200
    assert not response.cookies


def test_while_the_records_are_away_the_page_says_so_and_shows_the_rules_it_came_with() -> None:
    with no_database():
        shown = page("en")
    assert "Newer ones may be in use" in shown
    assert LIVE.level_rules[0].key in shown
    assert "Newer ones may be in use" not in page("en")


def test_the_picture_has_every_question_and_arrows_that_only_point_forward() -> None:
    picture = graph(LIVE, "en")
    assert [node.number for node in picture.nodes] == list(range(1, len(LIVE.questions) + 1))
    assert picture.arcs
    assert all(first < last for first, last in (arc.sentence for arc in picture.arcs))


@pytest.mark.once
def test_the_generated_document_and_the_kept_proofs_are_fresh() -> None:
    """When this fails, run `manage.py protocol_doc`."""
    call_command("protocol_doc", "--check")
