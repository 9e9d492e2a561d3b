"""Tables of the registry of practices."""

from kheo.practices.models.imports import ImportBatch, ImportedRow
from kheo.practices.models.plan import Force, Goal, Output, Resource
from kheo.practices.models.practice import Message, Practice, PracticeArea, Transition
from kheo.practices.models.progress import (
    Contribution,
    ContributionKind,
    Evidence,
    OutputResult,
    ProgressReport,
)
from kheo.practices.models.recognition import Recognition
from kheo.practices.models.scoring import Score, ScoreSheet

__all__ = [
    "Contribution",
    "ContributionKind",
    "Evidence",
    "Force",
    "Goal",
    "ImportBatch",
    "ImportedRow",
    "Message",
    "Output",
    "OutputResult",
    "Practice",
    "PracticeArea",
    "ProgressReport",
    "Recognition",
    "Resource",
    "Score",
    "ScoreSheet",
    "Transition",
]
