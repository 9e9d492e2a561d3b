"""Reading the rollups."""

from kheo.visits.queries.counter import Figure, Figures, figures

__all__ = ["Figure", "Figures", "figures"]
