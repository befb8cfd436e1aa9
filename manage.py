#!/usr/bin/env python
"""The command line: `manage.py help` lists what it can do."""

import os
import secrets
import sys
from pathlib import Path

# Commands that touch no database and no file of the installation.
STATELESS = ("assess", "protocol")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iopguide.settings")
    # `make run` leaves this mark in a checkout; commands typed there then mean the same local installation.
    # Only here, never in wsgi.py: a server must not turn local by itself.
    configured = {"IOPGUIDE_LOCAL", "IOPGUIDE_SECRET_KEY", "DATABASE_URL"} & os.environ.keys()
    if not configured and (Path(__file__).parent / "var" / "local").exists():
        os.environ["IOPGUIDE_LOCAL"] = "1"
    elif not configured and sys.argv[1:2] and sys.argv[1] in STATELESS:
        # They read and store nothing, so they work in a bare checkout, with secrets that end with the command.
        os.environ["IOPGUIDE_LOCAL"] = "1"
        for name in ("IOPGUIDE_SECRET_KEY", "IOPGUIDE_SCREENING_KEYS", "IOPGUIDE_CONTACT_KEYS"):
            os.environ[name] = secrets.token_urlsafe(32)

    from django.core.management import execute_from_command_line

    from iopguide.logs import keep_exceptions_private

    keep_exceptions_private()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
