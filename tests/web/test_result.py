"""The result page: for every outcome, in every voice and language, all of its parts, and never more than it may say."""

import re
from functools import cache
from itertools import product

import pytest
from django.utils import translation

from screening.engine import Assessment, Engine
from screening.engine.answers import Chosen
from screening.engine.explanation import Explanation
from screening.engine.spec import LADDER, LEADS, Text
from screening.protocol import LIVE
from screening.result_words import NOT_CLEAR
from tests.web.walk import (
    FIRST,
    LANGUAGES,
    VOICES,
    Page,
    Visitor,
    along_its_path,
    calm,
    engine,
    in_voice,
    outcome,
    people,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WEEK = [question.key for question in LIVE.questions if question.part == LIVE.question(LIVE.week.binds).part]
TOLD = [domain for domain in LIVE.domains if domain.told]

# What the page may never say of a person or of itself. What people are quoted to have said is left out first.
NEVER = {
    "en": r"\bscor(?:e|es|ed|ing)\b|%|\b(?:you|they) need\b|\bdiagnosed\b|guarantee|\baddicts?\b|"
    r"\byou qualify\b|\bpersonali[sz]ed\b|\bcure[sd]?\b|\bperfect\b",
    "es": r"\bpuntaje|\bpuntuaci|%|\b(?:usted|esa persona) necesita\b|diagnosticad|garant|"
    r"\badict[oa]s?\b|\bpersonalizad|\bcura(?:r|rá|do)?\b|\bperfect",
}


def at_result(answers: dict[str, Chosen], language: str, address: str = "result") -> Visitor:
    visitor = Visitor(language).sit_down(answers)
    assert visitor.go(address).status_code == 200
    return visitor


def page_of(answers: dict[str, Chosen], language: str, address: str = "result") -> Page:
    """The page of this person; worked out once, since many tests look at it."""
    return _page_of(tuple(answers.items()), language, address)


@cache
def _page_of(answers: tuple[tuple[str, Chosen], ...], language: str, address: str) -> Page:
    return at_result(dict(answers), language, address).page


def assessed(answers: dict[str, Chosen]) -> Assessment:
    return engine().assess_checked(answers)


def explained(answers: dict[str, Chosen]) -> Explanation:
    found = assessed(answers).explanation
    assert found is not None
    return found


def everybody(language: str = "en") -> list[tuple[dict[str, Chosen], str]]:
    """One person for every outcome, in turn about themselves and, in the other language, about a loved one."""
    voices = [VOICES[(place + LANGUAGES.index(language)) % 2] for place in range(len(people()))]
    return [
        (in_voice(answers, voice), voice)
        for (_, answers), voice in zip(sorted(people().items()), voices, strict=True)
    ]


def test_the_people_looked_at_here_reach_everything_there_is() -> None:
    reached = set(people())

    assert {lead for lead, *_ in reached} == set(LEADS)
    assert {level for _, level, *_ in reached} == {*LADDER, "youth", "undetermined"}
    assert {program for *_, program, _ in reached} == {*LADDER, "dual_diagnosis", "none"}
    assert {possible for *_, possible in reached} >= {0, 2, 3, 4}
    assert len(reached) > 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_has_its_heading_its_limits_its_next_steps_and_phone_lines(language: str) -> None:
    for answers, voice in everybody(language):
        page, decision = page_of(answers, language), assessed(answers).decision
        care = explained(answers).care
        said = f"{outcome(answers)} {voice}"

        assert page.language == language
        assert page.heading != ""
        shown = care[0] if care else LIVE.undetermined
        for text in (*LIVE.limits, *(step.title for step in shown.next_steps), *(one.name for one in care)):
            assert text.read(language, voice) in page.text, said
        called = {href for href, _ in page.links}
        assert "tel:988" in called, said
        assert "tel:911" in called or decision.lead == "crisis_today", said
        assert all(title_of(lead, language, voice) in page.text for lead in decision.leads)


def title_of(lead: str, language: str, voice: str) -> str:
    return next(one for one in LIVE.leads if one.key == lead).title.read(language, voice)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_says_why(language: str) -> None:
    for answers, voice in everybody(language):
        page, decision = page_of(answers, language), assessed(answers).decision

        levels = [rule.reason.read(language, voice) for rule in decision.level_rules]
        assert not levels or any(reason in page.text for reason in levels), outcome(answers)
        first = [text for one in LIVE.leads if one.key in decision.leads for text in one.paragraphs]
        assert all(text.read(language, voice) in page.text for text in first), outcome(answers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heading_is_the_most_urgent_thing(language: str) -> None:
    for answers, voice in everybody(language):
        decision, heading = assessed(answers).decision, page_of(answers, language).heading
        if decision.lead != "none":
            assert heading == title_of(decision.lead, language, voice)
        elif decision.level in (*LADDER, "youth"):
            shown = decision.program if decision.program != "none" else decision.level
            care = next(care for care in LIVE.care if care.key == shown)
            assert heading == care.headline.read(language, voice)


def four_things(page: Page) -> list[str]:
    told = re.search(r'<dl class="scores worded">(.*?)</dl>', page.html, re.DOTALL)
    return [row for row in told[1].split("</div>") if row.strip()] if told else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_four_things_are_told_in_words(language: str) -> None:
    with translation.override(language):
        not_clear = str(NOT_CLEAR)
    for answers, voice in everybody(language):
        rows = [re.sub(r"<[^>]+>", "|", row) for row in four_things(page_of(answers, language))]
        if assessed(answers).decision.level == "youth":
            assert not rows
            continue

        assert len(rows) == len(TOLD) == 4
        for row, domain in zip(rows, TOLD, strict=True):
            words = [one.word.read(language, voice) for one in domain.words]
            assert domain.title.read(language, voice) in row
            assert any(f"|{word}|" in row for word in [*words, not_clear]), row
            assert not re.search(r"\d|%", row)


def without_quotes(text: str) -> str:
    """What the page says itself: people's own words and the titles of studies may hold any word."""
    texts: list[Text | None] = []
    for question in LIVE.questions:
        texts += [question.text, question.hint]
        texts += [one for choice in question.choices for one in (choice.text, choice.said)]
    words = {one for t in texts if t for one in (t.en, t.es, t.en_them, t.es_them) if len(one) > 12}
    words |= {source.citation for source in LIVE.sources}
    for quote in sorted(words, key=len, reverse=True):
        text = text.replace(quote, "")
    return text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["result", "print"])
def test_no_result_says_more_than_it_may(language: str, address: str) -> None:
    for answers, _ in everybody(language):
        text = without_quotes(page_of(answers, language, address).text)

        assert re.findall(rf".{{20}}(?:{NEVER[language]}).{{20}}", text, re.IGNORECASE) == [], outcome(
            answers
        )


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("en", "Your score is high"),
        ("en", "80% match"),
        ("en", "You need rehab"),
        ("en", "You were diagnosed"),
        ("en", "We guarantee it"),
        ("es", "Su puntaje es alto"),
        ("es", "Usted necesita ayuda"),
    ],
)
def test_a_claim_would_be_found(language: str, claim: str) -> None:
    assert re.search(NEVER[language], claim, re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_change_it_is_said_wherever_something_would(language: str) -> None:
    with translation.override(language):
        heading = translation.gettext("What would change this")
        after = translation.gettext("What to do next")
    said = 0
    for answers, voice in everybody(language):
        page, found = page_of(answers, language), explained(answers)
        changes = [change for change in (found.less or found.later, found.more) if change]
        assert (heading in page.headings) == bool(changes), outcome(answers)
        for change in changes:
            care = next(care for care in LIVE.care if care.key == change.level)
            assert care.name.read(language, voice) in page.text
        if changes:
            assert page.headings.index(after) < page.headings.index(heading)
            said += 1
    assert said > len(people()) / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_of_care_show_where_the_answers_stand(language: str) -> None:
    for answers, voice in everybody(language):
        decision = assessed(answers).decision
        page = page_of(answers, language)
        here = set(decision.possible_levels or (decision.level,)) & set(LADDER)
        shown = re.findall(r'<li class="here">(.*?) <b>', page.html)
        names = [care.name.read(language, voice) for care in LIVE.care if care.key in here]
        # A picture in which everything is marked tells nobody anything.
        told = decision.level != "youth" and here != set(LADDER)

        assert shown == (names if told else []), outcome(answers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_danger_nothing_is_said_to_make_less_care_right(language: str) -> None:
    with translation.override(language):
        less = translation.gettext("Less care may be enough if")
    seen = 0
    for answers, _ in everybody(language):
        text = page_of(answers, language).text
        urgent = {"emergency", "crisis_today"} & set(assessed(answers).decision.leads)
        seen += less in text
        assert not (urgent and less in text), outcome(answers)
    assert seen


def test_a_result_is_worked_out_anew_and_comes_out_the_same() -> None:
    again = Engine(LIVE)
    for answers, _ in everybody()[::4]:
        visitor = at_result(answers, "en")
        first = visitor.page.text

        visitor.go("result")

        assert visitor.page.text == first
        decision = again.assess_checked(answers).decision
        assert (decision.lead, decision.level, decision.program) == outcome(answers)[:3]


def test_two_people_with_the_same_answers_get_the_same_result() -> None:
    for answers, _ in everybody()[::6]:
        assert at_result(answers, "en").page.text == at_result(answers, "en").page.text


def test_the_order_of_answering_does_not_matter() -> None:
    for answers, _ in everybody()[::6]:
        backwards = {FIRST: answers[FIRST], **dict(reversed(answers.items()))}

        assert page_of(backwards, "en").text == page_of(answers, "en").text


# --- The week --------------------------------------------------------------------------------------------------------


def _care_of(page: Page) -> tuple[str, str, list[str]]:
    """What the page says of care, without what it says of the week."""
    cards = "".join(re.findall(r'<section class="card care".*?</section>', page.html, re.DOTALL))
    return page.heading, cards, four_things(page)[:-1]


def test_the_schedule_never_changes_the_care_that_is_suggested() -> None:
    assert TOLD[-1].key == LIVE.week.domain
    free, away = LIVE.question(WEEK[0]), LIVE.question(WEEK[-1])
    weeks = [
        {free.key: (one,), LIVE.week.binds: tuple(ties), away.key: (other,)}
        for one, ties, other in product(
            free.choice_keys,
            [["none"], ["work_or_school", "caring", "travel", "court"]],
            (*away.choice_keys, "not_sure"),
        )
    ]
    for answers, _ in [one for one in everybody() if WEEK[0] in one[0]][::3]:
        first, decision = _care_of(page_of(answers, "en")), assessed(answers).decision
        for number, week in enumerate(weeks):
            other = along_its_path({**calm(), **answers, **week})
            assert assessed(other).decision == decision
            if number % 14 == 0:
                assert _care_of(page_of(other, "en")) == first


def test_changing_the_week_by_hand_changes_what_is_said_of_the_week_and_nothing_else() -> None:
    visitor = at_result(calm({"signs": ["strong_urges", "fell_behind", "could_not_cut_down"]}), "en")
    before, text = _care_of(visitor.page), visitor.page.text
    visitor.go("answers")

    visitor.open(next(href for href, words in visitor.page.links if LIVE.question(WEEK[0]).text.en in words))
    visitor.send({WEEK[0]: "hardly_any"})
    visitor.go("result")

    assert _care_of(visitor.page) == before
    assert visitor.page.text != text


# --- The print-out, and what was told --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_print_out_says_the_same_without_the_name_of_the_site(language: str) -> None:
    for answers, voice in everybody(language)[::3]:
        result, printed = page_of(answers, language), page_of(answers, language, "print")

        assert result.heading in printed.headings
        assert not printed.title.endswith("Care Compass")
        assert all(text.read(language, voice) in printed.text for text in LIVE.limits)
        assert all(line.number[-4:] in printed.text for line in LIVE.help_lines)


def test_the_result_shows_what_was_told_and_how_to_change_it() -> None:
    visitor = at_result(calm(), "en")

    assert all(LIVE.question(key).text.en in visitor.page.text for key in calm())
    assert visitor.url("step", 3) in {href for href, _ in visitor.page.links}


def test_when_answers_are_missing_the_page_links_to_the_one_that_helps_most() -> None:
    linked = 0
    for answers, _ in everybody():
        best = explained(answers).narrowing_question
        if outcome(answers)[1] != "undetermined" or not best:
            continue
        visitor = at_result(answers, "en")
        step = engine().path(answers).holding(best)
        assert step is not None
        assert visitor.url("step", step.number) in {href for href, _ in visitor.page.links}
        linked += 1
    assert linked
