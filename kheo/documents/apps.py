from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kheo.documents"
    label = "documents"
