"""How staff come in: a password and something they hold; nothing taken twice; nobody kept out by a stranger."""

import re
import time
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from iopguide.second_factor import TO_ADD
from iopguide.staff.adapters import StaffAdapter
from screening.intake.permissions import SENSITIVE_PERMISSIONS
from tests.staff import add_app, code, show_second_factor
from tests.web.access import ROWS
from tests.web.routes import routes, row_for

pytestmark = [pytest.mark.django_db, pytest.mark.password_alone]

PASSWORD = "a long and plain sentence"
FIRST_PAGE = "/staff/"
ADD_ONE = "/staff/second-factor/"
SHOW_IT = "/staff/second-factor/reauthenticate/"


@pytest.fixture
def owner() -> User:
    return User.objects.create_superuser("owner", password=PASSWORD)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A clock of our own, so that half a minute takes no time."""
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])

    def wait(seconds: float) -> None:
        now[0] += seconds

    return wait


def give(user: User, name: str) -> User:
    """Give the account this right, whether or not its app is part of the site yet."""
    app, _, codename = name.partition(".")
    kind, _ = ContentType.objects.get_or_create(app_label=app, model="anything")
    right = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    user.user_permissions.add(right or Permission.objects.create(content_type=kind, codename=codename))
    return User.objects.get(pk=user.pk)


def sign_in(client: Client, login: str = "owner", password: str = PASSWORD, **more: Any) -> HttpResponse:
    return client.post("/staff/sign-in/", {"login": login, "password": password}, **more)


def send_code(client: Client, given: str) -> HttpResponse:
    return client.post("/staff/second-factor/authenticate/", {"code": given})


def goes_in(client: Client) -> bool:
    return client.get(FIRST_PAGE).status_code == 200


def test_an_account_is_given_an_app_and_then_opens_with_it_only(
    owner: User, clock: Callable[[float], None]
) -> None:
    client = Client()
    assert client.get(FIRST_PAGE, follow=True).redirect_chain[-1][0].startswith("/staff/sign-in/")
    sign_in(client)
    assert client.get(FIRST_PAGE)["Location"] == ADD_ONE

    page = client.get("/staff/second-factor/totp/activate/").content.decode()
    found = re.search(r'id="authenticator_secret" value="(\w+)"', page)
    assert found
    assert "<svg" in page
    assert "data:image" not in page
    wrong = client.post("/staff/second-factor/totp/activate/", {"code": "000000"})
    assert wrong.status_code == 422
    done = client.post("/staff/second-factor/totp/activate/", {"code": code(found[1])}, follow=True)
    assert "recovery" in done.request["PATH_INFO"]
    assert goes_in(client)

    client.post("/staff/sign-out/")
    assert client.get(FIRST_PAGE).status_code == 302
    clock(60)
    answer = sign_in(client)
    assert answer["Location"] == "/staff/second-factor/authenticate/"
    assert not goes_in(client)
    assert send_code(client, code(found[1])).status_code == 302
    assert goes_in(client)


@pytest.mark.parametrize("name", [*SENSITIVE_PERMISSIONS, "programs.publish_anything"])
def test_whoever_may_see_contact_data_or_publish_needs_a_second_factor(name: str) -> None:
    client = Client()
    client.force_login(give(User.objects.create(username="somebody", is_staff=True), name))

    for address in (FIRST_PAGE, "/es/staff/", "/staff/auth/user/", "/staff/password/", "/staff/nowhere/"):
        assert client.get(address)["Location"].endswith("/staff/second-factor/"), address


def test_with_a_password_alone_no_staff_page_opens_but_those_that_add_a_second_factor(owner: User) -> None:
    """Every address there is, so that none can be forgotten."""
    client = Client()
    client.force_login(owner)
    opened = set()
    for route, row in [(route, row_for(route, ROWS)) for route in routes()]:
        if route.path.removeprefix("es/").startswith("staff/") and row:
            answer = client.get(route.url(row.values))
            if answer.status_code != 302:
                opened.add(route.name)

    assert opened <= TO_ADD | {"admin:logout", "account_logout"}
    assert "mfa_index" in opened


def test_whatever_asks_for_signing_in_lies_where_the_second_factor_is_asked_for() -> None:
    elsewhere = [route.name for route in routes() if not route.path.removeprefix("es/").startswith("staff/")]
    rows = [row for row in ROWS if row.route in elsewhere]

    assert rows
    assert [row.route for row in rows if not row.anonymous == row.staff == row.superuser] == []


def test_staff_who_see_nothing_sensitive_are_not_asked() -> None:
    client = Client()
    client.force_login(User.objects.create(username="somebody", is_staff=True))

    assert goes_in(client)


def test_a_session_from_before_the_app_was_added_must_show_it(
    owner: User, clock: Callable[[float], None]
) -> None:
    early = Client()
    sign_in(early)
    add_app(owner)

    assert early.get(FIRST_PAGE)["Location"].startswith(SHOW_IT)
    # Nor may it add another one to show instead.
    assert early.get("/staff/second-factor/webauthn/add/")["Location"].startswith(SHOW_IT)
    early.post(SHOW_IT, {"code": code(), "next": FIRST_PAGE})
    assert goes_in(early)


def test_an_account_whose_second_factor_was_taken_away_must_add_one_at_once(owner: User) -> None:
    client = Client()
    client.force_login(owner)
    show_second_factor(client, owner)
    assert goes_in(client)

    Authenticator.objects.all().delete()

    assert client.get(FIRST_PAGE)["Location"] == ADD_ONE


def test_recovery_codes_alone_are_no_second_factor(owner: User) -> None:
    client = Client()
    client.force_login(owner)
    Authenticator.objects.create(user=owner, type="recovery_codes", data={"seed": "x", "used_mask": 0})

    assert client.get(FIRST_PAGE)["Location"] == ADD_ONE


def test_recovery_codes_go_with_the_last_factor_and_new_ones_come_with_the_next(owner: User) -> None:
    app = add_app(owner)
    passkey = Authenticator.objects.create(user=owner, type="webauthn", data={})
    old = RecoveryCodes.activate(owner).generate_codes()
    passkey.delete()
    assert RecoveryCodes.activate(owner).generate_codes() == old, "the app is still there"

    Authenticator.objects.filter(pk=app.pk).delete()

    assert not Authenticator.objects.filter(user=owner).exists()
    add_app(owner)
    assert not set(old) & set(RecoveryCodes.activate(owner).generate_codes())


def test_no_code_is_taken_twice(owner: User, clock: Callable[[float], None]) -> None:
    add_app(owner)
    seen = code()
    first = Client()
    sign_in(first)
    send_code(first, seen)
    assert goes_in(first)

    for pause in (0, 10, 10, 9):
        clock(pause)
        cache.clear()  # what is remembered there must not be what this rests on
        again = Client()
        sign_in(again)
        assert send_code(again, seen).status_code == 422
        assert not goes_in(again)


def test_no_code_older_than_the_last_one_is_taken(owner: User, clock: Callable[[float], None]) -> None:
    add_app(owner)
    older, newer = code(), code(steps=1)
    first = Client()
    sign_in(first)
    send_code(first, newer)
    assert goes_in(first)

    second = Client()
    sign_in(second)
    assert send_code(second, older).status_code == 422


def test_the_code_that_added_an_app_signs_nobody_in(owner: User, clock: Callable[[float], None]) -> None:
    client = Client()
    sign_in(client)
    page = client.get("/staff/second-factor/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret" value="(\w+)"', page)
    assert secret
    seen = code(secret[1])
    client.post("/staff/second-factor/totp/activate/", {"code": seen})

    other = Client()
    sign_in(other)
    assert send_code(other, seen).status_code == 422


def test_nothing_a_second_factor_rests_on_lies_open_in_the_database(owner: User) -> None:
    client = Client()
    sign_in(client)
    page = client.get("/staff/second-factor/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret" value="(\w+)"', page)
    assert secret
    waiting = [row.get_decoded() for row in Session.objects.all()]
    client.post("/staff/second-factor/totp/activate/", {"code": code(secret[1])})
    stored = [row.data for row in Authenticator.objects.all()]
    afterwards = [row.get_decoded() for row in Session.objects.all()]

    assert len(stored) == 2
    assert waiting
    assert secret[1] not in repr((waiting, stored, afterwards))
    assert "second_factor.pending" not in repr(afterwards)


def test_a_key_can_be_changed_without_losing_second_factors(owner: User, settings: Settings) -> None:
    old, new = "o" * 48, "n" * 48
    settings.CONTACT_KEYS = [old]
    app = add_app(owner)
    app.data["last_time_step"] = 1
    app.save()
    passkey = Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    recovery = RecoveryCodes.activate(owner)
    codes = recovery.generate_codes()
    recovery.validate_code(codes[0])

    settings.CONTACT_KEYS = [new, old]
    out = StringIO()
    call_command("rotate_contact_keys", stdout=out)
    assert "2 second factors" in out.getvalue()

    settings.CONTACT_KEYS = [new]
    for row in (app, passkey, recovery.instance):
        row.refresh_from_db()
    assert app.data["last_time_step"] == 1
    assert passkey.data == {"name": "key"}
    assert recovery.get_unused_codes() == codes[1:]
    for given in (code(), codes[1]):
        client = Client()
        sign_in(client)
        send_code(client, given)
        assert goes_in(client)


def test_changing_a_key_without_the_old_one_stops_and_leaves_second_factors_as_they_were(
    owner: User, settings: Settings
) -> None:
    app = add_app(owner)
    before, listed = dict(app.data), settings.CONTACT_KEYS
    settings.CONTACT_KEYS = ["n" * 48]

    with pytest.raises(CommandError, match="nothing is lost"):
        call_command("rotate_contact_keys")

    settings.CONTACT_KEYS = listed
    app.refresh_from_db()
    assert app.data == before


def test_the_last_second_factor_stays_while_the_work_asks_for_one(owner: User) -> None:
    client = Client()
    client.force_login(owner)
    show_second_factor(client, owner)

    assert client.post("/staff/second-factor/totp/deactivate/").status_code == 422
    assert Authenticator.objects.count() == 1


# --- Guessing ----------------------------------------------------------------------------------------------------


def guess(number: int, place: str, login: str = "owner") -> HttpResponse:
    return sign_in(Client(REMOTE_ADDR=place), login, f"guess {number}")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that reached the hasher."""
    found: list[str] = []
    check = User.check_password

    def check_password(self: User, raw: str) -> bool:
        found.append(raw)
        return check(self, raw)

    monkeypatch.setattr(User, "check_password", check_password)
    return found


def test_a_stranger_is_stopped_and_the_owner_comes_in_from_elsewhere(owner: User, asked: list[str]) -> None:
    for number in range(40):
        guess(number, "203.0.113.9")

    assert len(asked) == 5
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7"))["Location"]


def test_a_crowd_of_strangers_is_stopped_and_the_owners_own_browser_is_not(
    owner: User, asked: list[str]
) -> None:
    known = Client(REMOTE_ADDR="198.51.100.7")
    sign_in(known)
    known.post("/staff/sign-out/")
    asked.clear()
    for number in range(130):
        guess(number, f"203.0.113.{number}")

    assert len(asked) == 100
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7")).status_code == 422
    assert sign_in(known).status_code == 302


def test_a_browser_known_for_one_account_guesses_no_better_at_another(owner: User, asked: list[str]) -> None:
    User.objects.create_user("colleague", password=PASSWORD, is_staff=True)
    known = Client()
    sign_in(known, "colleague")
    known.post("/staff/sign-out/")
    asked.clear()

    for number in range(20):
        sign_in(known, "owner", f"guess {number}")
    forged = Client(REMOTE_ADDR="203.0.113.9")
    forged.cookies[settings.KNOWN_BROWSER_COOKIE_NAME] = (
        known.cookies[settings.KNOWN_BROWSER_COOKIE_NAME].value + "x"
    )
    for number in range(20):
        sign_in(forged, "owner", f"guess {number}")

    assert len(asked) == 10


def test_an_unknown_account_is_answered_like_a_wrong_password(owner: User) -> None:
    def answer(login: str) -> tuple[int, str]:
        page = sign_in(Client(REMOTE_ADDR="203.0.113.9"), login, "wrong")
        text = page.content.decode().replace(login, "")
        return page.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)

    assert answer("owner") == answer("nobody")
    assert answer("owner")[0] == 422


def test_where_a_guess_came_from_is_kept_nowhere(owner: User) -> None:
    guess(1, "203.0.113.9")

    kept = repr(cache._cache)  # type: ignore[attr-defined]  # the tests' cache is in memory
    assert "login_failed" in kept
    assert "203.0.113" not in kept
    assert "owner" not in kept


def test_a_server_counts_guesses_in_the_database_so_that_every_process_knows(owner: User) -> None:
    """The table was made by a migration: the tests' own settings keep their cache in memory."""
    from iopguide.settings import CACHES

    assert connection.introspection.table_names().count("iopguide_cache") == 1
    with override_settings(CACHES=CACHES):
        for number in range(7):
            guess(number, "203.0.113.9")
        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key FROM iopguide_cache")
            keys = [row[0] for row in cursor.fetchall()]
        assert sign_in(Client(REMOTE_ADDR="203.0.113.9")).status_code == 422

    assert any("login_failed" in key for key in keys)
    assert "203.0.113" not in repr(keys)


# --- Accounts ----------------------------------------------------------------------------------------------------


def test_nobody_makes_an_account_for_themselves() -> None:
    assert not StaffAdapter().is_open_for_signup(None)  # type: ignore[arg-type]
    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("signup", "password/reset", "email"):
        assert Client().get(f"/staff/{path}/").status_code in (302, 404)


@pytest.mark.parametrize("new", ["short", "fourteen chars", "password"])
def test_a_new_password_is_long_and_not_the_name(owner: User, new: str) -> None:
    client = Client()
    sign_in(client)
    show_second_factor(client, owner)

    page = client.post("/staff/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert page.status_code == 422
    assert User.objects.get().check_password(PASSWORD)


def test_changing_the_password_ends_every_other_session(owner: User) -> None:
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(owner)
        show_second_factor(client, owner)
    new = "another long and plain sentence"

    clients[0].post("/staff/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert User.objects.get().check_password(new)
    assert not goes_in(clients[1])


def test_sign_in_never_leads_to_another_site(owner: User) -> None:
    page = Client().post(
        "/staff/sign-in/?next=https://elsewhere.example/",
        {"login": "owner", "password": PASSWORD, "next": "https://elsewhere.example/"},
    )

    assert "elsewhere" not in page["Location"]


def test_only_staff_pages_let_a_passkey_be_used_and_are_never_kept() -> None:
    staff, public = Client().get("/staff/sign-in/"), Client().get("/")

    assert "publickey-credentials-get=(self)" in staff["Permissions-Policy"]
    assert "publickey-credentials-get=()" in public["Permissions-Policy"]
    assert staff["Cache-Control"] == "no-store"
    assert "camera=()" in staff["Permissions-Policy"]
