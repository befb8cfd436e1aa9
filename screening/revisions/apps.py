from django.apps import AppConfig


class RevisionsConfig(AppConfig):
    name = "screening.revisions"
    label = "revisions"
    verbose_name = "Clinical rules"

    def ready(self) -> None:
        from iopguide.attention import provider
        from screening.revisions import checks  # noqa: F401  registers the check of the live version
        from screening.revisions.waiting import waiting

        provider(waiting)
