from importlib import import_module

from django.apps import AppConfig

# Modules that register background jobs: a worker process must know them before the first job comes.
JOBS = ("import_practices", "recognize")


class PracticesConfig(AppConfig):
    name = "kheo.practices"
    label = "practices"

    def ready(self) -> None:
        """Make the background jobs known in every process."""
        for name in JOBS:
            import_module(f"kheo.practices.actions.{name}")
