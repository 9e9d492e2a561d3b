from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "kheo.visits"
    label = "visits"
