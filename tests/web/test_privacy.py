"""What a visit leaves behind, on the device and on the server: nothing that tells what was answered."""

import logging
import re
from functools import cache
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.test import Client, override_settings

from iopguide.logs import PrivateFormatter
from screening.engine.answers import Chosen
from screening.engine.spec import Question
from screening.models import Answer, Screening
from screening.protocol import LIVE
from tests.web.test_headers import HEADERS, POLICY
from tests.web.walk import COOKIE, FIRST, LANGUAGES, NEED_A_CHECK, Visitor, calm, people

pytestmark = pytest.mark.django_db


# --- The walk that says the most ---------------------------------------------------------------------------------


def _most(question: Question) -> Any:
    """The answer of most need; of a checklist, everything on it."""
    if question.key == "age":
        return "65_plus"
    if question.kind == "many":
        return [choice.key for choice in question.choices if choice.key != "none"]
    known = [choice for choice in question.choices if not choice.unknown]
    return max(known, key=lambda choice: choice.points).key


TELLING = {question.key: _most(question) for question in LIVE.questions} | {FIRST: "them"}


def sentinels(answers: dict[str, Chosen]) -> set[str]:
    """Everything that would tell: the keys of these questions and answers, and their words in every form."""
    found: set[str] = set()
    for key, chosen in answers.items():
        question = LIVE.question(key)
        texts = [
            question.text,
            *(one for c in question.choices if c.key in chosen for one in (c.text, c.said)),
        ]
        found |= {key, *chosen}
        found |= {word for t in texts if t for word in (t.en, t.es, t.en_them, t.es_them) if word}
    return {word for word in found if len(word) > 2}


def told_in(text: str, words: set[str]) -> set[str]:
    one_of = "|".join(re.escape(word.lower()) for word in sorted(words, key=len, reverse=True))
    return set(re.findall(rf"(?<![\w-])(?:{one_of})(?![\w-])", text.lower()))


def the_most_telling_walk(language: str) -> Visitor:
    visitor = Visitor(language)
    visitor.walk(TELLING)
    for name in ("result", "print", "safety", "start"):
        visitor.go(name)
    visitor.step(3)
    visitor.send({})
    return visitor


@cache
def its_trail(language: str) -> tuple[Visitor, set[str]]:
    """That walk, and what would tell of it; walked once, since several tests only look at it."""
    visitor = the_most_telling_walk(language)
    return visitor, sentinels(visitor.saved())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_address_header_or_title_tells_what_was_answered(language: str) -> None:
    visitor, words = its_trail(language)
    assert len(words) > 60
    known = {visitor.url(name) for name in ("start", "safety", "answers", "result", "print")}
    step = re.compile(re.escape(visitor.url("step", 1)).replace("1/", r"\d{1,2}/"))

    for reply in visitor.trail:
        addresses = [reply.request["PATH_INFO"], reply.get("Location", visitor.url("start"))]
        assert all(address in known or step.fullmatch(address) for address in addresses), addresses
        assert reply.request["QUERY_STRING"] == ""
        headers = {name: value for name, value in reply.items() if name not in HEADERS}
        assert not told_in(str(headers), words - {"safety"})
    assert told_in("x suicide_thoughts y", words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_tell_nothing_to_who_reads_the_history(language: str) -> None:
    visitor, words = its_trail(language)
    titles = set()
    for reply in visitor.trail:
        if reply.status_code != 303:
            title = re.search(r"<title>(.*?)</title>", reply.content.decode(), re.DOTALL)
            assert title is not None
            titles.add(title[1].split(" - ")[0])

    numbered = {one for one in titles if re.fullmatch(r"(Error: )?Part[e]? \d, (question|pregunta) \d+", one)}
    assert len(numbered) > 20
    assert len(titles - numbered) <= 6
    assert not told_in(" | ".join(titles - numbered), words)


def test_no_log_record_tells_what_was_answered(records: list[logging.LogRecord]) -> None:
    visitor = the_most_telling_walk("en")
    words = sentinels(visitor.saved()) - {"safety", "function"}

    formatter = PrivateFormatter()
    written = "\n".join(formatter.format(record) for record in records)
    raw = "\n".join(
        f"{record.getMessage()} {record.args} {record.__dict__.get('params')}"
        for record in records
        if record.name.startswith(("django.request", "django.db", "iopguide", "screening"))
    )

    assert "INSERT INTO" in raw
    assert written.count("route=screening:step") > 40
    assert not told_in(written, words)
    assert not told_in(raw, words)


def test_a_careless_log_record_would_be_found(records: list[logging.LogRecord]) -> None:
    logging.getLogger("django.request").debug("got %s", "suicide_thoughts")

    assert told_in(records[-1].getMessage(), {"suicide_thoughts"})


def test_no_mail_session_or_cache_holds_anything_of_a_visit() -> None:
    visitor = the_most_telling_walk("en")
    visitor.go("leave")

    assert mail.outbox == []
    assert Session.objects.count() == 0
    assert caches["default"]._cache == {}
    for reply in visitor.trail:
        session = reply.wsgi_request.session
        assert not session.accessed
        assert not session.modified


def test_the_cookies_hold_a_random_token_and_nothing_else() -> None:
    tokens = []
    for _ in range(2):
        visitor = the_most_telling_walk("en")
        assert set(visitor.client.cookies) == {COOKIE, project.CSRF_COOKIE_NAME}
        tokens.append(visitor.token)
        for reply in visitor.trail:
            for name, cookie in reply.cookies.items():
                assert cookie["httponly"]
                assert cookie["samesite"] == "Lax"
                assert cookie["path"] == "/"
                assert not cookie["domain"]
                assert not cookie["expires"]  # ends with the browser
                assert not cookie["max-age"]
                assert name == COOKIE or len(cookie.value) == 32
            assert len(reply.cookies.output()) < 1000

    assert tokens[0] != tokens[1]
    assert all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)


@override_settings(LOCAL=False, SCREENING_COOKIE_NAME="__Host-check", CSRF_COOKIE_SECURE=True)
def test_on_a_server_the_cookie_is_locked_to_its_host_and_to_https() -> None:
    client = Client()

    began = client.post("/check/", {FIRST: "me"}, secure=True).cookies["__Host-check"]
    left = client.get("/leave/", secure=True).cookies["__Host-check"]

    for cookie in (began, left):
        assert cookie["secure"]
        assert cookie["httponly"] or not cookie.value
        assert cookie["path"] == "/"
        assert not cookie["domain"]
    assert left["max-age"] == 0


# --- What every answer carries -------------------------------------------------------------------------------------


def every_kind_of_reply() -> list[Any]:
    """One of each: pages, redirects, refusals, errors."""
    visitor = Visitor().sit_down(calm(upto="now"))
    visitor.go("start")
    visitor.step(2)
    form = visitor.page.forms[0].hidden()
    visitor.send({})  # 422
    visitor.post(visitor.path, {**form, "screen": "nothing"})  # 409
    visitor.post(visitor.path, {"now": "none"})  # 403
    visitor.post(visitor.path, {**form, "now": "overdose"})  # 303
    for address in NEED_A_CHECK:
        visitor.go(*address)
    visitor.go("clear")
    visitor.go("cleared")
    visitor.open("/check/answers/?x=1")  # 400
    visitor.post(visitor.url("step", 2), {"now": "x" * 70_000})  # 413
    visitor.open("/check/nothing/")  # 404
    visitor.trail.append(visitor.client.put(visitor.url("answers"), headers={"origin": "null"}))
    visitor.go("leave")
    visitor.go("result")  # 410
    return visitor.trail


def test_every_reply_of_the_screening_is_protected_and_kept_by_nobody() -> None:
    replies = every_kind_of_reply()

    assert {reply.status_code for reply in replies} >= {200, 303, 400, 403, 404, 409, 410, 413, 422}
    for reply in replies:
        assert reply["Cache-Control"] == "no-store", reply.request["PATH_INFO"]
        assert reply["X-Robots-Tag"] == "noindex"
        assert {name: reply[name] for name in HEADERS} == HEADERS
        assert set(reply["Content-Security-Policy"].split("; ")) == POLICY
        assert "geolocation=()" in reply["Permissions-Policy"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["home", "help_now", "how_it_works"])
def test_public_pages_set_no_cookie_and_are_the_same_for_everybody(language: str, name: str) -> None:
    stranger, somebody = Visitor(language), Visitor(language).sit_down(calm())

    stranger.go(name)
    somebody.go(name)

    for visitor in (stranger, somebody):
        assert not visitor.response.cookies
        assert visitor.response.get("Cache-Control") != "no-store"
    assert stranger.response.content == somebody.response.content
    assert {name: stranger.response[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "name", ["start", "safety", "answers", "result", "print", "clear", "cleared", "leave"]
)
def test_a_private_page_takes_no_query_string(name: str) -> None:
    visitor = Visitor().sit_down(calm())

    assert visitor.open(visitor.url(name) + "?now=overdose").status_code == 400
    assert visitor.saved() == calm()


# --- Leaving, and clearing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("origin", [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}])
def test_leaving_deletes_everything_and_goes_to_a_plain_page(language: str, origin: dict[str, str]) -> None:
    visitor = Visitor(language).sit_down(calm())

    visitor.go("leave", headers=origin)

    assert visitor.response.status_code == 303
    assert visitor.response["Location"] == project.EXIT_URL
    assert visitor.response["Clear-Site-Data"] == '"cookies", "storage"'
    assert visitor.response.cookies[COOKIE]["max-age"] == 0
    assert visitor.response.content == b""
    assert Screening.objects.count() == Answer.objects.count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender"},
        {"sec-purpose": "prefetch;anonymous-client-ip"},
        {"purpose": "prefetch"},
        {"x-moz": "prefetch"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    ],
)
def test_what_no_person_pressed_deletes_nothing(headers: dict[str, str]) -> None:
    visitor = Visitor().sit_down(calm())

    visitor.go("leave", headers=headers)

    assert visitor.response.status_code == 303
    assert "Clear-Site-Data" not in visitor.response
    assert not visitor.response.cookies
    assert visitor.saved() == calm()


def test_what_was_left_can_not_be_opened_again() -> None:
    visitor = Visitor().sit_down(calm())
    token = visitor.token
    visitor.step(3)
    form = visitor.page.forms[0].hidden()
    visitor.go("leave")

    for _ in range(3):
        for address in NEED_A_CHECK:
            visitor.token = token
            assert visitor.go(*address).status_code == 410
        visitor.token = token
        # The token of forms went too: what is sent is asked for once more, and then finds nothing.
        assert visitor.post(visitor.url("step", 3), {**form, "suicide_thoughts": "no"}).status_code == 403
        visitor.token = token
        assert visitor.send().status_code == 410
    assert Screening.objects.count() == 0


def test_leaving_without_a_check_works_too() -> None:
    assert Visitor().go("leave").status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_clearing_asks_first_and_then_deletes(language: str) -> None:
    visitor = Visitor(language).sit_down(calm())

    visitor.go("clear")
    assert visitor.saved() == calm()
    visitor.send()

    assert visitor.response["Location"] == visitor.url("cleared")
    assert visitor.response["Clear-Site-Data"] == '"cache"'
    assert visitor.response.cookies[COOKIE]["max-age"] == 0
    assert Screening.objects.count() == Answer.objects.count() == 0
    assert visitor.follow().status_code == 200


def test_looking_at_the_page_after_clearing_deletes_nothing() -> None:
    visitor = Visitor().sit_down(calm())

    visitor.go("cleared")

    assert visitor.saved() == calm()


def test_every_page_of_a_check_has_a_way_to_leave_and_a_way_to_clear() -> None:
    visitor = Visitor().sit_down(calm())
    for address in NEED_A_CHECK:
        visitor.go(*address)
        addresses = {href for href, _ in visitor.page.links}
        assert {visitor.url("leave"), visitor.url("clear"), visitor.url("help_now")} <= addresses


# --- Other people ---------------------------------------------------------------------------------------------------


def test_nobody_sees_a_byte_of_somebody_elses_check() -> None:
    first, second = list(people().values())[:2]
    mine, theirs = Visitor().sit_down(first), Visitor().sit_down(second)

    for address in NEED_A_CHECK:
        assert mine.go(*address).status_code in (200, 303)
        assert theirs.go(*address).status_code in (200, 303)

    assert (mine.saved(), theirs.saved()) == (first, second)
    mine.go("leave")
    assert theirs.saved() == second
