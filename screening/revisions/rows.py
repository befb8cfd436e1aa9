"""Where each row of a protocol stands, by an address a page can carry: "level_rules/php1_alone" or "limits"."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, get_args, get_origin, get_type_hints

from screening.engine import conditions, spec
from screening.engine.spec import CO_OCCURRING, LADDER, LEADS, Protocol, Text

NEW = "+"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the protocol, as the clinical lead meets it. `grows`: rows may be added and removed."""

    name: str
    title: str
    about: str
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a draft."""

    key: str
    title: str
    about: str
    tables: tuple[Table, ...]


SECTIONS = (
    Section(
        "questions",
        "Questions",
        "Wording in both languages and both voices, hints, and the points of each choice. Which questions exist, "
        "their order and when each is asked can be read here but not changed: that needs a new edition in the "
        "repository.",
        (
            Table("questions", "Questions", "In the order people meet them."),
            Table(
                "pages",
                "Shared headings",
                "Short questions of one instrument or about one thing, shown under one heading.",
            ),
            Table("parts", "Parts", "The stretches of the path that a person sees by name."),
        ),
    ),
    Section(
        "domains",
        "Domains",
        "What is scored, in bands from 0 (least need) to 4. Each step says from which answers on a band is "
        "reached; the highest step that holds wins.",
        (
            Table("domains", "Domains", "Cut-offs, and the words for each band."),
            Table("flags", "Facts", "Yes-or-no facts that rules may read."),
        ),
    ),
    Section(
        "rules",
        "Rules",
        "Each rule says: when this holds, at least that much care. The highest that fires wins, so the order "
        "here is for reading only.",
        (
            Table("gates", "What comes first", "Emergency, crisis today, medical care first.", grows=True),
            Table("level_rules", "Level of care", "Residential, day program (PHP), IOP.", grows=True),
            Table(
                "default_reason", "When no rule fires", "What is said when standard outpatient may be enough."
            ),
            Table("co_occurring_rules", "Dual diagnosis", "When both must be treated together.", grows=True),
        ),
    ),
    Section(
        "sources",
        "Sources",
        "Where each question and rule comes from, how it was read, and what we may do with it.",
        (Table("sources", "Sources", "A source that nothing uses fails a proof.", grows=True),),
    ),
    Section(
        "words",
        "Advice and words",
        "What is said around a result: notes, what comes first, dangers, the kinds of care, phone lines. None of "
        "it changes a result.",
        (
            Table("leads", "What comes first, in words", "The block at the top of the result."),
            Table("dangers", "Danger messages", "Shown the moment an answer signals danger."),
            Table("notes", "Notes", "Advice that goes with a result.", grows=True),
            Table("alternatives", "Also worth asking about", "Other care, and when it is named.", grows=True),
            Table("care", "Kinds of care", "How each is named and described."),
            Table("undetermined", "Too little said", "What is shown when answers are missing."),
            Table("help_lines", "Phone lines", "Numbers are used wherever a line is named."),
            Table("week", "The week", "Formats that a person's schedule allows."),
            Table("limits", "What this check can not do", "The sentences under each result."),
            Table("phone_words", "Words for the first call", "What a person can say on the phone."),
            Table("reviewed", "Who reviewed this", "The sentence at the end of the result."),
        ),
    ),
)
TABLES = {table.name: table for section in SECTIONS for table in section.tables}
SECTION_OF = {table.name: section for section in SECTIONS for table in section.tables}
LADDERS = {
    "gates": LEADS[1:],
    "level_rules": LADDER[1:],
    "default_reason": LADDER[:1],
    "co_occurring_rules": CO_OCCURRING[1:],
}
HINTS = {name: thing for module in (spec, conditions) for name, thing in vars(module).items()}
PROTOCOL_TYPES = get_type_hints(Protocol, HINTS)


class NoSuchRow(LookupError):
    """The address names nothing in this protocol."""


def split(address: str) -> tuple[str, str]:
    """Return (table, key); the key is empty for what stands alone. Raises NoSuchRow."""
    table, _, key = address.partition("/")
    if table not in TABLES:
        raise NoSuchRow(address)
    return table, key


def is_keyed(table: str) -> bool:
    """Say whether the table is a list of rows with keys (rather than one row, or plain sentences)."""
    return row_type(table) is not Text and get_origin(PROTOCOL_TYPES[table]) is tuple


def row_type(table: str) -> Any:
    """Return the class of the rows of a table; Text for the lists of sentences."""
    hint = PROTOCOL_TYPES[table]
    return get_args(hint)[0] if get_origin(hint) is tuple else hint


def value_type(table: str) -> Any:
    """Return the type of what one address of this table holds."""
    return row_type(table) if is_keyed(table) else PROTOCOL_TYPES[table]


def addresses(table: str, protocol: Protocol) -> list[str]:
    """Return the addresses of a table, in order."""
    if not is_keyed(table):
        return [table]
    return [f"{table}/{row.key}" for row in getattr(protocol, table)]


def get(protocol: Protocol, address: str) -> Any:
    """Return the row at an address. Raises NoSuchRow."""
    table, key = split(address)
    if not is_keyed(table):
        return getattr(protocol, table)
    for row in getattr(protocol, table):
        if row.key == key:
            return row
    raise NoSuchRow(address)


def find(protocol: Protocol, address: str) -> Any | None:
    """Return the row at an address, or None when its table has no such key."""
    try:
        return get(protocol, address)
    except NoSuchRow:
        split(address)
        return None


def put(protocol: Protocol, address: str, row: Any) -> Protocol:
    """Return the protocol with this row at its address; a new key is added at the end of its table."""
    table, key = split(address)
    if not is_keyed(table):
        return _with(protocol, table, row)
    before = getattr(protocol, table)
    if all(one.key != key for one in before):
        return _with(protocol, table, (*before, row))
    return _with(protocol, table, tuple(row if one.key == key else one for one in before))


def drop(protocol: Protocol, address: str) -> Protocol:
    """Return the protocol without the row at this address."""
    table, key = split(address)
    return _with(protocol, table, tuple(r for r in getattr(protocol, table) if r.key != key))


def only(protocol: Protocol, table: str) -> Protocol:
    """Return the protocol with every other keyed table empty."""
    empty: dict[str, Any] = {name: () for name in TABLES if is_keyed(name) and name != table}
    return replace(protocol, **empty)


def _with(protocol: Protocol, table: str, value: Any) -> Protocol:
    changed: dict[str, Any] = {table: value}
    return replace(protocol, **changed)


def title(row: Any) -> str:
    """Return what a row is called in a list, in English."""
    for name in ("title", "reason", "heading", "name", "text", "meaning", "headline", "citation"):
        value = getattr(row, name, None)
        if value:
            return value.en if isinstance(value, Text) else str(value)
    if isinstance(row, Text):
        return row.en
    if isinstance(row, tuple):
        return f"{len(row)} sentences"
    return TABLES["week"].title


def place(protocol: Protocol, address: str) -> str:
    """Return an address in words: "Level of care: A day program can give the support ..."."""
    table, _ = split(address)
    try:
        said = title(get(protocol, address))
    except NoSuchRow:
        said = address
    return f"{TABLES[table].title}: {said}"


def inside(protocol: Protocol, address: str, place: str) -> str | None:
    """Return where a fault stands within this row ("when.conditions.0.band"), or None when it is elsewhere."""
    table, key = split(address)
    start = table
    if is_keyed(table):
        index = next((n for n, row in enumerate(getattr(protocol, table)) if row.key == key), -1)
        start = f"{table}[{index}]"
    if place != start and not place.startswith((f"{start}.", f"{start}[")):
        return None
    return place.removeprefix(start).replace("[", ".").replace("]", "").lstrip(".")


def address_in(protocol: Protocol, sentence: str) -> str:
    """Return the address of the first row whose key stands in a sentence, or nothing."""
    words = set(sentence.replace(",", " ").replace(":", " ").split())
    for table in TABLES:
        for address in addresses(table, protocol) if is_keyed(table) else ():
            if split(address)[1] in words:
                return address
    return ""


def unknown_tables() -> set[str]:
    """Return the fields of a protocol that no page shows, but for those that are not for people."""
    return {f.name for f in fields(Protocol) if f.init} - set(TABLES) - {"name", "version", "youth"}
