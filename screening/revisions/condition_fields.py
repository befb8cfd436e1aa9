"""A condition as an editable list of parts: domain and band, facts, and groups of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Chose,
    Condition,
    Has,
    HowMany,
    Not,
    Reaches,
    Scored,
    Unless,
    Unsure,
)
from screening.revisions.blocks import Block, Op, join
from screening.revisions.rows import LADDERS
from screening.revisions.words import BANDS, question_name

if TYPE_CHECKING:
    from screening.revisions.layout import Layout

GROUPS = {AllOf: "All of these hold", AnyOf: "Any one of these holds"}
# Domains and facts read answers, and which answers they read is part of the frame.
READS_ANSWERS = {"domains", "flags", "questions"}


def block(page: Layout, condition: Condition, path: str, *, root: bool = False) -> Block:
    """Return the block of one condition, with its parts inside."""
    if isinstance(condition, AllOf | AnyOf):
        return _group(page, condition, path)
    if isinstance(condition, Not | Unless):
        title = "This does not hold" if isinstance(condition, Not) else "Until it is known that"
        return Block(title, kind="group", blocks=[block(page, condition.condition, join(path, "condition"))])
    made = _leaf(page, condition, path)
    if root and page.table not in READS_ANSWERS:
        made.ops = page.offer(
            Op("Add “and ...”", f"wrap:{path}:AllOf"), Op("Add “or ...”", f"wrap:{path}:AnyOf")
        )
    return made


def _group(page: Layout, condition: AllOf | AnyOf, path: str) -> Block:
    if not condition.conditions:
        return Block("", kind="part", facts=[("", "None of the rules above applies.")])
    changeable = page.table not in READS_ANSWERS
    made = Block("", kind="group")
    options = [(kind.__name__, words) for kind, words in GROUPS.items()]
    join_field = forms.ChoiceField(label="Group", choices=options)
    if changeable:
        made.fields.append(page.add(join(path, "group"), join_field, type(condition).__name__))
    else:
        made.title = GROUPS[type(condition)]
    for place, part in enumerate(condition.conditions):
        inner = join(join(path, "conditions"), str(place))
        found = block(page, part, inner)
        if changeable and len(condition.conditions) > 1:
            found.ops = [*found.ops, *page.offer(Op("Remove part", f"drop:{inner}"))]
        made.blocks.append(found)
    if changeable:
        made.ops = page.offer(
            Op("Add domain", f"add:{path}:Reaches"),
            Op("Add fact", f"add:{path}:Has"),
            Op("Add “several of”", f"add:{path}:HowMany"),
            Op("Add group", f"add:{path}:AnyOf"),
        )
    return made


def _leaf(page: Layout, condition: Condition, path: str) -> Block:
    if isinstance(condition, Reaches):
        return Block("", kind="part", fields=[
            page.add(join(path, "domain"), _domain(page), condition.domain),
            page.add(join(path, "band"), _band(), str(condition.band)),
        ])  # fmt: skip
    if isinstance(condition, HowMany):
        return _how_many(page, condition, path)
    if isinstance(condition, Has):
        options = [(f.key, f"The person {f.meaning.en}") for f in page.protocol.flags]
        made = forms.ChoiceField(label="Fact", choices=options)
        return Block("", kind="part", fields=[page.add(join(path, "flag"), made, condition.flag)])
    if isinstance(condition, Scored):
        return _scored(page, condition, path)
    if isinstance(condition, Unsure):
        name = question_name(page.protocol, condition.question)
        return Block("", kind="part", facts=[("", f"Not sure about: {name}")])
    assert isinstance(condition, Chose)  # noqa: S101  the last kind there is
    return _chose(page, condition, path)


def _domains(page: Layout) -> list[tuple[str, str]]:
    """What a rule may read: the schedule only where no care is decided."""
    decides = page.table in LADDERS
    return [(d.key, d.title.en) for d in page.protocol.domains if d.clinical or not decides]


def _domain(page: Layout) -> forms.Field:
    return forms.ChoiceField(label="Domain", choices=_domains(page))


def _band() -> forms.Field:
    return forms.ChoiceField(label="is at", choices=[(str(band), words) for band, words in BANDS.items()])


def _how_many(page: Layout, condition: HowMany, path: str) -> Block:
    domains = _domains(page)
    many = forms.MultipleChoiceField(
        label="of these domains",
        choices=domains,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick the domains to count."},
    )
    count = forms.IntegerField(label="At least", min_value=1, max_value=len(domains))
    return Block("", kind="part several", fields=[
        page.add(join(path, "count"), count, condition.count),
        page.add(join(path, "domains"), many, list(condition.domains)),
        page.add(join(path, "band"), _band(), str(condition.band)),
    ])  # fmt: skip


def _scored(page: Layout, condition: Scored, path: str) -> Block:
    names = [question_name(page.protocol, key) for key in condition.questions]
    made = forms.IntegerField(label="points at least", min_value=1, max_value=99)
    shown = names[0] if len(names) == 1 else f"Together: {'; '.join(names)}"
    return Block(
        "",
        kind="part",
        facts=[("", shown)],
        fields=[page.add(join(path, "at_least"), made, condition.at_least)],
    )


def _chose(page: Layout, condition: Chose, path: str) -> Block:
    question = page.protocol.question(condition.question)
    made = forms.MultipleChoiceField(
        label="is one of",
        choices=[(c.key, c.text.en) for c in question.choices],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one answer."},
    )
    return Block(
        "",
        kind="part several",
        facts=[("", question.text.en)],
        fields=[page.add(join(path, "choices"), made, list(condition.choices))],
    )
