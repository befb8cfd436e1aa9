"""One visitor with a browser, for tests: reads the page as a browser would, and sends the forms it finds there.

`Visitor` keeps the cookies, the page it stands on and the whole trail. `calm` fills a sheet with the answers of
least need; `people` finds one person for every outcome the live protocol can reach.
"""

import random
import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from screening import services
from screening.engine import Engine, engine_for
from screening.engine.answers import NONE, Chosen
from screening.engine.spec import UNKNOWN_KEYS, Question
from screening.protocol import LIVE

LANGUAGES = ("en", "es")
VOICES = ("me", "them")
COOKIE = settings.SCREENING_COOKIE_NAME
FIRST = LIVE.questions[0].key
ADULT = {FIRST: "me", "age": "26_64"}

# An answer that opens a question a calm person is not asked.
OPENER, OPENED = ("signs", ["strong_urges", "fell_behind"]), "more_signs"
# The pages that show somebody's own check.
NEED_A_CHECK = [("step", 1), ("safety",), ("answers",), ("result",), ("print",)]
# How many people are drawn to find one for each outcome.
DRAWN = 2000

Given = dict[str, Any]


@dataclass
class Form:
    """A form as found on a page: where it goes, and each control as (name, value, type, checked)."""

    action: str
    method: str
    controls: list[tuple[str, str, str, bool]] = field(default_factory=list)

    def values(self, name: str) -> list[str]:
        return [value for own, value, *_ in self.controls if own == name]

    def checked(self) -> dict[str, list[str]]:
        """What is ticked when the page opens, by name."""
        found: dict[str, list[str]] = {}
        for name, value, kind, checked in self.controls:
            if checked and kind != "hidden":
                found.setdefault(name, []).append(value)
        return found

    def hidden(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value, kind, _ in self.controls:
            if kind == "hidden":
                found.setdefault(name, []).append(value)
        return found


class Page(HTMLParser):
    """What a person, or a screen reader, gets from a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.title = self.language = ""
        self.links: list[tuple[str, str]] = []
        self.headings: list[str] = []
        self.forms: list[Form] = []
        self.labels: list[str] = []  # words in attributes, which are read aloud too
        self._open: list[str] = []
        self._words: list[str] = []
        self.feed(html)
        self.text = _flat(" ".join(self._words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "a":
            self.links.append((given.get("href", ""), ""))
        elif tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        elif tag in ("input", "button") and self.forms and given.get("name"):
            kind = given.get("type", "text")
            control = (given["name"], given.get("value", ""), kind, "checked" in given)
            self.forms[-1].controls.append(control)
        elif tag in ("h1", "h2", "h3"):
            self.headings.append("")
        self.labels += [
            given[name] for name in ("aria-label", "alt", "title", "placeholder") if name in given
        ]
        if tag not in ("input", "meta", "link", "br", "hr", "path", "circle"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if {"script", "style"} & set(self._open):
            return
        if "title" in self._open:
            self.title = _flat(self.title + data)
            return
        self._words.append(data)
        if "a" in self._open:
            href, text = self.links[-1]
            self.links[-1] = (href, _flat(f"{text} {data}"))
        if {"h1", "h2", "h3"} & set(self._open):
            self.headings[-1] = _flat(f"{self.headings[-1]} {data}")

    @property
    def heading(self) -> str:
        return self.headings[0] if self.headings else ""

    def link(self, text: str) -> str:
        """The address behind the first link with these words."""
        return next(href for href, words in self.links if words == text)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


class Visitor:
    """One person. Forms are sent with their token, as a browser does: the client enforces it."""

    def __init__(self, language: str = "en", **options: Any) -> None:
        self.language = language
        self.client = Client(enforce_csrf_checks=True, **options)
        self.path = ""
        self.trail: list[Any] = []
        self._read: tuple[Any, Page] | None = None

    @property
    def response(self) -> Any:
        return self.trail[-1]

    @property
    def page(self) -> Page:
        if self._read is None or self._read[0] is not self.response:
            self._read = (self.response, Page(self.response.content.decode()))
        return self._read[1]

    @property
    def token(self) -> str:
        return self.client.cookies[COOKIE].value if COOKIE in self.client.cookies else ""

    @token.setter
    def token(self, value: str) -> None:
        self.client.cookies[COOKIE] = value

    def url(self, name: str, *args: Any) -> str:
        with translation.override(self.language):
            return reverse(f"screening:{name}", args=args)

    def open(self, path: str, **options: Any) -> Any:
        """GET an address."""
        self.path = urlsplit(path).path
        self.trail.append(self.client.get(path, **options))
        return self.response

    def go(self, name: str, *args: Any, **options: Any) -> Any:
        return self.open(self.url(name, *args), **options)

    def step(self, number: int) -> Any:
        return self.go("step", number)

    def send(self, given: Given | None = None, **options: Any) -> Any:
        """Send the form of this page with these choices in place of the ticked ones; stay at what comes back."""
        form = self.page.forms[0]
        body = {**form.hidden(), **form.checked()}
        for name, choice in (given or {}).items():
            chosen = [choice] if isinstance(choice, str) else list(choice)
            missing = [one for one in chosen if one not in form.values(name)]
            assert not missing, f"{self.path} does not offer {missing} for {name}"
            body[name] = chosen
        return self.post(urljoin(self.path, form.action) if form.action else self.path, body, **options)

    def post(self, path: str, body: Any, **options: Any) -> Any:
        self.path = path
        self.trail.append(self.client.post(path, body, **options))
        return self.response

    def follow(self) -> Any:
        """Go where the answer just given leads."""
        assert self.response.status_code == 303, self.response
        return self.open(self.response["Location"])

    def begin(self, who: str = "me") -> Any:
        self.go("start")
        self.send({FIRST: who})
        return self.follow()

    def asked(self) -> list[str]:
        """The questions on this page, in order."""
        names = [name for name, *_ in self.page.forms[0].controls]
        return [name for name in dict.fromkeys(names) if name in LIVE.by_key]

    def walk(self, given: Given) -> None:
        """From wherever this is to the list of answers, through every screen and safety page on the way."""
        if not self.token:
            self.go("start")
            self.send({FIRST: given.get(FIRST, "me")})
            self.follow()
        for _ in range(2 * len(LIVE.questions)):
            if self.path == self.url("answers"):
                return
            if self.path == self.url("safety"):
                self.open(self.keep_going())
                continue
            self.send({key: given.get(key) or calm_choice(key) for key in self.asked()})
            self.follow()
        raise AssertionError("the walk does not end")

    def statuses(self, method: str) -> list[int]:
        """What came back for each request of this kind, in order."""
        return [reply.status_code for reply in self.trail if reply.request["REQUEST_METHOD"] == method]

    def keep_going(self) -> str:
        """Where the safety page leads on: to an open question, or to the list of answers."""
        own = (self.url("step", 1).removesuffix("1/"), self.url("answers"))
        return next(href for href, _ in self.page.links if href.startswith(own))

    def sit_down(self, answers: dict[str, Chosen]) -> "Visitor":
        """Have these answers already, without having walked."""
        self.token = services.start(answers[FIRST])
        if len(answers) > 1:
            services.record_answers(services.open_check(self.token), answers)
        return self

    def saved(self) -> dict[str, Chosen]:
        """What the database holds of this person, opened with their own cookie."""
        return services.open_check(self.token).answers


def standing_at(question: str, language: str = "en", **given: Any) -> Visitor:
    """Somebody who has answered everything before this question, and sees it now."""
    visitor = Visitor(language).sit_down(calm(given, upto=question))
    visitor.step(number_of(calm(given), question))
    assert question in visitor.asked()
    return visitor


def number_of(answers: dict[str, Chosen], question: str) -> int:
    """The step that asks this question on the path of these answers."""
    step = engine().path(answers).holding(question)
    assert step is not None, f"nobody is asked {question} here"
    return step.number


def engine() -> Engine:
    return engine_for(LIVE)


def calm_choice(key: str) -> str:
    """The answer of least need."""
    if key in ADULT:
        return ADULT[key]
    question = LIVE.question(key)
    if question.kind == "many" and NONE in question.choice_keys:
        return NONE
    known = [choice for choice in question.choices if not choice.unknown and not choice.danger]
    return min(known, key=lambda choice: choice.points).key


def calm(given: Given | None = None, *, upto: str | None = None) -> dict[str, Chosen]:
    """A whole sheet along its own path: these answers, and otherwise those of least need.

    With `upto`, the sheet of somebody who stands before that question.
    """
    raw = {key: (given or {}).get(key) or calm_choice(key) for key in LIVE.by_key}
    sheet = along_its_path(engine().door.parse(raw))
    if upto is None:
        return sheet
    return before(sheet, number_of(sheet, upto))


def before(answers: dict[str, Chosen], number: int) -> dict[str, Chosen]:
    """What had been said when this step was asked."""
    steps = engine().path(answers).steps[:number]
    return {key: answers[key] for step in steps for key in step.questions}


def along_its_path(answers: dict[str, Chosen]) -> dict[str, Chosen]:
    """The same person, without answers to questions that these very answers leave out."""
    return {key: answers[key] for step in engine().path(answers).steps for key in step.questions}


Outcome = tuple[str, str, str, int]


def outcome(answers: dict[str, Chosen]) -> Outcome:
    """Lead, level, program, and how many levels are possible."""
    decision = engine().assess_checked(answers, explain=False).decision
    return decision.lead, decision.level, decision.program, len(decision.possible_levels)


@lru_cache(maxsize=1)
def people() -> dict[Outcome, dict[str, Chosen]]:
    """One person for every outcome that some thousand people, drawn the same way each time, arrive at."""
    draw = random.Random(2026)  # noqa: S311  the same people in every run
    found: dict[Outcome, dict[str, Chosen]] = {}
    for number in range(DRAWN):
        calmness = (0.3, 0.6, 0.8, 0.9)[number % 4]
        openness = (0.0, 0.0, 0.1, 0.4)[number // 4 % 4]
        given = {key: _drawn(draw, question, calmness, openness) for key, question in LIVE.by_key.items()}
        answers = engine().door.parse(given)
        found.setdefault(outcome(answers), answers)
    return {reached: along_its_path(answers) for reached, answers in found.items()}


def _drawn(draw: random.Random, question: Question, calmness: float, openness: float) -> Any:
    if question.allow_unknown and draw.random() < openness:
        return draw.choice(UNKNOWN_KEYS)
    if question.key != FIRST and draw.random() < calmness:
        return calm_choice(question.key)
    if question.kind == "many":
        real = [choice for choice in question.choice_keys if choice != NONE]
        return draw.sample(real, draw.randint(1, len(real)))
    return draw.choice(question.choice_keys)


def in_voice(answers: dict[str, Chosen], voice: str) -> dict[str, Chosen]:
    """The same answers, given about oneself or about somebody else."""
    return {**answers, FIRST: (voice,)}
