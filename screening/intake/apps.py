from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "screening.intake"
    label = "intake"
    verbose_name = "Intake desk"

    def ready(self) -> None:
        from screening.intake import checks  # noqa: F401  registers the checks of the desk
