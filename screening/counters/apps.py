from django.apps import AppConfig


class CountersConfig(AppConfig):
    name = "screening.counters"
    label = "counters"
    verbose_name = "Figures"
