from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "kheo.core"
    label = "core"
