from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "kheo.organizations"
    label = "organizations"
