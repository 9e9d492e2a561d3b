"""Certificates as PDF: one, or a whole decision in the background."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.audit.actions import record
from kheo.commendations import policy
from kheo.commendations.models import Commendation, Honouree
from kheo.core import jobs
from kheo.core.models import Job
from kheo.core.rules import dates
from kheo.core.verdicts import require

ROOT = Path(__file__).resolve().parents[1] / "templates" / "commendations" / "print"
FONTS = Path(settings.BASE_DIR) / "kheo" / "core" / "static" / "kheo" / "fonts" / "print"


def render(honourees: list[Honouree]) -> bytes:
    """The certificates of these honourees as one PDF, one page each, Tinos embedded.

    Texts go in as JSON data, never as typst source, so nothing written in a name can run.
    """
    document = honourees[0].commendation.document
    form = honourees[0].commendation.form
    data = {
        "party": form.party_style,
        "title": form.name.split(" của ")[0],
        "issuer": document.issuer,
        "number": document.number,
        "date": dates.long_date(document.issued_on),
        "place": _place(document.issuer),
        "signer": document.signer,
        "signer_title": document.signer_title,
        "people": [{"name": h.name, "unit": _unit(h), "achievement": h.achievement} for h in honourees],
    }
    made: bytes = typst.compile(
        str(ROOT / "certificate.typ"), root=str(ROOT), font_paths=[str(FONTS)], ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return made


def _unit(honouree: Honouree) -> str:
    unit = str(honouree.organization) if honouree.organization else honouree.unit_text
    return "" if unit == honouree.name else unit


def _place(issuer: str) -> str:
    """The place of signing from the issuer's name: the words after its kind of area."""
    for word in ("phường ", "xã ", "thị xã ", "tỉnh ", "huyện ", "PHƯỜNG ", "XÃ ", "THỊ XÃ ", "TỈNH "):
        if word in issuer:
            return issuer.rsplit(word, 1)[1].strip().title() if word.isupper() else issuer.rsplit(word, 1)[1].strip()
    return issuer


def print_all(commendation: Commendation, *, by: Any) -> Job:
    """Queue the certificates of a whole decision; the page of the job shows how far it is."""
    require(policy.may(by, "print", commendation.unit_id))
    with transaction.atomic():
        job = jobs.enqueue(
            "commendations.certificates", _("Certificates of %(document)s") % {"document": commendation.document.number}, by=by,
            result_url=reverse("commendations_desk:detail", args=[commendation.pk]), commendation=commendation.pk,
        )
        Commendation.objects.filter(pk=commendation.pk).update(certificates_job=job)
        record.record("commendations.print", commendation, by=by)
    return job


@jobs.register("commendations.certificates")
def run_print(job: Job) -> dict[str, Any]:
    """Background: render every certificate and the joint file, then switch over in one transaction.

    Files get fresh names and are referred to only by the transaction at the end: a process killed
    before it leaves the commendation exactly as it was.
    """
    commendation = Commendation.objects.select_related("document", "form").get(pk=job.arguments["commendation"])
    honourees = list(commendation.honourees.select_related("organization", "commendation__document", "commendation__form"))
    batch = uuid.uuid4().hex[:8]
    for done, honouree in enumerate(honourees, start=1):
        honouree.certificate.save(f"{commendation.pk}-{honouree.pk}-{batch}.pdf", ContentFile(render([honouree])), save=False)
        jobs.report(job, done, len(honourees) + 1, _("Certificate %(done)s of %(total)s") % {"done": done, "total": len(honourees)})
    commendation.certificates_file.save(f"{commendation.pk}-{batch}.pdf", ContentFile(render(honourees)), save=False)
    with transaction.atomic():
        for honouree in honourees:
            Honouree.objects.filter(pk=honouree.pk).update(certificate=honouree.certificate.name)
        Commendation.objects.filter(pk=commendation.pk).update(certificates_file=commendation.certificates_file.name)
        result = {"certificates": len(honourees)}
        jobs.complete(job, result)
    return result
