"""Changing a row: nothing half saved, errors at the field, and two people who do not undo each other."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from screening.engine.conditions import AllOf, AnyOf, Has, HowMany, Reaches
from screening.protocol import LIVE
from screening.revisions import documents, rows, services
from screening.revisions.forms import NotThisForm, RowForm
from screening.revisions.models import ProtocolRevision, RevisionChange
from screening.revisions.places import url
from tests.revisions.conftest import RULE, People, SignIn, reworded, save
from tests.revisions.filling import filled

pytestmark = pytest.mark.django_db


def _form(protocol: object, address: str = RULE) -> RowForm:
    row = rows.get(protocol, address)  # type: ignore[arg-type]
    return RowForm(protocol, address, row, documents.row_digest(row))  # type: ignore[arg-type]


def _pressed(form: RowForm, op: str, **changed: object) -> RowForm:
    sent = RowForm.sent(form.protocol, form.address, filled(form, **changed))
    assert sent.is_valid(), sent.errors
    return sent.rearranged(op)


def test_a_part_is_added_changed_and_removed() -> None:
    form = _form(LIVE)

    form = _pressed(form, "add:when:Has")
    form = _pressed(form, "drop:when.conditions.0")
    sent = RowForm.sent(LIVE, RULE, filled(form, when__conditions__1__flag="older"))

    assert sent.is_valid()
    assert sent.row().when == AllOf((Reaches("support", 4), Has("older")))


def test_a_single_condition_becomes_a_group() -> None:
    form = _pressed(_form(LIVE, "level_rules/php1_most_severe"), "wrap:when:AnyOf")
    form = _pressed(form, "add:when:HowMany", when__conditions__1__domain="home")

    found = RowForm.sent(LIVE, form.address, filled(form))

    assert found.is_valid()
    when = found.row().when
    assert isinstance(when, AnyOf)
    assert when.conditions[:2] == (Reaches("severity", 4), Reaches("home", 4))
    assert isinstance(when.conditions[2], HowMany)


def test_all_and_any_are_exchanged_and_steps_copied() -> None:
    rule = RowForm.sent(LIVE, RULE, filled(_form(LIVE), when__group="AnyOf"))
    assert rule.is_valid()
    assert isinstance(rule.row().when, AnyOf)

    home = _pressed(_form(LIVE, "domains/home"), "copy:steps.1")
    assert len(RowForm.sent(LIVE, home.address, filled(home)).drawn.steps) == 5


def test_only_moves_that_the_page_offered_are_taken() -> None:
    sent = RowForm.sent(LIVE, RULE, filled(_form(LIVE)))
    assert sent.is_valid()

    for op in ("drop:sources", "drop:reason", "add:reason:Has", "eval:x", "", "wrap:when:AllOf"):
        with pytest.raises(NotThisForm):
            sent.rearranged(op)


def test_a_shape_that_was_tampered_with_or_belongs_elsewhere_is_no_form() -> None:
    data = filled(_form(LIVE))
    other = filled(_form(LIVE, "level_rules/php1_most_severe"))

    for shape in ("", data["shape"][:-2] + "zz", other["shape"]):
        with pytest.raises(NotThisForm):
            RowForm.sent(LIVE, RULE, {**data, "shape": shape})


BAD = {
    "reason.es": {"reason__es": ""},
    "reason.en_them": {"reason__es_them": "Solo en un idioma."},
    "sources": {"sources": []},
    "outcome": {"outcome": "hospital"},
    "when.conditions.0.band": {"when__conditions__0__band": "9"},
    "when.conditions.0.domain": {"when__conditions__0__domain": "schedule"},
}


@pytest.mark.parametrize("field", BAD)
def test_an_error_stands_at_its_field_and_nothing_is_saved(
    field: str, draft: ProtocolRevision, lead: User, signed_in: SignIn
) -> None:
    page = url("row_change", draft.pk, RULE)

    answer = signed_in(lead).post(page, filled(_form(services.protocol_of(draft)), **BAD[field]))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert ProtocolRevision.objects.get().revision_number == 1


def test_a_fault_of_the_whole_stands_at_the_field_that_made_it(
    draft: ProtocolRevision, lead: User, signed_in: SignIn
) -> None:
    """A choice without points order is fine by itself; a checklist whose ticks differ in weight is not."""
    address = next(
        f"questions/{q.key}"
        for q in LIVE.questions
        if q.kind == "many" and len({c.points for c in q.choices}) == 2
    )
    form = _form(services.protocol_of(draft), address)

    answer = signed_in(lead).post(url("row_change", draft.pk, address), filled(form, choices__0__points="7"))

    assert answer.status_code == 422
    assert any(name.startswith("choices") for name in answer.context["form"].errors)


def test_a_saved_row_is_in_the_draft_and_in_the_record(
    draft: ProtocolRevision, lead: User, signed_in: SignIn
) -> None:
    data = filled(_form(services.protocol_of(draft)), when__conditions__1__band="3")

    answer = signed_in(lead).post(url("row_change", draft.pk, RULE), data)

    assert answer.status_code == 302
    fresh = ProtocolRevision.objects.get()
    assert rows.get(services.protocol_of(fresh), RULE).when.conditions[1] == Reaches("support", 3)
    change = RevisionChange.objects.first()
    assert change is not None
    assert (change.who, change.place, change.number) == (lead, RULE, 2)
    assert change.before["when"] != change.after["when"]


def test_two_people_in_different_rows_both_keep_their_work(
    draft: ProtocolRevision, lead: User, person: People, signed_in: SignIn
) -> None:
    other = person("otto", "clinical")
    mine = filled(_form(services.protocol_of(draft)), reason__en="Mine.")
    theirs = filled(_form(services.protocol_of(draft), "level_rules/php1_most_severe"), reason__en="Theirs.")

    signed_in(other).post(url("row_change", draft.pk, "level_rules/php1_most_severe"), theirs)
    signed_in(lead).post(url("row_change", draft.pk, RULE), mine)

    protocol = services.protocol_of(ProtocolRevision.objects.get())
    assert rows.get(protocol, RULE).reason.en == "Mine."
    assert rows.get(protocol, "level_rules/php1_most_severe").reason.en == "Theirs."


def test_two_people_in_one_row_are_told_and_nothing_is_lost(
    draft: ProtocolRevision, lead: User, person: People, signed_in: SignIn
) -> None:
    other, client = person("otto", "clinical"), signed_in(lead)
    page = url("row_change", draft.pk, RULE)
    mine = filled(_form(services.protocol_of(draft)), reason__en="Mine.")
    reworded(draft, other, "Theirs.")

    answer = client.post(page, mine)

    assert answer.status_code == 409
    body = answer.content.decode()
    assert "otto changed this" in body
    assert "<del>Theirs.</del>" in body
    assert "<ins>Mine.</ins>" in body
    stored = ProtocolRevision.objects.get()
    assert rows.get(services.protocol_of(stored), RULE).reason.en == "Theirs."

    again = client.post(page, {**mine, "shape": answer.context["form"].shape})

    assert again.status_code == 302
    stored = ProtocolRevision.objects.get()
    assert rows.get(services.protocol_of(stored), RULE).reason.en == "Mine."


def test_a_row_removed_meanwhile_does_not_come_back_unasked(
    draft: ProtocolRevision, lead: User, signed_in: SignIn
) -> None:
    mine = filled(_form(services.protocol_of(draft)), reason__en="Mine.")
    services.drop_row(revision=draft, address=RULE, by=lead)

    answer = signed_in(lead).post(url("row_change", draft.pk, RULE), mine)

    assert answer.status_code == 409
    assert "Somebody removed this row" in answer.content.decode()


def test_a_row_is_added_from_a_copy(draft: ProtocolRevision, lead: User, signed_in: SignIn) -> None:
    client = signed_in(lead)
    section = url("section_change", draft.pk, "rules")
    for key in ("php7_alone", "No Good"):
        refused = client.post(section, {"table": "level_rules", "like": "php7_alone", "key": key})
        assert refused.status_code == 422

    answer = client.post(section, {"table": "level_rules", "like": "php7_alone", "key": "php9_new"})
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert ProtocolRevision.objects.get().revision_number == 1
    data = filled(page.context["form"], reason__en="New.", reason__es="Nuevo.")
    saved = client.post(url("row_change", draft.pk, "level_rules/php9_new"), data)

    assert saved.status_code == 302
    protocol = services.protocol_of(ProtocolRevision.objects.get())
    assert protocol.level_rules[-1].key == "php9_new"
    assert protocol.level_rules[-1].reason.en == "New."


def test_what_something_still_needs_is_not_removed(draft: ProtocolRevision, lead: User) -> None:
    with pytest.raises(documents.Refused):
        services.drop_row(revision=draft, address="sources/dsm5", by=lead)
    with pytest.raises(services.NotAllowed):
        services.drop_row(revision=draft, address="questions/age", by=lead)

    assert ProtocolRevision.objects.get().revision_number == 1


def test_saving_what_was_there_already_changes_nothing(draft: ProtocolRevision, lead: User) -> None:
    save(draft, rows.get(LIVE, RULE), lead)

    assert ProtocolRevision.objects.get().revision_number == 1
    assert RevisionChange.objects.count() == 1


def test_a_save_that_did_not_see_the_one_before_it_is_refused(draft: ProtocolRevision, lead: User) -> None:
    stale = ProtocolRevision.objects.get()
    reworded(draft, lead)
    stale.change_note = "stale"

    with pytest.raises(services.Conflict):
        services._save(stale)


def test_the_frame_of_a_question_is_read_only(draft: ProtocolRevision) -> None:
    names = set(_form(services.protocol_of(draft), "questions/safe_home").fields)

    assert not [n for n in names if n.split(".")[0] in ("key", "part", "kind", "ask_if", "always_ask")]
    assert {"text.en", "text.es_them", "choices.1.points", "choices.1.text.es", "sources"} <= names


def test_the_row_of_a_version_in_review_is_shown_but_not_saved(
    ready: ProtocolRevision, lead: User, signed_in: SignIn
) -> None:
    data = filled(_form(services.protocol_of(ready)), reason__en="Too late.")
    services.submit(revision=ready, by=lead)
    client, page = signed_in(lead), url("row_change", ready.pk, RULE)

    assert b"To read only" in client.get(page).content
    assert client.post(page, data).status_code == 422
    assert replace(services.protocol_of(ready), version="x") is not None
