"""Tiles about the check: what the numbers say, when they are red, and what to do then."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from screening.counters import charts
from screening.counters.figures import LANGUAGES, VOICES, Sums, Window
from screening.counters.tables import Plan, Row, Table, percent, share, table, tables_together
from screening.engine.decision import UNDETERMINED
from screening.engine.spec import Protocol

# When a number is red. Nobody has measured this site yet: these are where to start, to be moved by what is seen.
LEAST_FINISHED, MOST_SKIPPED, MOST_GAP = 0.6, 0.15, 0.1
MOST_UNDETERMINED, LEAST_ACTION = 0.2, 0.3
MOST_STOPPED = 0.7


@dataclass(frozen=True, slots=True)
class Tile:
    """One question about the site, answered. `red` is None while it cannot be said."""

    key: str
    title: str
    says: str
    todo: str
    red: bool | None = None
    charts: list[charts.Chart] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


FUNNEL_EVENTS = ("start", "part", "answers", "result")
ACTIONS = {
    "any": "Anything at all",
    "call_back": "Asked for a call",
    "handoff": "Made a code to show staff",
    "print": "Opened the page to print",
    "change": "Changed an answer",
}


def steps(protocol: Protocol) -> list[tuple[str, str, str, str]]:
    """Return the steps of a check: key, label, event, subject."""
    parts = [
        (f"p{n}", f"Part {n}: {part.title.en}", "part", f"p{n}") for n, part in enumerate(protocol.parts, 1)
    ]
    return [
        ("start", "Started", "start", ""),
        *parts,
        ("answers", "Saw their answers", "answers", ""),
        ("result", "Saw their result", "result", ""),
    ]


def _split(
    sums: Sums, name: str, choices: tuple[tuple[str, str], ...], event: str, subject: str
) -> list[int]:
    return [sums.of(event, subject, **{name: key}) for key, _ in choices]


def funnel(sums: Sums, protocol: Protocol) -> Tile:
    by_language, by_voice = (
        table(
            Plan(f"funnel_{name}", caption, "Step", choices),
            [(key, label, _split(sums, name, choices, event, subject)) for key, label, event, subject in steps(protocol)],
        )
        for name, choices, caption in (
            ("language", LANGUAGES, "How far people came, by language"),
            ("voice", VOICES, "How far people came, by whom the check is about"),
        )
    )  # fmt: skip
    finished = share(by_language.total("result"), by_language.total("start"))
    return Tile(
        "funnel",
        "How far people come",
        f"{percent(finished)} of those who start see a result.",
        "Find the step with the longest drop below. Read its questions aloud, in both languages, with somebody who "
        "does not work here; look at the same part under Questions for what people would rather not say.",
        None if finished is None else finished < LEAST_FINISHED,
        [charts.bars(by_language)],
        [by_language, by_voice],
    )


def gap(sums: Sums) -> Tile:
    """The gap between languages, and between people who ask for themselves and for somebody else."""
    shares: dict[str, float | None] = {}
    made = []
    for name, choices in (("language", LANGUAGES), ("voice", VOICES)):
        one = table(
            Plan(f"gap_{name}", f"Started and finished, by {name}", "Step", choices),
            [(event, label, _split(sums, name, choices, event, "")) for event, label in (("start", "Started"), ("result", "Saw their result"))],
        )  # fmt: skip
        made.append(one)
        for key, _ in choices:
            shares[key] = share(one.cell("result", key), one.cell("start", key))
    english, spanish = shares["en"], shares["es"]
    behind = None if english is None or spanish is None else english - spanish
    return Tile(
        "gap",
        "English and Spanish, self and family",
        f"Finished: {percent(english)} in English, {percent(spanish)} in Spanish; "
        f"{percent(shares['self'])} for themselves, {percent(shares['family'])} for someone else.",
        "More than 10 points behind in Spanish is the site's fault, not the readers'. Have a native speaker read the "
        "part where they leave; check that the phone is answered in Spanish and that the result says so.",
        None if behind is None else behind > MOST_GAP,
        [charts.bars(made[0])],
        made,
    )


def questions(sums: Sums, protocol: Protocol) -> Tile:
    lines, changed = [], []
    for number, question in enumerate(protocol.questions, 1):
        key = f"q{number:02}"
        unsure, unsaid, answered, moved = (
            sums.of(event, subject=key, version=protocol.version)
            for event in ("not_sure", "rather_not_say", "answered", "changed")
        )
        label = f"{number}. {question.text.en}"
        lines.append((key, label, [max(answered - unsure - unsaid, 0), unsure, unsaid]))
        changed.append((key, label, [max(answered - moved, 0), min(moved, answered)]))
    ways = (("said", "Answered"), ("not_sure", "Not sure"), ("rather_not_say", "Rather not say"))
    one = table(Plan("questions", "What people said to each question", "Question", ways, "Asked"), lines)
    two = table(
        Plan("changed", "Answers that were changed", "Question", (("kept", "Kept"), ("changed", "Changed")), "Asked"),
        changed,
    )  # fmt: skip
    skipped = {row.key: _skipped(row) for row in one.rows}
    worst = max((value for value in skipped.values() if value is not None), default=None)
    return Tile(
        "questions",
        "Questions",
        f"The question most often left open: {percent(worst)}. Version {protocol.version}.",
        "A question that many cannot answer needs plainer words or a hint; one that many would rather not answer "
        "needs a reason why it is asked. Write either as a new version of the rules, and watch it here.",
        None if worst is None else worst > MOST_SKIPPED,
        [],
        [one, two],
    )


def _skipped(row: Row) -> float | None:
    said, *ways = row.cells
    known = [value for value in ways if value is not None]
    return share(sum(known), row.total) if len(known) == len(ways) and said is not None else None


Weekly = dict[tuple[str, str, str, date], int]


def outcomes(weekly: Weekly, of: Window, names: dict[str, dict[str, str]]) -> Tile:
    """The outcomes by week and version. Lead, level and program are three tables that share their totals."""
    made = _mixes(weekly, of, names)
    level = made[0]
    last = level.total_row
    thin = share(last.cells[_place(level, UNDETERMINED)], last.total) if last else None
    return Tile(
        "outcomes",
        "What the check says",
        f"{percent(thin)} of results say too little was told for one answer.",
        "A sudden change with a new version means the new rules: compare the two on their page under Versions of the rules. A change "
        "without one means other people come, or a question is read otherwise. Many open results: see Questions.",
        None if thin is None else thin > MOST_UNDETERMINED,
        [charts.columns(level)],
        made,
    )


def _place(of: Table, key: str) -> int:
    return [name for name, _ in of.columns].index(key)


MIXES = (("level", "Level of care"), ("program", "Program named first"), ("lead", "What came first"))


def _mixes(weekly: Weekly, of: Window, names: dict[str, dict[str, str]]) -> list[Table]:
    lines = sorted(
        {(day, version) for event, _, version, day in weekly if event == "level" and day in of.weeks}
    )
    plans = [
        Plan(f"outcome_{event}", f"{caption}, by week and version of the rules", "Week of", tuple(names[event].items()), "Results", True)
        for event, caption in MIXES
    ]  # fmt: skip
    rows = [
        [
            (f"{day} {version}", _week(day, version, lines), [weekly.get((event, key, version, day), 0) for key in names[event]])
            for day, version in lines
        ]
        for event, _ in MIXES
    ]  # fmt: skip
    return tables_together(plans, rows)


def _week(day: date, version: str, lines: list[tuple[date, str]]) -> str:
    """The week as a word, with the version where there is more than one."""
    short = f"{day:%b} {day.day}"
    return short if len({one for _, one in lines}) == 1 else f"{short} ({version})"


def safety(weekly: Weekly, of: Window) -> Tile:
    lines = []
    for day in of.weeks:
        shown, went_on = (
            sum(n for (event, subject, _, when), n in weekly.items() if (event, subject, when) == ("safety", kind, day))
            for kind in ("shown", "kept_going")
        )  # fmt: skip
        lines.append((str(day), f"{day:%b} {day.day}", [min(went_on, shown), max(shown - went_on, 0)]))
    one = table(
        Plan("safety", "Safety page shown, by week", "Week of",
             (("kept_going", "Went on with the check"), ("stopped", "Stopped there")), "Shown", True),
        lines,
    )  # fmt: skip
    last = one.total_row
    stopped = share(last.cells[1], last.total) if last else None
    return Tile(
        "safety",
        "The safety page",
        f"{percent(stopped)} stop at the safety page. That may be just what they should do.",
        "Read the page as somebody in danger would: are the numbers first, do they dial, is it clear that one may go "
        "on? A jump in how often it is shown: see that the lines it names still answer.",
        None if stopped is None else stopped > MOST_STOPPED,
        [charts.columns(one)],
        [one],
    )


def after(sums: Sums) -> Tile:
    """What people do with a result. Each line is a share of the same results."""
    results = sums.of("result")
    lines = []
    for key, label in ACTIONS.items():
        did = min(sums.of("action", subject=key), results)
        lines.append((key, label, [did, results - did]))
    one = table(Plan("after", "After the result", "What they did", (("did", "Did"), ("not", "Did not")), "Results"), lines)  # fmt: skip
    ends = table(
        Plan("ends", "Checks ended by the person", "How", LANGUAGES),
        [
            (key, label, _split(sums, "language", LANGUAGES, "action", key))
            for key, label in (("clear", "Cleared their answers"), ("leave", "Pressed Leave site"))
        ],
    )
    acted = share(one.cell("any", "did"), one.total("any"))
    return Tile(
        "after",
        "After the result",
        f"{percent(acted)} do something with their result on this site.",
        "A result nobody acts on is a dead end. Look at it on a small phone: is the next step on the first screen, is "
        "the number one press away, does asking for a call say what happens then?",
        None if acted is None else acted < LEAST_ACTION,
        [charts.bars(only(one, 0))],
        [one, ends],
    )


def only(of: Table, place: int) -> Table:
    """The same table with one of its columns, for a picture."""
    rows = tuple(Row(row.key, row.label, (row.cells[place],), row.total) for row in of.rows)
    return Table(of.key, of.caption, of.row_head, (of.columns[place],), rows, of.total_head)
