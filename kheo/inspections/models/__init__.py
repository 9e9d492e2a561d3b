from kheo.inspections.models.assessments import (
    Assessment,
    AssessmentScore,
    Evaluation,
    EvaluationScore,
    Launch,
    Programme,
    Scheme,
    SchemeCriterion,
)
from kheo.inspections.models.checks import Answer, Attachment, Finding, FollowUp, Inspection
from kheo.inspections.models.plans import Checklist, ChecklistItem, Plan, Reminder

__all__ = [
    "Answer", "Assessment", "AssessmentScore", "Attachment", "Checklist", "ChecklistItem", "Evaluation", "EvaluationScore", "Finding",
    "FollowUp", "Inspection", "Launch", "Plan", "Programme", "Reminder", "Scheme", "SchemeCriterion",
]
