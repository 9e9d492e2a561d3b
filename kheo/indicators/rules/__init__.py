"""Rules of figures: aggregation, formulas, targets, plausibility, rounds. Plain Python."""
