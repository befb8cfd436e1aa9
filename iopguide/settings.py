"""All settings, in one file, from the environment only. What is missing or unsafe raises, with advice.

Two ways to run: a server (https, every secret given) and local mode (IOPGUIDE_LOCAL=1: plain http on this
machine, secrets made and kept in var/). docs/operate.md describes every variable.
"""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from iopguide import environment
from iopguide.desk_settings import *  # noqa: F403  the intake desk and its mail: settings like these, a file of their own
from iopguide.log_settings import *  # noqa: F403  what happened, never to whom

BASE_DIR = Path(__file__).resolve().parent.parent
# What this installation writes: local secrets, the SQLite file, collected static files.
VAR_DIR = Path(environment.text("IOPGUIDE_VAR", "") or BASE_DIR / "var")

# --- How this process runs -----------------------------------------------------------------------------------

LOCAL = environment.flag("IOPGUIDE_LOCAL")
DEBUG = environment.flag("IOPGUIDE_DEBUG")
if DEBUG and not LOCAL:
    raise ImproperlyConfigured(
        "IOPGUIDE_DEBUG shows source code and settings to visitors. Use it only with IOPGUIDE_LOCAL=1."
    )

# --- Secrets -------------------------------------------------------------------------------------------------

if LOCAL:
    SECRET_KEY = environment.text("IOPGUIDE_SECRET_KEY", "") or environment.local_secret(
        VAR_DIR, "secret_key"
    )
    SCREENING_KEYS = environment.words("IOPGUIDE_SCREENING_KEYS") or [
        environment.local_secret(VAR_DIR, "screening_key")
    ]
    CONTACT_KEYS = environment.words("IOPGUIDE_CONTACT_KEYS") or [
        environment.local_secret(VAR_DIR, "contact_key")
    ]
    ALLOWED_HOSTS = environment.words("IOPGUIDE_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
else:
    MAKE_A_KEY = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'."
    SECRET_KEY = environment.required("IOPGUIDE_SECRET_KEY", MAKE_A_KEY)
    environment.required(
        "IOPGUIDE_SCREENING_KEYS",
        f"It locks people's answers and must differ from IOPGUIDE_SECRET_KEY. {MAKE_A_KEY}",
    )
    SCREENING_KEYS = environment.words("IOPGUIDE_SCREENING_KEYS")
    environment.required(
        "IOPGUIDE_CONTACT_KEYS",
        f"It locks contact data and staff's second factors, and must differ from the others. {MAKE_A_KEY}",
    )
    CONTACT_KEYS = environment.words("IOPGUIDE_CONTACT_KEYS")
    environment.required(
        "IOPGUIDE_HOSTS", "Name the host names people type, with commas: www.example.org,example.org."
    )
    ALLOWED_HOSTS = environment.words("IOPGUIDE_HOSTS")

# The first secret locks new answers; the others still unlock old ones, so a key can be replaced without loss.
SECRET_KEY_FALLBACKS = environment.words("IOPGUIDE_OLD_SECRET_KEYS")

# --- The site's own words ------------------------------------------------------------------------------------

SITE_NAME = environment.text("IOPGUIDE_SITE_NAME", "Care Compass")
SITE_OPERATOR = environment.text("IOPGUIDE_SITE_OPERATOR", "")
SECURITY_CONTACT = environment.text("IOPGUIDE_SECURITY_CONTACT", "")
# Where "Leave site" goes: a plain page that nobody would ask about.
EXIT_URL = environment.text("IOPGUIDE_EXIT_URL", "https://www.weather.gov/")
SCREENING_KEEP_HOURS = 24

# --- The house -----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "screening",
    "screening.revisions",
    "screening.intake",
    "screening.counters",
    "programs",
    # Before the site's own app, which takes some of their admin pages away.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "iopguide",
    "crispy_forms",
    "django_prose_editor",
    "iopguide.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Outermost, so that no answer leaves without its headers and its log line, whatever made it.
    "iopguide.middleware.RequestLog",
    "iopguide.middleware.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Compression beside secrets invites BREACH. Django masks the CSRF token anew in every page and pads each
    # reply by a random length; the screening cookie is SameSite=Strict, and no page with answers takes a query.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # After the language is known, because it refuses in the person's language; before anything reads a body.
    "iopguide.middleware.RequestGuard",
    "iopguide.middleware.DatabaseDown",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "iopguide.second_factor.SecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "iopguide.urls"
WSGI_APPLICATION = "iopguide.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iopguide.context.site",
                "screening.context.screening",
            ],
        },
    },
]
CRISPY_TEMPLATE_PACK = "iop"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("iop",)
# A form that cannot render must be an error, not an empty page.
CRISPY_FAIL_SILENTLY = False

# --- Database ------------------------------------------------------------------------------------------------

DATABASE_URL = environment.text("DATABASE_URL", "")
if DATABASE_URL:
    DATABASES: dict[str, Any] = {
        "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
    }
    if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:. Leave it out to use SQLite.")
else:
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.text("IOPGUIDE_SQLITE", "") or VAR_DIR / "iopguide.sqlite3",
            # Opening the file and setting it up costs eight times a plain page. Not for the development server,
            # which starts a thread, and so a connection, for every request.
            "CONN_MAX_AGE": 0 if DEBUG else 60,
            "OPTIONS": {
                # Take the write lock at BEGIN: with the default, 698 of 800 writes by 8 writers failed.
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                # FULL: an acknowledged answer survives a power cut. secure_delete: deleted bytes are overwritten.
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;"
                ),
            },
        }
    }
# --- Caches ---------------------------------------------------------------------------------------------------

# In the database, because every process must know how often sign-in was tried. Nothing of a visitor is kept here.
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "iopguide_cache",
        # Far more than sign-in needs: with Django's 300 a flood of guesses would push out the counts of others.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Public pages, whole: in the process itself, because fetching them from elsewhere costs what rendering costs.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages and time --------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("IOPGUIDE_TIME_ZONE", "UTC")

# --- Static files --------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "iopguide.joined_css.JoinedFinder",
]
STATIC_ROOT = VAR_DIR / "static"
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_STATIC if DEBUG else HASHED_STATIC},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Pictures that staff upload: served by a view of ours (programs/editing/doors.py), never by their path.
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

# --- Cookies and https ---------------------------------------------------------------------------------------

# The __Host- prefix makes the browser itself refuse a cookie planted by a neighbouring host or over http.
COOKIE_PREFIX = "" if LOCAL else "__Host-"
SCREENING_COOKIE_NAME = f"{COOKIE_PREFIX}check"
# Shows a person the code that cancels their request, for ten minutes, on one page.
RECEIPT_COOKIE_NAME = f"{COOKIE_PREFIX}receipt"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}staff"
SESSION_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # a link in a notice to staff must find them signed in
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_HTTPONLY = True
# Not Strict: coming back by a link would then replace the token and spoil the form open in another tab.
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # ends with the browser session; Django's year would tell on the visitor
CSRF_FAILURE_VIEW = "screening.views.csrf_failure"

SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not no-referrer: browsers then send `Origin: null`, which Django's CSRF check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    # Preloading binds the operator's whole domain for years. That is theirs to decide, not ours.
    "security.W021",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],  # the nonce appears only on pages that ask for one
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Limits --------------------------------------------------------------------------------------------------

# What the public may send. No page of ours needs more; RequestGuard refuses before a byte is read.
PUBLIC_BODY_BYTES = 64 * 1024
PUBLIC_BODY_FIELDS = 100
# What staff may send (long pages in the admin). Django itself refuses what is beyond.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
STAFF_PATH = "staff/"
# A picture may be larger, on the one page that takes pictures. Django counts files apart from fields.
PICTURE_BYTES = 8 * 1024 * 1024
PICTURES_PATH = "/pictures/"

# --- Staff sign-in -------------------------------------------------------------------------------------------

# What does not depend on where it runs.
from iopguide.staff.policy import *  # noqa: E402, F403

# How many proxies of our own stand in front and name the visitor's address, for the limits on sign-in.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("IOPGUIDE_TRUSTED_PROXIES", 0 if LOCAL else 1)
KNOWN_BROWSER_COOKIE_NAME = f"{COOKIE_PREFIX}known"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # http://localhost; a server has https
