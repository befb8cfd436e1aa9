"""The door a WSGI server uses."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iopguide.settings")

application = get_wsgi_application()

# Load every view now: a fault in one stops the start, where it is seen, rather than each request afterwards.
get_resolver().url_patterns  # noqa: B018
