"""Each system check: quiet on a proper installation, red on its own fault, with advice."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.db import connection
from pytest_django import Settings

from iopguide import checks

LONG = "k" * 50


@pytest.fixture
def server(settings: Settings) -> Settings:
    """Settings as on a proper server."""
    settings.LOCAL = False
    settings.SECRET_KEY = LONG + "a"
    settings.SCREENING_KEYS = [LONG + "b"]
    settings.ALLOWED_HOSTS = ["www.example.org"]
    settings.SESSION_COOKIE_NAME = "__Host-staff"
    settings.CSRF_COOKIE_NAME = "__Host-csrf"
    settings.SCREENING_COOKIE_NAME = "__Host-check"
    settings.KNOWN_BROWSER_COOKIE_NAME = "__Host-known"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SITE_OPERATOR = "A clinic"
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    return settings


def ids(found: list[CheckMessage]) -> set[str | None]:
    assert all(message.hint for message in found)
    return {message.id for message in found}


SECURITY_CHECKS: tuple[Callable[..., list[CheckMessage]], ...] = (
    checks.secrets_are_strong,
    checks.hosts_are_named,
    checks.cookies_are_locked,
    checks.logs_are_private,
    checks.exit_is_safe,
    checks.operator_is_named,
)


@pytest.mark.parametrize("check", SECURITY_CHECKS)
@pytest.mark.usefixtures("server")
def test_a_proper_server_passes(check: Callable[..., list[CheckMessage]]) -> None:
    assert check(None) == []


@pytest.mark.parametrize(
    ("check", "changes", "identifier"),
    [
        (checks.secrets_are_strong, {"SECRET_KEY": "short"}, "iopguide.E001"),
        (checks.secrets_are_strong, {"SCREENING_KEYS": [LONG, "short"]}, "iopguide.E001"),
        (checks.secrets_are_strong, {"SCREENING_KEYS": [LONG + "a"]}, "iopguide.E002"),
        (checks.hosts_are_named, {"ALLOWED_HOSTS": ["*"]}, "iopguide.E003"),
        (checks.hosts_are_named, {"ALLOWED_HOSTS": [".example.org"]}, "iopguide.E003"),
        (checks.cookies_are_locked, {"SESSION_COOKIE_SECURE": False}, "iopguide.E004"),
        (checks.cookies_are_locked, {"CSRF_COOKIE_NAME": "csrftoken"}, "iopguide.E004"),
        (checks.cookies_are_locked, {"SCREENING_COOKIE_NAME": "check"}, "iopguide.E004"),
        (checks.cookies_are_locked, {"SESSION_COOKIE_DOMAIN": "example.org"}, "iopguide.E004"),
        (checks.cookies_are_locked, {"CSRF_COOKIE_PATH": "/staff/"}, "iopguide.E004"),
        (checks.logs_are_private, {"ADMINS": [("A", "a@example.org")]}, "iopguide.E008"),
        (checks.exit_is_safe, {"EXIT_URL": "http://www.weather.gov/"}, "iopguide.E010"),
        (checks.exit_is_safe, {"EXIT_URL": "javascript:alert(1)"}, "iopguide.E010"),
        (checks.operator_is_named, {"SITE_OPERATOR": ""}, "iopguide.W011"),
        (checks.operator_is_named, {"SECURITY_CONTACT": ""}, "iopguide.W011"),
    ],
)
def test_each_fault_is_found(
    server: Settings,
    check: Callable[..., list[CheckMessage]],
    changes: dict[str, Any],
    identifier: str,
) -> None:
    for setting, value in changes.items():
        setattr(server, setting, value)

    assert ids(check(None)) == {identifier}


@pytest.mark.usefixtures("server")
def test_a_talkative_log_handler_is_found() -> None:
    handler = logging.StreamHandler()
    logging.getLogger("somebody").addHandler(handler)
    try:
        assert ids(checks.logs_are_private(None)) == {"iopguide.E009"}
    finally:
        logging.getLogger("somebody").removeHandler(handler)


def test_a_language_without_translations_is_found(settings: Settings, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    assert ids(checks.languages_are_whole(None)) == {"iopguide.E005"}

    source = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    assert ids(checks.languages_are_whole(None)) == {"iopguide.W006"}

    source.with_suffix(".mo").touch()
    assert checks.languages_are_whole(None) == []


def test_static_files_not_collected_are_found(settings: Settings, tmp_path: Path) -> None:
    assert checks.static_files_are_collected(None) == []

    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": settings.HASHED_STATIC}}
    assert ids(checks.static_files_are_collected(None)) == {"iopguide.W007"}


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_database_that_would_log_answers_is_found() -> None:
    assert checks.postgresql_keeps_answers_out_of_its_log(None, databases=["default"]) == []

    for name, careless in (
        ("log_min_error_statement", "error"),
        ("log_error_verbosity", "default"),
        ("log_statement", "all"),
        ("log_min_duration_statement", "0"),
        ("log_parameter_max_length_on_error", "-1"),
    ):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [name, careless])
        found = checks.postgresql_keeps_answers_out_of_its_log(None, databases=["default"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [name, checks.POSTGRESQL_ROLE[name][0]])
        assert ids(found) == {"iopguide.W012"}
        assert f"ALTER ROLE \"tests\" SET {name} = '{checks.POSTGRESQL_ROLE[name][0]}';" in (
            found[0].hint or ""
        )


def test_without_a_database_named_nothing_is_asked_of_one() -> None:
    assert checks.postgresql_keeps_answers_out_of_its_log(None, databases=None) == []
