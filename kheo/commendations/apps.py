from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "kheo.commendations"
    label = "commendations"

    def ready(self) -> None:
        """Add honours to the public page of a practice."""
        from kheo.commendations.queries import section_of
        from kheo.practices import sections

        sections.register("honours", section_of)
