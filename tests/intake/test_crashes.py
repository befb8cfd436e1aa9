"""What was acknowledged is there, once, whatever is killed: a process in the middle of its work, or PostgreSQL."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from iopguide import keyring
from screening import services as checks
from screening.intake import services as desk
from screening.intake.models import CallRequest, CancelCode
from screening.models import Answer, Screening
from screening.protocol import LIVE
from screening.sealing import seals_for
from tests.intake import crash_worker, outage
from tests.web.walk import COOKIE
from tests.withpg import Cluster, cluster

pytestmark = pytest.mark.postgresql

KILLS = 10
SCREEN = [question for question in LIVE.questions if question.page == LIVE.pages[0].key]
QUESTIONS = [question.key for question in SCREEN]
CHOICES = list(SCREEN[0].choice_keys[:3])
AGES = ("18_25", "26_64")

Line = dict[str, Any]


# --- A process is killed ---------------------------------------------------------------------------------------------


def _life(worker: "subprocess.Popen[bytes]", draw: random.Random, **given: Any) -> list[Line]:
    """Let it work for a while, kill it whatever it is doing, and return all that it said."""
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(json.dumps(given).encode() + b"\n")
    worker.stdin.flush()
    said: list[Line] = []
    enough = draw.randrange(6, 24)
    while sum("begun" not in line for line in said) < enough or not any("begun" in line for line in said):
        said.append(json.loads(worker.stdout.readline()))
    child = next(line["begun"] for line in said if "begun" in line)
    time.sleep(draw.uniform(0, 0.02))
    os.kill(child, signal.SIGKILL)
    while "ended" not in said[-1]:
        said.append(json.loads(worker.stdout.readline()))
    return [line for line in said if "tries" in line or "saved" in line]


@pytest.fixture
def worker(transactional_db: None) -> "Iterator[subprocess.Popen[bytes]]":
    command = [sys.executable, "-m", "tests.intake.crash_worker"]
    with subprocess.Popen(
        command,
        cwd=outage.ROOT,
        env=outage.environment(outage.test_database_url()),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as running:
        yield running
        running.kill()


def test_killed_at_any_moment_it_has_lost_nothing_it_said_it_saved_and_saved_nothing_twice(
    worker: "subprocess.Popen[bytes]",
) -> None:
    draw = random.Random(2026)  # noqa: S311  the same waits in every run
    token = checks.start(("me",))
    said: list[Line] = []
    interrupted, number = 0, 0
    for _ in range(KILLS):
        # Each life begins by sending again what the last one sent last, as a person does who saw no answer.
        lines = _life(worker, draw, token=token, questions=QUESTIONS, choices=CHOICES, start=number)
        number = max(line["number"] for line in lines if "number" in line)
        interrupted += "tries" in lines[-1]
        said += lines
    assert interrupted  # at least one was in the middle of a save
    desk.create_request(**crash_worker.asked(number))

    _all_requests_are_there_once(said, number + 1)
    _the_check_holds_the_last_answers(said, token)


def _all_requests_are_there_once(said: list[Line], tried: int) -> None:
    saved = [line for line in said if line.get("saved") == "request"]
    rows = {row.reference: row for row in CallRequest.objects.all()}
    assert len(rows) == CallRequest.objects.count() == CancelCode.objects.count() == tried
    assert len(saved) > KILLS
    for line in saved:
        row = rows[line["reference"]]
        assert row.contact["value"] == crash_worker.asked(line["number"])["value"]
        assert row.contact["again"] == []
        digests = keyring.keyed_hashes(desk.CANCEL, line["code"])
        assert row.codes.filter(digest__in=digests).count() == 1


def _the_check_holds_the_last_answers(said: list[Line], token: str) -> None:
    mine = [line for line in said if "choice" in line]
    last = max(place for place, line in enumerate(mine) if "saved" in line)
    # Sent but never acknowledged: it may have arrived or not, whole.
    possible = {line["choice"] for line in mine[last:]}
    answers = checks.open_check(token).answers
    held = {answers[key] for key in QUESTIONS}
    assert len(held) == 1
    assert held <= {(choice,) for choice in possible}
    assert Answer.objects.count() == len(QUESTIONS) + 1


# --- PostgreSQL is killed --------------------------------------------------------------------------------------------


Work = dict[outage.Person, "Future[None]"]


def _crash(server: Cluster, work: Work, how: Callable[[], None]) -> tuple[float, float]:
    """Crash the server under load; return when it was down and when it was up again, after everybody saved more."""
    _everybody_saves_more(work)
    down = time.monotonic()
    how()
    outage.wait_until(lambda: all(one.sent[-1].status == 503 or done.done() for one, done in work.items()))
    up = outage.start_again(server)
    _everybody_saves_more(work)
    return down, up


def _crash_at_rest(server: Cluster, work: Work) -> tuple[float, float]:
    """Crash the server while nobody asks anything of it: the site only finds out with the next form."""
    for one in work:
        one.awake.clear()
    down = time.monotonic()
    outage.wait_until(lambda: all(time.monotonic() - one.sent[-1].ended > 0.2 for one in work))
    server.stop()
    up = outage.start_again(server)
    for one in work:
        one.awake.set()
    _everybody_saves_more(work)
    return down, up


def _everybody_saves_more(work: Work, more: int = 3) -> None:
    enough = {one: len(one.kept) + more for one in work}
    outage.wait_until(lambda: all(len(one.kept) >= enough[one] or done.done() for one, done in work.items()))


@pytest.mark.django_db
def test_postgresql_crashed_under_load_loses_nothing_and_the_site_goes_on_by_itself(tmp_path: Path) -> None:
    stop, numbers = threading.Event(), count(1000)
    with cluster(durable=True) as server:
        outage.copy_tables(server)
        with outage.site(server.url, tmp_path) as door, ThreadPoolExecutor() as pool:
            askers = [outage.Person(door) for _ in range(2)]
            answerer = outage.Person(door)
            work = {one: pool.submit(outage.asks_for_calls, one, numbers, stop) for one in askers}
            work[answerer] = pool.submit(outage.answers, answerer, AGES, stop)
            for one in work:
                one.awake.set()
            try:
                under_load = [_crash(server, work, how) for how in (server.stop, server.kill)]
                at_rest = _crash_at_rest(server, work)
            finally:
                stop.set()
            for one in work.values():
                one.result(timeout=outage.PATIENCE)
        _said_when_it_could_not_and_only_then(list(work), under_load, at_rest)
        _everything_is_there_once(server, askers, answerer)


def _said_when_it_could_not_and_only_then(
    people: list[outage.Person], under_load: list[tuple[float, float]], at_rest: tuple[float, float]
) -> None:
    sent = [one for person in people for one in person.sent]
    for down, up in under_load:
        assert [one for one in sent if down < one.began < up and one.status == 503]
    for one in sent:
        if not any(one.ended > down and one.began < up for down, up in (*under_load, at_rest)):
            assert one.status == 303, one


def _everything_is_there_once(server: Cluster, askers: list[outage.Person], answerer: outage.Person) -> None:
    phones = [phone for person in askers for phone in person.kept]
    seal = seals_for(answerer.cookies[COOKIE])[0]
    requests, codes, screenings, answers = (
        model._meta.db_table for model in (CallRequest, CancelCode, Screening, Answer)
    )
    with psycopg.connect(server.url) as database:
        hashes = database.execute(f"SELECT contact_hash FROM {requests}").fetchall()  # noqa: S608
        made = database.execute(f"SELECT count(*) FROM {codes}").fetchone()  # noqa: S608
        opened = database.execute(f"SELECT lookup FROM {screenings}").fetchall()  # noqa: S608
        sealed = database.execute(f"SELECT place, sealed FROM {answers}").fetchall()  # noqa: S608
    assert sorted(bytes(one) for (one,) in hashes) == sorted(
        keyring.keyed_hash(desk.CONTACT, desk.contact_key("phone", phone)) for phone in phones
    )
    assert made == (len(phones),)
    assert [bytes(one) for (one,) in opened] == [seal.lookup]
    held = sorted(seal.open(bytes(place), bytes(one)) for place, one in sealed)
    assert held == [("age", (answerer.kept[-1],)), ("who", ("me",))]
