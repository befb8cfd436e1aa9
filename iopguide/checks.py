"""What Django asks at every start: is this installation safe to open? Each finding has an id and says what to do."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import CheckMessage, Error, Tags
from django.core.checks import Warning as Caution
from django.db import connections

from iopguide.logs import PrivateFormatter

Apps = Sequence[AppConfig] | None

SHORTEST_SECRET = 32

# PostgreSQL writes the failing statement, and with it the values, into its own log unless the role says no.
# 4 of 6 ordinary errors did so with the stock settings; none does with these.
POSTGRESQL_ROLE = {
    "log_min_error_statement": ("panic",),
    "log_error_verbosity": ("terse",),
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_parameter_max_length_on_error": ("0",),
}


def secrets_are_strong(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    keys = [settings.SECRET_KEY, *settings.SCREENING_KEYS, *settings.CONTACT_KEYS]
    if any(len(key) < SHORTEST_SECRET for key in keys):
        found.append(
            Error(
                f"A secret is shorter than {SHORTEST_SECRET} characters.",
                hint="Make each with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'.",
                id="iopguide.E001",
            )
        )
    if len(set(keys)) < len(keys):
        found.append(
            Error(
                "IOPGUIDE_SECRET_KEY, IOPGUIDE_SCREENING_KEYS and IOPGUIDE_CONTACT_KEYS share a secret.",
                hint="Give each its own, so that one leaking does not open the other.",
                id="iopguide.E002",
            )
        )
    return found


def hosts_are_named(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    if settings.LOCAL or not any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            "IOPGUIDE_HOSTS lets any host name through.",
            hint="Write each host name in full; a made-up one could end up in a link.",
            id="iopguide.E003",
        )
    ]


def cookies_are_locked(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    if settings.LOCAL:
        return []
    names = (
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.SCREENING_COOKIE_NAME,
        settings.KNOWN_BROWSER_COOKIE_NAME,
    )
    locked = (
        all(name.startswith("__Host-") for name in names)
        and settings.SESSION_COOKIE_SECURE
        and settings.CSRF_COOKIE_SECURE
        and settings.SESSION_COOKIE_HTTPONLY
        and settings.CSRF_COOKIE_HTTPONLY
        and {settings.SESSION_COOKIE_PATH, settings.CSRF_COOKIE_PATH} == {"/"}
        and not settings.SESSION_COOKIE_DOMAIN
        and not settings.CSRF_COOKIE_DOMAIN
    )
    if locked:
        return []
    return [
        Error(
            "A cookie is not locked to this host and to https.",
            hint="Names begin with __Host-, path is /, no domain, Secure and HttpOnly; see iopguide/settings.py.",
            id="iopguide.E004",
        )
    ]


def languages_are_whole(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for code, _ in settings.LANGUAGES:
        if code == settings.LANGUAGE_CODE:
            continue
        source = Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"
        compiled = source.with_suffix(".mo")
        if not source.exists():
            found.append(
                Error(
                    f"Language '{code}' is offered but has no translations.",
                    hint="Run `make messages`, or take it out of LANGUAGES.",
                    id="iopguide.E005",
                )
            )
        elif not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            found.append(
                Caution(
                    f"The translations for '{code}' are not compiled, or are older than their source.",
                    hint="Run `manage.py translations --compile`.",
                    id="iopguide.W006",
                )
            )
    return found


def static_files_are_collected(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    # Only a storage that keeps a list of hashed names can have an empty one.
    if getattr(staticfiles_storage, "hashed_files", True):
        return []
    return [
        Caution(
            "The static files have not been collected: every page would fail.",
            hint="Run `manage.py collectstatic --no-input`; `make run` does it for you.",
            id="iopguide.W007",
        )
    ]


def logs_are_private(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.ADMINS or settings.MANAGERS:
        found.append(
            Error(
                "ADMINS or MANAGERS is set: error mails carry what people typed.",
                hint="Leave both empty and watch the log for level=ERROR.",
                id="iopguide.E008",
            )
        )
    known = [
        logging.getLogger(),
        *(logging.getLogger(name) for name in list(logging.root.manager.loggerDict)),
    ]
    handlers = {
        handler
        for logger in known
        for handler in logger.handlers
        if type(handler).__module__.startswith("logging")
    }
    if any(_writes(handler) and not isinstance(handler.formatter, PrivateFormatter) for handler in handlers):
        found.append(
            Error(
                "A log handler writes lines without the private formatter.",
                hint="Give it formatter 'private', as in LOGGING in iopguide/settings.py.",
                id="iopguide.E009",
            )
        )
    return found


def _writes(handler: logging.Handler) -> bool:
    return not isinstance(handler, logging.NullHandler)


def exit_is_safe(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    parts = urlsplit(settings.EXIT_URL)
    if parts.scheme == "https" and parts.hostname:
        return []
    return [
        Error(
            "IOPGUIDE_EXIT_URL is not an https address.",
            hint="Name a plain page nobody would ask about, such as a national weather page.",
            id="iopguide.E010",
        )
    ]


def operator_is_named(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for value, name, why in (
        (settings.SITE_OPERATOR, "IOPGUIDE_SITE_OPERATOR", "People must be able to see who runs this site."),
        (
            settings.SECURITY_CONTACT,
            "IOPGUIDE_SECURITY_CONTACT",
            "People who find a hole must know where to report it.",
        ),
    ):
        if not value and not settings.LOCAL:
            found.append(Caution(f"{name} is empty.", hint=why, id="iopguide.W011"))
    return found


def postgresql_keeps_answers_out_of_its_log(
    app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        for name, good in POSTGRESQL_ROLE.items():
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting(%s), current_user", [name])
                value, role = cursor.fetchone()
            if value not in good:
                found.append(
                    Caution(
                        f"PostgreSQL may write people's answers into its own log: {name} is '{value}'.",
                        hint=f"As a superuser: ALTER ROLE \"{role}\" SET {name} = '{good[0]}';",
                        id="iopguide.W012",
                    )
                )
    return found


Check = Callable[..., list[CheckMessage]]

ALL: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (secrets_are_strong, (Tags.security,)),
    (hosts_are_named, (Tags.security,)),
    (cookies_are_locked, (Tags.security,)),
    (languages_are_whole, (Tags.translation,)),
    (static_files_are_collected, ("iopguide",)),  # not Tags.staticfiles: collectstatic itself would complain
    (logs_are_private, (Tags.security,)),
    (exit_is_safe, (Tags.security,)),
    (operator_is_named, (Tags.security,)),
    (postgresql_keeps_answers_out_of_its_log, (Tags.database,)),
)
