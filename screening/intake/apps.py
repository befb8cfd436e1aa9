from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "screening.intake"
    label = "intake"
    verbose_name = "Intake desk"

    def ready(self) -> None:
        from iopguide.attention import provider
        from screening.intake import checks  # noqa: F401  registers the checks of the desk
        from screening.intake.waiting import waiting

        provider(waiting)
