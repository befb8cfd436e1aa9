"""People walk the whole way, in both languages, for themselves and for others, with scripts and without."""

import re
from itertools import cycle

import pytest

from screening.engine.decision import UNDETERMINED
from screening.protocol import LIVE
from tests.browser import people
from tests.browser.conftest import Visitor
from tests.browser.people import Person
from tests.browser.states import with_key
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

STEP = {"en": r"/check/step/\d+/", "es": r"/es/revision/paso/\d+/"}
PEOPLE = {**people.one_per_outcome(), "undetermined": people.skips_everything()}
# The four programs, and whoever is stopped early, walk all the way. The others come in where their ways part:
# every screen costs a browser a third of a second, and each way in full would show the same screens again.
ALL_THE_WAY = {"iop", "php", "dual_diagnosis", "residential", "youth"}
COMES_IN_AT = "people_to_count_on"
KINDS = cycle([("en", True), ("es", False), ("en", False), ("es", True)])
EVERYBODY = [
    pytest.param(outcome, *kind, id=f"{outcome}-{kind[0]}-{'script' if kind[1] else 'plain'}")
    for outcome, kind in zip(PEOPLE, KINDS, strict=False)
]
SCREEN = """() => [
    [...new Set([...document.querySelectorAll("main form .opt input")].map((input) => input.name))], document.title,
]"""


def enter(visit: Visit, person: Person) -> None:
    visit.go("home")
    visit.follow(".door" if person.voice == "me" else ".door >> nth=1")


def pass_safety(visit: Visit) -> None:
    """The safety page offers help at once, and does not hold anybody."""
    text = visit.page.inner_text("main")
    links = visit.page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert {"tel:988", "sms:988", "tel:911"} <= set(links)
    assert "988" in text
    assert "911" in text
    visit.keep_going()


def look_discreet(visit: Visit, questions: tuple[str, ...], title: str) -> None:
    """Neither the address nor the title tells what is being asked."""
    assert re.fullmatch(STEP[visit.language], visit.here())
    for key in questions:
        for voice in ("me", "them"):
            words = set(re.findall(r"\w{5,}", LIVE.question(key).text.read(visit.language, voice).lower()))
            assert not [word for word in words if word in title.lower()]


def walk(visit: Visit, person: Person, screens: list[tuple[str, ...]]) -> int:
    """Answer everything that is asked, until the answers are shown. Returns how often the safety page came up."""
    safety = 0
    for questions in screens:
        asked, title = visit.page.evaluate(SCREEN)
        assert asked == list(questions)
        if asked != ["who"]:
            look_discreet(visit, questions, title)
        visit.send(person.answers)
        if visit.is_at("safety"):
            safety += 1
            pass_safety(visit)
    assert visit.is_at("answers")
    return safety


def expected_heading(visit: Visit, person: Person) -> str:
    decision = person.assessment().decision
    care = {care.key: care for care in LIVE.care}
    if decision.leads:
        text = next(lead.title for lead in LIVE.leads if lead.key == decision.lead)
    elif decision.level == UNDETERMINED:
        text = LIVE.undetermined.headline
    else:
        text = care[decision.level if decision.program == "none" else decision.program].headline
    return text.read(visit.language, person.voice)


@pytest.mark.parametrize(("outcome", "language", "script"), EVERYBODY)
def test_everybody_reaches_their_own_result(
    visitor: Visitor, outcome: str, language: str, script: bool
) -> None:
    person = PEOPLE[outcome]
    visit = visitor(language, script=script)
    screens = person.screens()
    if outcome in ALL_THE_WAY:
        enter(visit, person)
    else:
        screens = screens[next(n for n, shown in enumerate(screens) if COMES_IN_AT in shown) :]
        visit.at_question(person.answers, COMES_IN_AT)

    safety = walk(visit, person, screens)
    visit.keep_going()

    assert visit.is_at("result")
    assert visit.page.inner_text("h1") == expected_heading(visit, person)
    if outcome in ALL_THE_WAY:
        assert (safety > 0) == bool(person.assessment().dangers)


@pytest.mark.parametrize(
    ("outcome", "voice", "language", "script"),
    [("medical_first", "me", "en", True), ("emergency", "them", "es", False)],
)
def test_by_hand_with_second_thoughts(
    visitor: Visitor, outcome: str, voice: str, language: str, script: bool
) -> None:
    person = people.with_outcome(outcome, voice)
    visit = visitor(language, script=script)
    page = visit.page
    enter(visit, person)
    assert visit.chosen() == ({"who": ["them"]} if voice == "them" else {})

    visit.answer(person.answers)  # who
    visit.answer(person.answers)  # age
    assert visit.asked() == ["now"]
    visit.follow(".back a")
    assert visit.chosen() == {"age": list(person.answers["age"])}
    visit.press_continue()
    visit.answer(person.answers)
    while not visit.is_at("answers"):
        if visit.is_at("safety"):
            pass_safety(visit)
        elif visit.asked() == ["people_who_use"]:
            page.go_back()
            assert visit.chosen() == {"people_to_count_on": list(person.answers["people_to_count_on"])}
            page.go_forward()
            visit.answer(person.answers)
        else:
            visit.answer(person.answers)
    visit.keep_going()
    visit.follow("main .acts a >> nth=-2")
    assert visit.is_at("print")
    visit.follow(".back a")
    visit.follow("main .acts a >> nth=-1")
    assert visit.is_at("clear")
    visit.press_continue()
    assert visit.is_at("cleared")
    visit.go("result")
    assert page.locator("main h2").first.is_visible()
    assert visit.page.locator(".opt, .sum, .care").count() == 0
    visit.follow(".leave a")
    assert page.url == f"{visit.site.elsewhere}/today"


@pytest.fixture
def done(visitor: Visitor) -> Visit:
    """Somebody who has answered everything and looks it over."""
    visit = visitor("en", script=False)
    visit.holding(people.with_outcome("iop", "me").answers)
    visit.go("answers")
    return visit


def change(visit: Visit, key: str, *choices: str) -> None:
    """Choose Change beside a question, then choose these answers alone."""
    question = LIVE.question(key).text.read(visit.language, "me")
    with visit.moving():
        visit.page.locator(".sum .chg a").filter(has_text=question).click()
    before = visit.chosen()
    assert before[key], "what was answered is still chosen"
    visit.send({**{name: tuple(values) for name, values in before.items()}, key: choices})


def test_a_change_comes_back_to_the_answers(done: Visit) -> None:
    change(done, "health", "under_control")

    assert done.is_at("answers")
    assert LIVE.question("health").choices[1].text.en in done.page.inner_text("main")


def test_a_change_that_opens_questions_asks_them_first(done: Visit) -> None:
    change(done, "substances", "alcohol", "sedatives", "opioids")

    asked = []
    while not done.is_at("answers"):
        asked += done.asked()
        done.send(dict.fromkeys(done.asked(), ("rather_not_say",)))
    assert "sedative_use" in asked
    assert "suicide_thoughts" not in asked


def test_a_change_that_signals_danger_shows_help_and_comes_back(done: Visit) -> None:
    change(done, "suicide_thoughts", "plan")

    assert done.is_at("safety")
    pass_safety(done)
    assert done.is_at("answers")


def test_the_other_language_is_the_same_place(done: Visit) -> None:
    done.go("step", 3)
    before = done.chosen()
    done.follow(".head [hreflang=es]")
    done.language = "es"

    assert done.is_at("step", 3)
    assert done.chosen() == before


def test_reload_twice_pressed_and_two_tabs_lose_nothing(visitor: Visitor) -> None:
    person = people.with_outcome("iop", "me")
    visit = visitor("en")
    enter(visit, person)
    visit.send(person.answers)
    visit.page.reload()
    assert visit.asked() == ["age"]

    visit.tick(person.answers)
    visit.page.dblclick("main form button[type=submit]")
    # The second press gives up the first one's reply, so what counts is where the person ends.
    visit.page.locator("input[name=now]").first.wait_for(state="attached")
    visit.page.wait_for_load_state()
    assert visit.asked() == ["now"]

    other = Visit(visit.context.new_page(), visit.site, "en")
    other.go("start")
    other.keep_going() if other.is_at("answers") else other.follow("main .note a.btn")
    assert other.asked() == ["now"]
    other.send(person.answers)
    visit.send(person.answers)
    assert visit.asked() == other.asked() == ["suicide_thoughts"]


def test_a_question_that_no_longer_applies_leads_on(visitor: Visitor) -> None:
    person = people.with_outcome("medical_first", "me")
    visit = visitor("en")
    visit.at_question(person.answers, "alcohol_days")
    with_key(visit, {"substances": ("opioids",)})

    visit.send(person.answers)
    assert visit.page.locator(".opt").count() == 0
    visit.keep_going()

    assert visit.asked() == ["signs"]


def test_when_the_key_is_gone_one_can_start_again(visitor: Visitor) -> None:
    person = people.with_outcome("iop", "me")
    visit = visitor("en", script=False)
    visit.at_question(person.answers, "health")
    visit.context.clear_cookies(name="check")

    visit.send(person.answers)
    visit.follow("main a.btn")

    assert visit.is_at("start")


def test_when_the_token_is_gone_the_answer_is_not(visitor: Visitor) -> None:
    person = people.with_outcome("iop", "me")
    visit = visitor("es", script=False)
    visit.at_question(person.answers, "now")
    visit.context.clear_cookies(name="csrf")

    visit.send(person.answers)
    visit.press_continue()

    assert visit.asked() == ["suicide_thoughts"]


def test_changing_who_it_is_about_keeps_the_rest(done: Visit) -> None:
    change(done, "who", "them")

    done.go("answers")
    assert done.page.locator(".sum dd.chg").count() > 10
