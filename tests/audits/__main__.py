"""`make audit`: the HTML of every page, Lighthouse on a phone for one page of each make, and how long the server takes.

Lighthouse asks gunicorn, as `make run` starts it, with a database of its own in build/. What is timed depends on the
machine, and a busy one only ever makes a page slower: a page under a bar for time is measured again, three times at
most, and its best counts.
"""

import os
import sys
from pathlib import Path

VAR = Path(__file__).resolve().parents[2] / "build" / "audit"


def main() -> int:
    VAR.mkdir(parents=True, exist_ok=True)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "IOPGUIDE_LOCAL": "1",
        "IOPGUIDE_VAR": str(VAR),
        "DJANGO_SETTINGS_MODULE": "iopguide.settings",
    }
    import django

    django.setup()
    from tests.audits import phone

    return phone.main()


if __name__ == "__main__":
    sys.exit(main())
