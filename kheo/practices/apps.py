from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "kheo.practices"
    label = "practices"
