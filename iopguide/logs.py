"""Logs that say what happened and never to whom.

An allowlist, not a filter: a line holds the time, level, a few named fields and a place in the code. Message
arguments, exception texts, local variables, paths, queries, bodies, addresses and browsers cannot reach it.
"""

import logging
import os
import re
import sys
import time
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.html import escape
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

request_id: ContextVar[str] = ContextVar("request_id", default="-")

# Loggers whose message is a constant of ours; tests/house refuses a call that puts a value into the message.
OURS = ("iopguide", "screening", "programs")
# What a caller may hand over with `extra=`; each is a name or a number from a closed set, never free text.
FIELDS = ("method", "route", "status", "ms", "count", "sqlstate")
FIELD_SHAPE = re.compile(r"[\w.:-]{1,80}")

# Its warnings about itself, whose arguments are our own address and process numbers.
GUNICORN_SAYS = {
    "Can't connect to %s",
    "Connection in use: %s",
    "Invalid address: %s",
    "WORKER TIMEOUT (pid:%s)",
    "Worker (pid:%s) exited with code %s.",
}
OUR_PLACES = (*(f"{name}/" for name in OURS), "tests/", "deploy/")
INNERMOST = 4

_ROOT = Path(__file__).resolve().parent.parent


class PrivateFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        parts = [f"{moment}.{int(record.msecs):03d}Z", record.levelname, record.name, _event(record)]
        for field in FIELDS:
            value = getattr(record, field, None)
            if value is not None and FIELD_SHAPE.fullmatch(str(value)):
                parts.append(f"{field}={value}")
        parts.append(f"id={request_id.get()}")
        line = " ".join(parts)
        if record.exc_info and record.exc_info[1]:
            line += "\n" + describe(record.exc_info[1])
        return line


def _event(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] in OURS and isinstance(record.msg, str):
        return record.msg
    # Started, listening, stopping: what gunicorn says of requests is above INFO.
    if record.name == "gunicorn.error" and (record.levelno == logging.INFO or record.msg in GUNICORN_SAYS):
        return record.getMessage()
    return _place(record.pathname, record.lineno)


def describe(error: BaseException) -> str:
    """The classes of an error and its causes, and where each was raised: no text, no values."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen and len(seen) < 6:
        seen.add(id(current))
        lines.append(f"  {_name(current)}")
        lines.extend(f"    at {place}" for place in _frames(current.__traceback__))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(lines)


def _name(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, ImproperlyConfigured):
        return f"{name}: {error}"  # advice to the operator, about settings only
    sqlstate = getattr(error, "sqlstate", None)
    return f"{name} sqlstate={sqlstate}" if sqlstate else name


def _frames(trace: TracebackType | None) -> list[str]:
    """Our own places on the way, and the last few of others': enough to find it, few enough to read."""
    frames: list[tuple[bool, str]] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        place = _place(code.co_filename, trace.tb_lineno)
        frames.append((place.startswith(OUR_PLACES), f"{place} {code.co_name}"))
        trace = trace.tb_next
    return [text for ours, text in frames[:-INNERMOST] if ours] + [text for _, text in frames[-INNERMOST:]]


def _place(filename: str, line: int) -> str:
    """file:line, without the machine's folders."""
    path = Path(filename)
    for folder in (_ROOT / ".venv", Path(sys.prefix)):
        if path.is_relative_to(folder):
            return f"{'/'.join(path.parts[-3:])}:{line}"
    name = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else Path(path.name)
    return f"{name}:{line}"


def keep_exceptions_private() -> None:
    """A failing command's traceback ends up in a timer's mail or journal; on a server it must hold no values."""
    if not os.environ.get("IOPGUIDE_LOCAL"):
        sys.excepthook = _print_privately


def _print_privately(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    sys.stderr.write(f"The command failed.\n{describe(error)}\n")


class HideEverything(SafeExceptionReporterFilter):
    """Django's error reports, should anyone ask for one, hold no settings, request values or variables."""

    def get_safe_settings(self) -> dict[str, Any]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        return ()


class PrivateReporter(ExceptionReporter):
    """A report that leaves the machine (mail) names classes and places only. The DEBUG page stays as it is."""

    def get_traceback_text(self) -> Any:
        return self._brief() or super().get_traceback_text()

    def get_traceback_html(self) -> Any:
        brief = self._brief()
        return f"<pre>{escape(brief)}</pre>" if brief else super().get_traceback_html()

    def _brief(self) -> str:
        if not self.is_email:
            return ""
        return describe(self.exc_value) if self.exc_value else "An error without an exception."
