"""Indicators, their observations, plans with targets, and collection rounds."""

from kheo.indicators.models.collecting import (
    Reminder,
    Round,
    RoundLevel,
    Submission,
    SubmissionStep,
)
from kheo.indicators.models.indicator import Indicator, IndicatorVersion, Observation, Period
from kheo.indicators.models.plans import Plan, Target, TargetRevision

__all__ = [
    "Indicator", "IndicatorVersion", "Observation", "Period", "Plan", "Reminder", "Round", "RoundLevel", "Submission",
    "SubmissionStep", "Target", "TargetRevision",
]
