from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "kheo.indicators"
    label = "indicators"
