from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core.checks import register


class StaffAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "iopguide.staff.site.StaffSite"


class IopguideConfig(AppConfig):
    default = True
    name = "iopguide"
    verbose_name = "Site"

    def ready(self) -> None:
        from iopguide import (
            checks,
            second_factor,  # noqa: F401  listens for second factors being added
        )

        for check, tags in checks.ALL:
            register(check, *tags)
