from django.apps import AppConfig
from django.core.checks import register


class IopguideConfig(AppConfig):
    name = "iopguide"
    verbose_name = "Site"

    def ready(self) -> None:
        from iopguide import checks

        for check, tags in checks.ALL:
            register(check, *tags)
