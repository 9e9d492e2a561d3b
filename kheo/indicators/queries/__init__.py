"""Reading indicators: definitions, figures, boards of targets, rounds."""

from kheo.indicators.queries.definitions import (
    by_code,
    definition,
    depends,
    in_use,
    indicators,
    period,
    periods,
)
from kheo.indicators.queries.figures import Figure, Lens, compile_figures, figure, lens

__all__ = [
    "Figure", "Lens", "by_code", "compile_figures", "definition", "depends", "figure", "in_use", "indicators",
    "lens", "period", "periods",
]
