from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "kheo.workdays"
    label = "workdays"
