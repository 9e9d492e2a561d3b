from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kheo.core import reference
from kheo.core.reference import ReferenceList

# Modules that register background jobs: a worker process must know them before the first job comes.
JOBS = ("import_practices", "recognize")
# Modules that register what the public may search and download.
PUBLISHED = ("public_search", "public_tables", "counts")


class PracticesConfig(AppConfig):
    name = "kheo.practices"
    label = "practices"

    def ready(self) -> None:
        """Make the background jobs known in every process; say what search and open data may show."""
        for name in JOBS:
            import_module(f"kheo.practices.actions.{name}")
        import_module("kheo.practices.queries.figures")
        from kheo.practices.models import ContributionKind

        reference.register(
            ReferenceList(
                "dong-gop", _("Kinds of contributions"), _("What progress reports count: money, land, working days, households."),
                ContributionKind, ("code", "name", "name_en", "unit", "unit_en", "decimals", "order"),
            )
        )
        for name in PUBLISHED:
            import_module(f"kheo.practices.queries.{name}")
