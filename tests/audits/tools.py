"""Where the checkers are and how to get them: `python3 -m tests.audits.tools install`, or `lock`.

They need three things. npm, once, to install what package-lock.json pins, by its hashes. Node, which Playwright brings
along in .venv, the same version on every machine; or else the machine's own. Java, for the HTML checker.

`make` starts this before the project's packages are there, beside their installation: the standard library only.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LOCK = FOLDER / "package-lock.json"
PACKAGES = FOLDER / "node_modules"
# A copy of the lock that was installed: tells an old installation from a whole one.
INSTALLED = PACKAGES / ".installed"
HOW_TO_GET = {
    "npm": "no npm on this machine. Debian or Ubuntu: `apt-get install npm`",
    "node": "no Node: `make install` brings one along, with Playwright",
    "java": "no Java on this machine. Debian or Ubuntu: `apt-get install default-jre-headless`",
    "packages": "the checkers are not installed: `make audit-tools`",
}


def node() -> str | None:
    """The Node that Playwright drives browsers with: locked like every package, and new enough for all of this."""
    named = os.environ.get("PLAYWRIGHT_NODEJS_PATH")
    if named:
        return named
    playwright = find_spec("playwright")
    if playwright and playwright.origin:
        brought = Path(playwright.origin).parent / "driver" / "node"
        if brought.is_file():
            return str(brought)
    return shutil.which("node")


def java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")


def up_to_date() -> bool:
    return INSTALLED.is_file() and INSTALLED.read_bytes() == LOCK.read_bytes()


def missing(*, with_java: bool = True) -> list[str]:
    """What the checkers lack on this machine, each with how to get it."""
    found = [] if node() else ["node"]
    found += [] if java() or not with_java else ["java"]
    if not up_to_date():
        found += ["packages" if shutil.which("npm") else "npm"]
    return [HOW_TO_GET[one] for one in found]


def install() -> str:
    """Install exactly what the lock says. Return what is wrong, or nothing."""
    if up_to_date():
        return ""
    npm = shutil.which("npm")
    if not npm:
        return HOW_TO_GET["npm"]
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=FOLDER, stdout=subprocess.DEVNULL, check=False).returncode:
        return "npm could not install the checkers; what it said is above"
    shutil.copyfile(LOCK, INSTALLED)
    return ""


def lock() -> str:
    """Renew the lock from package.json, in a folder of its own: beside installed packages npm leaves hashes out.

    Two things are not locked as npm writes them: addresses where authors take gifts, and "latest", which a part of
    Lighthouse asks for and which would be another version one day. The lock then says which one is meant.
    """
    npm = shutil.which("npm")
    if not npm:
        return HOW_TO_GET["npm"]
    with tempfile.TemporaryDirectory(prefix="iopguide-lock-") as bare:
        for name in ("package.json", ".npmrc"):
            shutil.copyfile(FOLDER / name, Path(bare, name))
        subprocess.run([npm, "install", "--package-lock-only", "--loglevel=error"], cwd=bare, check=True)
        locked = json.loads(Path(bare, LOCK.name).read_text(encoding="utf-8"))
    for package in locked["packages"].values():
        package.pop("funding", None)
        asked = package.get("dependencies", {})
        asked |= {name: "*" for name, version in asked.items() if version == "latest"}
    LOCK.write_text(json.dumps(locked, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return ""


def main() -> int:
    wrong = {"install": install, "lock": lock}[sys.argv[1]]()
    if not wrong:
        return 0
    sys.stderr.write(f"Audits: {wrong}\n")
    if sys.argv[1] == "install" and not os.environ.get("CI"):
        sys.stderr.write("Audits: the tests of tests/audits/ are skipped.\n")
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
