from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "kheo.procedures"
    label = "procedures"
