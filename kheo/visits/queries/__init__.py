"""Reading the rollups."""

from kheo.visits.queries.figures import Figure, Figures, figures

__all__ = ["Figure", "Figures", "figures"]
