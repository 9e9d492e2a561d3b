"""Catalogue, counting rules, periods, sources, batches, facts and what is derived from them."""

from kheo.procedures.models.batch import Batch, passing_storage
from kheo.procedures.models.catalogue import Procedure, ProcedureField, ProcedureVersion
from kheo.procedures.models.counting import CountingRule, ReportingPeriod, Source, UnitIdentifier
from kheo.procedures.models.fact import DossierFact, PeriodTotal, Publication, Rollup
from kheo.procedures.models.scoring import Score, ScoreInput, ScoringFormula

__all__ = [
    "Batch", "CountingRule", "DossierFact", "PeriodTotal", "Procedure", "ProcedureField", "ProcedureVersion", "Publication",
    "ReportingPeriod", "Rollup", "Score", "ScoreInput", "ScoringFormula", "Source", "UnitIdentifier", "passing_storage",
]
