"""Figures that editors may show on any page without typing them."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core.figures import Figure, register
from kheo.core.rules.numbers import Ratio
from kheo.procedures.queries import figures
from kheo.procedures.rules.table import Counts


def _count(name: str) -> Callable[[], Figure]:
    def answer() -> Figure:
        found = _newest()
        address = reverse("procedures:index")
        return Figure(getattr(found.total, name) if found else None, _("dossiers"), as_of=found.as_of if found else None, href=address, source=_("published results of procedures"))

    return answer


def _newest() -> figures.Figures | None:
    code = figures.latest()
    return figures.figures(code) if code else None


def on_time() -> Figure:
    """The share settled early or on time in the newest month."""
    found = _newest()
    rate: Ratio = (found.total if found else Counts()).on_time_rate
    known = found is not None and rate.percent is not None
    return Figure(
        rate.percent if known else None, "%", rate.numerator if known else None, rate.denominator if known else None,
        found.as_of if found else None, reverse("procedures:index"), _("published results of procedures"), percent=True, digits=2,
    )


register("procedures.on_time", _("Dossiers settled early or on time, newest month"), on_time)
register("procedures.received", _("Dossiers received, newest month"), _count("received"))
register("procedures.settled", _("Dossiers settled, newest month"), _count("settled"))
register("procedures.pending", _("Dossiers in progress, newest month"), _count("pending"))
