from importlib import import_module

from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "kheo.commendations"
    label = "commendations"

    def ready(self) -> None:
        """Make the background job known; add honours to the public page of a practice."""
        import_module("kheo.commendations.actions.print_certificates")
        queries = import_module("kheo.commendations.queries")
        import_module("kheo.practices.sections").register("honours", queries.section_of)
