from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "kheo.commendations"
    label = "commendations"
