"""Reading the rollups."""

from kheo.visits.queries.counter import Figure, Figures, Totals, figures, totals

__all__ = ["Figure", "Figures", "Totals", "figures", "totals"]
