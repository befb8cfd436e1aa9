"""The demonstration: believable, the same at every run, and never by accident on a server."""

import io
import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from iopguide import attention
from iopguide.attention import Waiting
from screening.counters import demo as numbers
from tests.staff import code

pytestmark = [pytest.mark.django_db, pytest.mark.password_alone]


@pytest.fixture(autouse=True)
def _few_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "DAYS", 2)


def run(*options: str) -> str:
    said = io.StringIO()
    call_command("demo", *options, stdout=said)
    return said.getvalue()


def test_everybody_it_names_can_sign_in_with_what_it_prints() -> None:
    Group.objects.get_or_create(name="auditor")
    said = run()
    people = re.findall(r"^  (\w+) +(\w{15,})   ([A-Z2-7]{32})   (.+)$", said, re.MULTILINE)

    assert len(people) == Group.objects.count() + 1
    assert {role for *_, role in people} >= {"everything", "auditor", "clinical"}
    for login, password, secret, _ in people[:2]:
        client = Client()
        client.post("/staff/sign-in/", {"login": login, "password": password})
        client.post("/staff/second-factor/authenticate/", {"code": code(secret)})
        assert client.get("/staff/").status_code == 200, login


def test_run_again_it_says_the_same_and_makes_nothing_twice() -> None:
    first = run()
    count = User.objects.count()
    second = run()

    assert [line for line in first.splitlines() if line.startswith("  ")] == [
        line for line in second.splitlines() if line.startswith("  ")
    ]
    assert User.objects.count() == count


def test_somebodys_own_account_is_left_alone() -> None:
    own = User.objects.create_user("owner", password="my very own password")
    said = run()
    own.refresh_from_db()

    assert own.check_password("my very own password")
    assert not own.is_staff
    assert "left alone" in said


def test_on_a_server_it_asks_first(settings: Settings) -> None:
    settings.LOCAL = False
    with pytest.raises(CommandError, match="--yes"):
        run()
    assert User.objects.count() == 0

    run("--yes")
    assert User.objects.filter(username="owner").exists()


# --- What needs somebody ---------------------------------------------------------------------------------------------


def test_the_front_page_shows_what_waits_and_what_cannot_wait_first(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    user = User.objects.create(username="somebody", is_staff=True)
    client.force_login(user)
    monkeypatch.setattr(attention, "_providers", [])
    assert "Nothing waits for you." in client.get("/staff/").content.decode()

    seen = []

    def pages(who: User) -> list[Waiting]:
        seen.append(who)
        return [Waiting(3, "pages are stale", "/x/"), Waiting(0, "pages are lost", "/z/")]

    attention.provider(pages)
    attention.provider(pages)
    attention.provider(lambda who: [Waiting(2, "requests wait", "/y/", urgent=True)])
    text = client.get("/staff/").content.decode()

    assert seen == [user]
    assert text.index("requests wait") < text.index("pages are stale")
    assert "pages are lost" not in text
    assert 'class="st-urgent"' in text
