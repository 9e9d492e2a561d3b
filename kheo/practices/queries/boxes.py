"""The registration of a stored practice, read back as `RegistrationData`."""

from __future__ import annotations

from kheo.practices.models import Practice
from kheo.practices.rules.registration import (
    ForceRow,
    GoalRow,
    OutputRow,
    RegistrationData,
    ResourceRow,
)


def data_of(practice: Practice) -> RegistrationData:
    """What the registration says now: columns and rows, in the shape `actions.write` takes."""
    return RegistrationData(
        title=practice.title, field=practice.field_id or 0, kind=practice.kind, subject=practice.subject, stage=practice.stage,
        second_field=practice.second_field_id, organization=practice.organization_id,
        organization_text=practice.organization_text, ward=practice.ward_id, contact_name=practice.contact_name,
        contact_phone=practice.contact_phone, contact_email=practice.contact_email, situation=practice.situation,
        objectives=practice.objectives, content=practice.content, area_text=practice.area_text,
        starts_on=practice.starts_on, ends_on=practice.ends_on, review_on=practice.review_on, schedule=practice.schedule,
        sustainability=practice.sustainability, parent=practice.parent_id, adaptation=practice.adaptation,
        goals=tuple(GoalRow(g.statement, g.unit, g.target) for g in practice.goals.all()),
        forces=tuple(ForceRow(f.name, f.part, f.duty, f.organization_id) for f in practice.forces.all()),
        resources=tuple(ResourceRow(r.kind, r.description, r.amount, r.unit) for r in practice.resources.all()),
        outputs=tuple(OutputRow(o.result, o.unit, o.target, o.evidence) for o in practice.outputs.all()),
        areas=tuple(practice.areas.values_list("organization_id", flat=True)),
    )
