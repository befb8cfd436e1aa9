from typing import Any

from django.apps import AppConfig
from django.core.signals import got_request_exception


class CountersConfig(AppConfig):
    name = "screening.counters"
    label = "counters"
    verbose_name = "Figures"

    def ready(self) -> None:
        got_request_exception.connect(_count_error, dispatch_uid="counters.error")


def _count_error(**kwargs: Any) -> None:
    """That a page failed; not which, not whose."""
    from screening.counters.services import Event, count

    count([Event("error")])
