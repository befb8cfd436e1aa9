"""The site's own addresses, and the page of components beside them, as while DEBUG is on."""

from django.conf.urls.i18n import i18n_patterns

from iopguide.urls import handler400, handler403, handler404, handler500
from iopguide.urls import urlpatterns as own
from screening import gallery

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

# The site's own doors stay last: what reads the list expects them there.
urlpatterns = [*i18n_patterns(*gallery.addresses(debug=True), prefix_default_language=False), *own]
