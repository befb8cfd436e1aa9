"""Saved checks against those who want to read them: guessers, thieves of the database, readers of logs and histories."""

import base64
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from iopguide.logs import PrivateFormatter
from screening import saving, services, words
from screening.intake import limits
from screening.intake.models import DayKey, Knock, Tombstone
from screening.models import Answer, SavedCheck, Screening
from tests.web.saved import Clock, come_back, save, standing_clock
from tests.web.test_headers import HEADERS
from tests.web.test_storage import cells
from tests.web.walk import COOKIE, LANGUAGES, Page, Visitor, calm

pytestmark = pytest.mark.django_db

WRONG = "acorn acre across active"
# Words that no header, title or table holds for another reason.
RARE = {"en": "quartz ukulele wombat yogurt", "es": "quetzal tapioca zafiro zueco"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return standing_clock(monkeypatch)


@pytest.fixture(autouse=True)
def hashed() -> Iterator[Any]:
    """The slow hash, made quick, and how often it was asked."""
    with patch.object(saving, "COST", 2), patch.object(saving, "_keys", wraps=saving._keys) as keys:
        yield keys


@contextmanager
def rare_words(language: str) -> Iterator[None]:
    """Whatever is saved meanwhile gets these words."""
    with patch.object(words, "code_of", return_value=words.read(RARE[language], language).code):
        yield


# --- Guessers ---------------------------------------------------------------------------------------------------------


def tries(visitor: Visitor, count: int) -> list[int]:
    return [come_back(visitor, WRONG).status_code for _ in range(count)]


def test_the_sixth_try_of_a_minute_is_refused_before_anything_slow_is_done(hashed: Any, clock: Clock) -> None:
    visitor = Visitor()
    assert tries(visitor, limits.WORDS_A_MINUTE) == [422] * limits.WORDS_A_MINUTE
    paid = hashed.call_count

    come_back(visitor, WRONG)

    assert visitor.response.status_code == 429
    assert hashed.call_count == paid == limits.WORDS_A_MINUTE
    assert visitor.page.forms[0].values("words") == [WRONG]
    assert {"tel:988", "tel:911"} <= {href for href, _ in visitor.page.links}
    clock(timedelta(minutes=1))
    assert tries(visitor, 1) == [422]


def test_who_was_refused_may_be_right_and_comes_in_a_minute_later(clock: Clock) -> None:
    mine, visitor = save(Visitor(REMOTE_ADDR="203.0.1.1").sit_down(calm())), Visitor()
    tries(visitor, limits.WORDS_A_MINUTE)
    assert come_back(visitor, mine).status_code == 429
    assert not visitor.response.cookies.get(COOKIE)
    clock(timedelta(minutes=1))

    assert come_back(visitor, mine).status_code == 303


def test_words_that_are_none_cost_no_try(hashed: Any) -> None:
    visitor = Visitor()
    for typed in ("", "acorn", "acorn acre across qwzx", "x" * 500) * 3:
        assert come_back(visitor, typed).status_code == 422

    assert hashed.call_count == 0
    assert not Knock.objects.exists()


def test_one_network_that_floods_locks_out_nobody_else() -> None:
    with patch.object(limits, "EVERYBODYS_WORDS_A_MINUTE", 8):
        assert 429 in tries(Visitor(REMOTE_ADDR="203.0.1.1"), 20)
        assert tries(Visitor(REMOTE_ADDR="203.0.1.200"), 1) == [429], "the same network"
        assert tries(Visitor(REMOTE_ADDR="203.0.2.1"), 1) == [422]


def test_everybody_together_has_a_limit_too(hashed: Any) -> None:
    with patch.object(limits, "EVERYBODYS_WORDS_A_MINUTE", 8):
        found = [tries(Visitor(REMOTE_ADDR=f"203.0.{number}.1"), 1)[0] for number in range(12)]

    assert found == [422] * 8 + [429] * 4
    assert hashed.call_count == 8


def test_making_words_is_limited_as_typing_them_is(hashed: Any) -> None:
    visitor = Visitor().sit_down(calm())
    for _ in range(limits.WORDS_A_MINUTE):
        mine = save(visitor)
    paid = hashed.call_count
    form = visitor.page.forms[0]

    visitor.post(visitor.url("save"), {**form.hidden(), "make": "1"})

    assert visitor.response.status_code == 429
    assert hashed.call_count == paid
    assert come_back(Visitor(REMOTE_ADDR="203.0.1.1"), mine).status_code == 303, "the last ones hold"


@pytest.mark.parametrize("told", ["", "not an address"])
def test_behind_a_proxy_that_tells_nothing_visitors_are_not_all_one_network(
    settings: Settings, told: str
) -> None:
    settings.LOCAL = False
    settings.TRUST_NETWORK_HEADER = bool(told)
    headers = {"x-network": told} if told else {}
    request = (
        Visitor(headers=headers, secure=True)
        .client.get("/healthz", headers=headers, secure=True)
        .wsgi_request
    )

    assert limits.network_of(request) == ""


def test_no_address_is_kept_and_the_counts_go() -> None:
    tries(Visitor(REMOTE_ADDR="203.0.113.77"), 2)

    assert not [where for *where, value in cells() if b"203.0.113" in value]
    limits.forget(timezone.now() + timedelta(days=2))
    assert not Knock.objects.exists()
    assert not DayKey.objects.exists()


# --- Thieves ------------------------------------------------------------------------------------------------------------


def test_the_words_their_numbers_and_the_token_are_in_no_table() -> None:
    visitor = Visitor().sit_down(calm())
    with rare_words("en"):
        mine = save(visitor)
    code = words.read(mine, "en").code
    assert code is not None
    told = [mine, *mine.split(), words.spelled(code, "es"), *words.spelled(code, "es").split()]
    told += [" ".join(map(str, code)), str(list(code)), visitor.token]
    bits = base64.urlsafe_b64decode(visitor.token + "=")

    everything = [value for _, _, value in cells()]

    assert len(everything) > 50
    assert not [one for one in told for value in everything if len(one) > 3 and one.encode() == value]
    assert not [value for value in everything if bits in value or mine.encode() in value]


def test_two_saved_checks_have_nothing_in_common_and_all_rows_the_same_size() -> None:
    for _ in range(2):
        save(Visitor().sit_down(calm()))
    rows = [
        (bytes(lookup), bytes(sealed))
        for lookup, sealed in SavedCheck.objects.values_list("lookup", "sealed")
    ]

    assert {(len(lookup), len(sealed)) for lookup, sealed in rows} == {(32, 12 + 43 + 16)}
    assert len({part for row in rows for part in row}) == 4


def test_database_and_secrets_without_the_words_open_nothing() -> None:
    """What is left to a thief is to try words, each at the price of the slow hash; docs/adr/0024 counts them."""
    visitor = Visitor().sit_down(calm())
    mine = save(visitor)
    row = SavedCheck.objects.get()
    nonce = bytes(row.sealed)[:12]

    for value in {value for _, _, value in cells()}:
        for guess in (value.hex(), value.decode("latin-1")):
            for seal in services.seals_for(guess):
                assert words.spelled(words.code_of(seal.number(nonce)), "en") != mine
    with pytest.raises(saving.NoSuchCode):
        saving.token_behind((1, 2, 3, 4))


@pytest.mark.parametrize("name", ["clear", "resume", "stop", "again"])
def test_what_was_ended_stays_ended_after_a_backup_is_restored(tmp_path: Path, name: str) -> None:
    visitor = Visitor().sit_down(calm())
    mine = save(visitor)
    kept = [list(model.objects.all()) for model in (Screening, Answer, SavedCheck)]
    if name == "clear":
        visitor.go("clear")
        visitor.send()
    elif name == "resume":
        come_back(visitor, mine, delete="1")
    else:
        visitor.send({"stop" if name == "stop" else "make": "1"})
    call_command("purge_requests", tombstones=tmp_path / "t", stdout=StringIO())
    Screening.objects.all().delete()
    for rows in kept:
        type(rows[0]).objects.bulk_create(rows)
    assert come_back(Visitor(), mine).status_code == 303, "the backup alone would bring it back"

    call_command("apply_tombstones", str(tmp_path / "t"), stdout=StringIO())

    assert come_back(Visitor(), mine).status_code == 422
    assert not SavedCheck.objects.exists()
    assert not Answer.objects.exists()


def test_a_restore_leaves_others_alone(tmp_path: Path) -> None:
    gone, stays = (save(Visitor(REMOTE_ADDR=f"203.0.{n}.1").sit_down(calm())) for n in range(2))
    come_back(Visitor(), gone, delete="1")
    call_command("purge_requests", tombstones=tmp_path / "t", stdout=StringIO())

    call_command("apply_tombstones", str(tmp_path / "t"), stdout=StringIO())

    assert Tombstone.objects.count() == 1
    assert come_back(Visitor(), stays).status_code == 303


# --- Readers of logs, histories and mail -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_in_the_body_of_one_page_and_nowhere_else(
    language: str, records: list[logging.LogRecord]
) -> None:
    owner, other = Visitor(language).sit_down(calm()), Visitor(language)
    with rare_words(language):
        mine = save(owner)
    assert mine == RARE[language]
    come_back(other, mine)
    come_back(Visitor(language).sit_down(calm(upto="now")), mine)
    come_back(other, mine, delete="1")
    other.follow()
    formatter, one_of = PrivateFormatter(), re.compile("|".join(rf"\b{word}\b" for word in mine.split()))

    assert len(records) > 50
    for record in records:
        assert mine not in formatter.format(record)
        if record.name.startswith(("django.request", "django.db", "iopguide", "screening")):
            assert mine not in f"{record.getMessage()} {record.args} {record.__dict__}"
    shows = [reply for reply in owner.trail + other.trail if mine in reply.content.decode()]
    assert [reply.request["PATH_INFO"] for reply in shows] == [owner.url("save")]
    for reply in owner.trail + other.trail:
        headers = {name: value for name, value in reply.items() if name not in HEADERS}
        assert not one_of.search(str(headers)), headers
        assert not one_of.search(reply.cookies.output())
        assert not one_of.search(reply.request["PATH_INFO"])
        assert reply.request["QUERY_STRING"] == ""
        assert not reply.wsgi_request.session.accessed
        assert reply["Cache-Control"] == "no-store"
        assert reply["X-Robots-Tag"] == "noindex"
        if reply.content:
            assert not one_of.search(Page(reply.content.decode()).title)


@pytest.mark.parametrize("name", ["save", "resume", "deleted"])
def test_the_pages_take_no_query_string(name: str) -> None:
    visitor = Visitor().sit_down(calm())

    assert visitor.open(visitor.url(name) + "?words=acorn").status_code == 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_without_its_token_asks_to_type_the_words_again(language: str) -> None:
    mine = save(Visitor(language).sit_down(calm()))
    visitor = Visitor(language)

    visitor.post(visitor.url("resume"), {"words": mine})

    assert visitor.response.status_code == 403
    assert mine not in visitor.page.html
    assert visitor.url("resume") in {href for href, _ in visitor.page.links}
    come_back(visitor, mine)
    assert visitor.response.status_code == 303
    assert visitor.saved() == calm()


def test_a_form_that_another_site_filled_in_is_not_given_back() -> None:
    visitor = Visitor()
    visitor.post(visitor.url("resume"), {"words": WRONG}, headers={"sec-fetch-site": "cross-site"})

    assert visitor.response.status_code == 403
    assert WRONG not in visitor.page.html


def test_while_the_database_is_away_the_words_come_back_in_the_page() -> None:
    visitor = Visitor()
    with patch.object(limits, "too_many_words", side_effect=OperationalError("x")):
        come_back(visitor, WRONG)

    assert visitor.response.status_code == 503
    assert visitor.page.forms[0].values("words") == [WRONG]


@pytest.mark.parametrize("name", ["save", "resume"])
@pytest.mark.parametrize(
    "body",
    [
        b"words=%00",
        b"words=%ff%fe",
        b"words=" + b"x" * 70_000,
        b"&".join(b"words=a" for _ in range(300)),
        b"instead=" + b"9" * 400 + b"&delete=1&words=acorn+acre+across+active",
    ],
)
def test_nothing_that_is_sent_is_a_failure(name: str, body: bytes) -> None:
    visitor = Visitor().sit_down(calm())
    visitor.go("resume")
    token = visitor.page.forms[0].hidden()["csrfmiddlewaretoken"][0]
    sent = b"csrfmiddlewaretoken=" + token.encode() + b"&" + body

    reply = visitor.client.post(visitor.url(name), sent, content_type="application/x-www-form-urlencoded")

    assert 300 <= reply.status_code < 500
    assert visitor.saved() == calm()


def test_the_cookie_on_a_server_is_locked(settings: Settings) -> None:
    mine = save(Visitor().sit_down(calm()))
    settings.LOCAL, settings.CSRF_COOKIE_SECURE = False, True
    settings.SCREENING_COOKIE_NAME = "__Host-check"
    client = Visitor().client
    client.handler.enforce_csrf_checks = False

    given = client.post("/resume/", {"words": mine}, secure=True).cookies["__Host-check"]

    assert given["secure"]
    assert given["httponly"]
    assert given["path"] == "/"
    assert not given["domain"]
    assert not given["max-age"]


# --- What it costs -------------------------------------------------------------------------------------------------------


def asked(do: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as context:
        do()
    return len(context.captured_queries)


def test_the_pages_ask_the_database_as_often_as_they_must(hashed: Any) -> None:
    owner, other = Visitor().sit_down(calm()), Visitor()
    mine = save(owner)
    other.go("resume")
    form = other.page.forms[0].hidden()
    knocks = asked(lambda: limits.too_many_words("203.0.9.0/24"))

    assert asked(lambda: owner.go("save")) == 2 + 1  # the check, its answers, its words
    assert asked(lambda: other.go("resume")) == 0
    # The words, the check, its answers.
    assert asked(lambda: other.post(other.url("resume"), {**form, "words": mine})) == knocks + 3
    assert asked(lambda: owner.step(2)) == 2
    assert project.SCREENING_KEYS
    assert hashed.call_count == 2
