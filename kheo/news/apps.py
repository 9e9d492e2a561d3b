from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "kheo.news"
    label = "news"
