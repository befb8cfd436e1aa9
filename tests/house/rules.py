"""The rules of the house, each a function from a parsed module to the lines that break it."""

import ast
from collections.abc import Callable, Iterator

from tests.house.source import dotted, imports

HTTP_CLIENTS = (
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "urllib.request",
    "http.client",
    "ftplib",
    "smtplib",
    "socket",
)
LOG_METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}

Rule = Callable[[ast.Module], Iterator[int]]


def no_session(tree: ast.Module) -> Iterator[int]:
    """Two tabs writing one session dictionary lost 164 of 300 answers; answers have rows of their own."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "session"
            and dotted(node.value).endswith("request")
        ):
            yield node.lineno


def no_marked_safe(tree: ast.Module) -> Iterator[int]:
    """Text becomes HTML by escaping (format_html) or by one sanitizer; never by saying that it is safe."""
    unsafe = {"mark_safe", "SafeString", "SafeText", "__html__"}
    for node in ast.walk(tree):
        names = {ast.Name: "id", ast.Attribute: "attr", ast.alias: "name", ast.FunctionDef: "name"}.get(
            type(node), ""
        )
        if names and getattr(node, names) in unsafe:
            yield node.lineno


def no_all_fields(tree: ast.Module) -> Iterator[int]:
    """A form names its fields, so that a new column is not open to the world the day it is added."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if (
            any(dotted(target) == "fields" for target in targets)
            and getattr(node.value, "value", None) == "__all__"
        ):
            yield node.lineno


def no_values_in_logs(tree: ast.Module) -> Iterator[int]:
    """A log message is a constant, and carries no arguments: what varies goes into `extra`, which is filtered."""
    for node in ast.walk(tree):
        if (
            not isinstance(node, ast.Call)
            or not isinstance(node.func, ast.Attribute)
            or node.func.attr not in LOG_METHODS
        ):
            continue
        owner = dotted(node.func.value).split(".")[-1]
        if owner not in {"logger", "log", "logging"}:
            continue
        words = node.args[1:] if node.func.attr == "log" else node.args
        if len(words) != 1 or not isinstance(words[0], ast.Constant):
            yield node.lineno


def no_http_client(tree: ast.Module) -> Iterator[int]:
    """The site tells nobody anything: it opens no connection but the database's."""
    for line, module in imports(tree):
        if any(module == client or module.startswith(f"{client}.") for client in HTTP_CLIENTS):
            yield line


def no_print(tree: ast.Module) -> Iterator[int]:
    """Output of a server is its log, which is private; a command has self.stdout."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in {
            "print",
            "pprint",
            "pprint.pprint",
            "breakpoint",
        }:
            yield node.lineno


def no_raw_sql(tree: ast.Module) -> Iterator[int]:
    """SQL is a constant with parameters; one put together from pieces is how values get run."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        built = node.args and not isinstance(node.args[0], ast.Constant | ast.Name)
        if node.func.attr in {"raw", "extra", "RawSQL"} or (
            node.func.attr in {"execute", "executemany"} and built
        ):
            yield node.lineno


def no_wall_clock(tree: ast.Module) -> Iterator[int]:
    """Times are aware: Django's timezone.now(), or datetime.now(UTC)."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and dotted(node.func) in {"datetime.now", "datetime.datetime.now"}
            and not node.args
        ):
            yield node.lineno
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"utcnow", "today"}
            and dotted(node.value).startswith("date")
        ):
            yield node.lineno


def no_csrf_exemption(tree: ast.Module) -> Iterator[int]:
    """Every form of ours carries a token."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and dotted(node).endswith("csrf_exempt"):
            yield node.lineno


def no_unpickling(tree: ast.Module) -> Iterator[int]:
    """Nothing that is read may be able to run."""
    for line, module in imports(tree):
        if module.split(".")[0] in {"pickle", "marshal", "shelve", "dill"}:
            yield line
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in {"eval", "exec", "compile", "__import__"}:
            yield node.lineno


EVERYWHERE: tuple[Rule, ...] = (
    no_marked_safe,
    no_all_fields,
    no_values_in_logs,
    no_http_client,
    no_print,
    no_raw_sql,
    no_wall_clock,
    no_csrf_exemption,
    no_unpickling,
)

# What each rule must catch. A rule that lets its own example through is no rule.
MUST_FAIL: dict[Rule, tuple[str, ...]] = {
    no_session: ("request.session['answers'] = {}", "self.request.session.get('a')"),
    no_marked_safe: (
        "from django.utils.safestring import mark_safe",
        "html.SafeString(x)",
        "class A:\n  def __html__(self): ...",
    ),
    no_all_fields: ("class Meta:\n    fields = '__all__'",),
    no_values_in_logs: (
        "logger.info('got %s', request.POST)",
        "logger.error(f'got {answer}')",
        "logger.warning('a' + b)",
        "logging.exception(error)",
        "self.logger.info('got %s', x)",
        "logger.log(20, message)",
    ),
    no_http_client: (
        "import requests",
        "from urllib import request",
        "from http.client import HTTPSConnection",
        "import httpx",
    ),
    no_print: ("print(answer)", "breakpoint()"),
    no_raw_sql: ("cursor.execute(f'SELECT {x}')", "cursor.execute('a' + b)", "User.objects.raw('SELECT 1')"),
    no_wall_clock: ("datetime.now()", "datetime.utcnow()", "date.today()"),
    no_csrf_exemption: ("@csrf_exempt\ndef view(request): ...", "csrf.csrf_exempt(view)"),
    no_unpickling: ("import pickle", "eval(text)"),
}

# And what it must leave alone.
MUST_PASS: dict[Rule, tuple[str, ...]] = {
    no_session: ("session = 1", "self.session_key"),
    no_marked_safe: ("format_html('<b>{}</b>', name)",),
    no_all_fields: ("fields = ['name']",),
    no_values_in_logs: (
        "logger.info('purged', extra={'count': 3})",
        "logger.log(level, 'request', extra=x)",
        "math.log(x, 2)",
    ),
    no_http_client: ("from urllib.parse import urlsplit", "from http import HTTPStatus"),
    no_print: ("self.stdout.write('done')",),
    no_raw_sql: ("cursor.execute('SELECT %s', [x])", "parser.extra_thing"),
    no_wall_clock: ("timezone.now()", "datetime.now(UTC)"),
    no_csrf_exemption: ("csrf_protect(view)",),
    no_unpickling: ("import json",),
}
