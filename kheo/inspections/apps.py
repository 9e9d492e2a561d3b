from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "kheo.inspections"
    label = "inspections"
