"""One object behind each address that needs one."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from kheo.accounts.models import Position
from kheo.commendations.models import Commendation, Form, Honouree
from kheo.core.models import Job
from kheo.movements.models import CriteriaSet
from kheo.organizations.models import Mandate, OrganizationVersion, Reorganization
from kheo.practices.models import Evidence, ImportBatch
from tests.architecture.rooms import collect
from tests.cast import Cast, practice

# A reorganization that changed nothing, as organizations.actions.reorganize keeps it.
STEPS: dict[str, Any] = {
    "units": [], "units_changed": [], "marks": {}, "versions": [], "last_version": 10**9, "successions": [], "closed": [], "mandates": [],
}

Samples = dict[str, dict[str, Any]]


def samples(cast: Cast) -> Samples:
    """Arguments by the full name of an address ("app:name") or, for a whole app, "app:*"."""
    now, pages = timezone.now(), {"registered_by": cast.registrant}
    shown = practice(cast, state="recognized", access_key=uuid.uuid4(), **pages)
    photo = Evidence.objects.create(
        practice=shown, original_name="anh.jpg", kind="photo", size=3, sha256="0" * 64, by_name="–", at=now,
        file=ContentFile(b"\xff\xd8\xff", "anh.jpg"), thumbnail=ContentFile(b"\xff\xd8\xff", "nho.jpg"),
    )
    batch = ImportBatch.objects.create(cycle=cast.cycle, unit=cast.bim_son, filename="a.xlsx", sha256="1" * 64, state="checked", by=cast.officer, by_name="–", at=now)
    given = Commendation.objects.create(document=cast.decision, form=Form.objects.first(), cycle=cast.cycle, unit=cast.bim_son, by_name="–", at=now)
    honoured = Honouree.objects.create(commendation=given, practice=shown, name="Khu phố 1", organization=cast.bim_son, achievement="Tốt")
    job = Job.objects.create(kind="thử", title="Thử", state=Job.State.DONE, by_id=cast.officer.pk, by_name="–", queued_at=now)
    mandate = Mandate.objects.create(organization=cast.bim_son, area=cast.bim_son, function="Thử", valid_from=date(2025, 7, 1))
    change = Reorganization.objects.create(kind="rename", on=date(2025, 7, 1), decision=cast.decision, steps=STEPS | {"plan": {"predecessors": [cast.bim_son.pk], "successors": []}})
    key, cycle = {"key": shown.access_key}, {"pk": cast.cycle.pk}
    criteria = CriteriaSet.objects.first()
    return collect("samples", cast) | {
        "practices:*": key, "practices:detail": {"slug": shown.slug}, "practices:download": {"form": "csv"},
        "practices:evidence": {"pk": photo.pk}, "practices:evidence_thumbnail": {"pk": photo.pk},
        "practices_desk:*": {"pk": shown.pk}, "practices_desk:publish_evidence": {"pk": photo.pk}, "practices_desk:remove_evidence": {"pk": photo.pk},
        "practices_desk:table": {"cycle": cast.cycle.pk, "kind": "khong-co"}, "practices_desk:bulk": {"verb": "approve"},
        "practices_desk:import": {"pk": batch.pk}, "practices_desk:import_carry_out": {"pk": batch.pk}, "practices_desk:import_marked": {"pk": batch.pk},
        "commendations:download": {"form": "csv"}, "commendations_desk:*": {"pk": given.pk},
        "commendations_desk:consent": {"pk": honoured.pk}, "commendations_desk:certificate": {"pk": honoured.pk},
        "organizations:detail": {"slug": cast.bim_son.slug}, "organizations_desk:*": {"pk": cast.bim_son.pk},
        "organizations_desk:correct_version": {"pk": OrganizationVersion.objects.filter(organization=cast.bim_son).first().pk},
        "organizations_desk:end_mandate": {"pk": mandate.pk}, "organizations_desk:plan": {"verb": "merge"},
        "organizations_desk:result": {"pk": change.pk}, "organizations_desk:undo": {"pk": change.pk},
        "movements:*": cycle, "movements:criteria": {"pk": criteria.pk}, "movements:create_cycle": {"slug": cast.movement.slug}, "movements:change": {"slug": cast.movement.slug},
        "movements:write_criteria": {"slug": cast.movement.slug}, "movements:change_criteria": {"slug": cast.movement.slug, "pk": criteria.pk},
        "documents:*": {"pk": cast.decision.pk}, "audit:export": {"ending": "csv"}, "desk:job": {"pk": job.pk},
        "accounts_desk:*": {"pk": cast.officer.pk},
        "accounts_desk:end_position": {"pk": Position.objects.get(user=cast.officer, organization=cast.bim_son).pk},
    }
