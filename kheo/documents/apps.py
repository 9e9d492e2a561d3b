from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kheo.documents"
    label = "documents"

    def ready(self) -> None:
        """Say what can be found and downloaded."""
        import_module("kheo.documents.queries.published")
