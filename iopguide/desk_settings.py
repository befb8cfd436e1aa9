"""Settings of the intake desk and of mail to its staff, from the environment only; part of iopguide/settings.py."""

from iopguide import environment

# --- The intake desk -----------------------------------------------------------------------------------------

# When people are called back; the public reads it, and every due time is counted in it.
DESK_HOURS = environment.text("IOPGUIDE_DESK_HOURS", "") or "mon-fri 09:00-17:00"
DESK_TIME_ZONE = (
    environment.text("IOPGUIDE_DESK_TIME_ZONE", "")
    or environment.text("IOPGUIDE_TIME_ZONE", "")
    or "America/New_York"
)
DESK_DAYS_OFF = environment.words("IOPGUIDE_DESK_DAYS_OFF")
# The number a call will show, and that people may call themselves. Empty: the pages leave it out.
DESK_PHONE = environment.text("IOPGUIDE_DESK_PHONE", "")
# Who is told that a request waits; the mail says nothing else.
DESK_MAIL = environment.words("IOPGUIDE_DESK_MAIL")
DESK_LANGUAGE = environment.text("IOPGUIDE_DESK_LANGUAGE", "") or "en"
# The proxy tells a part of the visitor's network address (deploy/nginx.conf), for limits only.
TRUST_NETWORK_HEADER = environment.flag("IOPGUIDE_NETWORK_HEADER")
HANDOFF_HOURS = 48
# How long a check is kept when the person asks for four words to come back with (screening/saving.py).
SCREENING_SAVED_DAYS = 7

# --- Mail: to staff only -------------------------------------------------------------------------------------

EMAIL_HOST = environment.text("IOPGUIDE_MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = environment.number("IOPGUIDE_MAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("IOPGUIDE_MAIL_USER", "")
EMAIL_HOST_PASSWORD = environment.text("IOPGUIDE_MAIL_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and not environment.flag("IOPGUIDE_MAIL_PLAIN")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("IOPGUIDE_MAIL_FROM", "") or "desk@localhost"
