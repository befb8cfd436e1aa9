"""gunicorn, for `make run` and for a server. Values come from the environment; see docs/operate.md."""

import os
import socket
import sys

local = bool(os.environ.get("IOPGUIDE_LOCAL"))

wsgi_app = "iopguide.wsgi:application"
bind = os.environ.get("IOPGUIDE_BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
# Sync workers had the steadiest slowest replies. They must stand behind a proxy that takes slow clients off them.
workers = int(os.environ.get("IOPGUIDE_WORKERS") or (2 if local else 3))
# Facing browsers directly, as `make run` does, an idle connection must not hold a worker.
threads = int(os.environ.get("IOPGUIDE_THREADS") or (4 if local else 1))
preload_app = True
timeout = 30
graceful_timeout = 20
# Replaced now and then, at random moments, so that a slow leak never grows.
max_requests = 5000
max_requests_jitter = 500
# Smaller than the defaults: no page of ours needs more.
limit_request_line = 2048
limit_request_fields = 60
limit_request_field_size = 4096
# The site is at the root of its host. A visitor's header SCRIPT_NAME would move it, and pages kept for all with it.
forwarder_headers = ""

# Nobody steers it while it runs; systemd does.
control_socket_disable = True

# No access log: it would hold addresses, paths and browsers. RequestLog writes our own line.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "iopguide.logs.PrivateFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {
            "handlers": ["console"],
            "level": "WARNING" if local else "INFO",
            "propagate": False,
        },
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}


def on_starting(server: object) -> None:
    """Say in plain words what is by far the commonest trouble with `make run`."""
    host, _, port = bind.rpartition(":")
    if not local or host.startswith("unix"):
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError:
            sys.exit(f"Port {port} is taken by another program. Try: make run PORT={int(port) + 1}")


def when_ready(server: object) -> None:
    if local:
        port = bind.rpartition(":")[2]
        sys.stdout.write(
            f"\n  Open http://127.0.0.1:{port}/   (in Spanish: /es/, for staff: /staff/)\n  Stop with Ctrl-C.\n\n"
        )
        sys.stdout.flush()
