"""The project's own settings in local mode, with fixed secrets, so that a test run depends on nothing around it."""

import os
import tempfile
from pathlib import Path

# DATABASE_URL alone is let through: `python -m tests.withpg` sets it.
for name in [name for name in os.environ if name.startswith("IOPGUIDE_")]:
    del os.environ[name]
os.environ.update(
    IOPGUIDE_LOCAL="1",
    IOPGUIDE_SECRET_KEY="only-for-tests-" + "s" * 40,
    IOPGUIDE_SCREENING_KEYS="only-for-tests-" + "c" * 40,
    IOPGUIDE_CONTACT_KEYS="only-for-tests-" + "k" * 40,
)

from iopguide.settings import *
from iopguide.settings import CACHES, DATABASES, PLAIN_STATIC, STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": PLAIN_STATIC}}
# Pages name static files by their plain names here; whether they were collected must not matter.
static_folder = tempfile.TemporaryDirectory(prefix="iopguide-static-")
STATIC_ROOT = Path(static_folder.name)
media_folder = tempfile.TemporaryDirectory(prefix="iopguide-media-")
MEDIA_ROOT = Path(media_folder.name)
# Tests without a database empty the cache too; that a server's cache is in the database has a test of its own.
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because a database in memory locks in other ways; its own for each run, because two may run at once.
    folder = tempfile.TemporaryDirectory(prefix="iopguide-tests-")
    DATABASES["default"]["TEST"] = {"NAME": f"{folder.name}/test.sqlite3"}
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
