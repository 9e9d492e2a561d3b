from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "kheo.movements"
    label = "movements"
