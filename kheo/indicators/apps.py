from importlib import import_module

from django.apps import AppConfig

from kheo.core import messages
from kheo.indicators.words import WORDS


class IndicatorsConfig(AppConfig):
    name = "kheo.indicators"
    label = "indicators"

    def ready(self) -> None:
        """Give the rules their words; say what waits, what pages may show and what is open data."""
        messages.register(WORDS)
        for name in ("waiting", "published", "published_targets"):
            import_module(f"kheo.indicators.queries.{name}")
