"""Every door of the site. English has no prefix, Spanish is under /es/; nobody is sent to a language unasked."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from iopguide import views
from screening import gallery

handler400 = "iopguide.errors.bad_request"
handler403 = "iopguide.errors.forbidden"
handler404 = "iopguide.errors.not_found"
handler500 = "iopguide.errors.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    *i18n_patterns(
        path("staff/", admin.site.urls),
        *gallery.addresses(debug=settings.DEBUG),
        path("", include("screening.urls")),
        prefix_default_language=False,
    ),
]
