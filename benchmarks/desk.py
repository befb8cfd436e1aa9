"""The desk with 100,000 requests on PostgreSQL: the time and the queries of a page of the queue.

Runs on a PostgreSQL of its own (tests/withpg.py); without one it says so and measures nothing.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.clock import line

ROOT = Path(__file__).resolve().parents[1]
REQUESTS = 100_000
ROUNDS = 15
MOST_SECONDS, MOST_QUERIES = 0.300, 15
SHOWN = ("now", "overdue", "scheduled", "waiting", "mine", "held", "closed")


# The first row again and again; three in ten are not over, spread from a week ago to a month ahead.
MORE_OF_IT = """
INSERT INTO intake_callrequest (uid, reference, state, contact, contact_hash, consents, created_at, due_at,
    expires_at, owner_id, tries, last_outcome)
SELECT gen_random_uuid(), 'B' || n, (ARRAY['open', 'open', 'waiting', 'closed', 'closed', 'closed', 'closed',
    'closed', 'closed', 'held'])[n %% 10 + 1], contact, decode(lpad(to_hex(n), 64, '0'), 'hex'), consents,
    now() - n * interval '1 minute', now() + ((n::bigint * 7919) %% 60000 - 10000) * interval '1 minute',
    now() + interval '30 days', CASE WHEN n %% 50 = 0 THEN two.id END, n %% 3, ''
FROM (SELECT * FROM intake_callrequest ORDER BY id LIMIT 1) one, generate_series(1, %s) n,
    (SELECT %s::integer AS id) two
"""


def main() -> None:
    """Start again inside a PostgreSQL of our own, with the settings of the tests."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.withpg", sys.executable, "-m", "benchmarks.desk"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=False,
    )
    if done.returncode:
        raise SystemExit("the desk is slower than it may be, or could not be measured")


def _measure() -> bool:
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    # Every query would be remembered, and a page is measured as a server serves it.
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    ana = User.objects.create(username="ana", is_staff=True)
    ana.groups.add(Group.objects.get(name="intake"))
    started = time.monotonic()
    _fill(ana)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as PostgreSQL does by itself
    line(f"{REQUESTS:,} requests written", time.monotonic() - started, "s")

    client = Client()
    client.force_login(ana)
    good = True
    for show in SHOWN:
        path = f"/staff/intake/callrequest/?show={show}"
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200  # noqa: S101  a benchmark of an error page is none
            count = len(queries)
        seconds = []
        for _ in range(ROUNDS):
            at = time.perf_counter()
            client.get(path)
            seconds.append(time.perf_counter() - at)
        median, worst = statistics.median(seconds), max(seconds)
        line(f"queue, {show}: median", median * 1000, "ms")
        line(f"queue, {show}: slowest of {ROUNDS}", worst * 1000, "ms")
        line(f"queue, {show}: queries", count, "")
        good &= median < MOST_SECONDS and count <= MOST_QUERIES
    return good


def _fill(ana: Any) -> None:
    """One request as the site makes them, and the others like it: all states, over ninety days."""
    from django.db import connection

    from screening.intake import services
    from screening.intake.models import CallRequest

    services.create_request(name="Sam", value="5550100000", allowed=("voicemail",), windows=("morning",))
    with connection.cursor() as cursor:
        cursor.execute(MORE_OF_IT, [REQUESTS, ana.pk])
    if CallRequest.objects.count() <= REQUESTS:
        raise SystemExit("the rows were not written")


if __name__ == "__main__":
    sys.exit(0 if _measure() else 1)
