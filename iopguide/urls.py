"""Every door of the site. English has no prefix, Spanish is under /es/; nobody is sent to a language unasked."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from iopguide import views
from programs.sitemaps import sitemap
from screening import gallery

handler400 = "iopguide.errors.bad_request"
handler403 = "iopguide.errors.forbidden"
handler404 = "iopguide.errors.not_found"
handler500 = "iopguide.errors.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("", include("programs.editing.urls")),
    *i18n_patterns(
        path("staff/", include("iopguide.staff.urls")),
        path("staff/", admin.site.urls),
        *gallery.addresses(debug=settings.DEBUG),
        path("", include("screening.urls")),
        path("", include("screening.intake.urls")),
        path("", include("programs.urls")),
        prefix_default_language=False,
    ),
]
