"""Settings of the logs: what happened, never to whom; part of iopguide/settings.py."""

ADMINS: list[tuple[str, str]] = []  # no error mails: they carry what people typed
DEFAULT_EXCEPTION_REPORTER = "iopguide.logs.PrivateReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "iopguide.logs.HideEverything"
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "iopguide.logs.PrivateFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django's own handlers (console, mail to admins) would write request data: everything goes to the root.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # One line per request is written by RequestLog; Django's would repeat each 4xx with its path.
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
    },
}
