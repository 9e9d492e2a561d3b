from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "kheo.commendations"
    label = "commendations"

    def ready(self) -> None:
        """Add honours to the public page of a practice; make the background job known."""
        from kheo.commendations.actions import print_certificates
        from kheo.commendations.queries import section_of
        from kheo.practices import sections

        sections.register("honours", section_of)
        assert print_certificates.run_print
