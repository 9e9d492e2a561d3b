"""The printed registration sheet: the same content for the page and for the PDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.core.rules import dates, numbers
from kheo.organizations import queries as organizations
from kheo.practices.models import Practice
from kheo.practices.queries import registration as queries

ROOM = Path(__file__).resolve().parents[1]
TEMPLATE = ROOM / "templates" / "practices" / "print" / "registration_sheet.typ"
FONTS = ROOM.parent / "core" / "static" / "kheo" / "fonts" / "print"


def of(practice: Practice) -> dict[str, Any]:
    """Everything the sheet says, as text. The contact's telephone is left out: sheets are passed on."""
    registered = timezone.localdate(practice.registered_at) if practice.registered_at else None
    body = None
    if practice.ward is not None and practice.cycle.movement.function:
        body = organizations.mandate_holder(practice.ward, practice.cycle.movement.function)
    return {
        "movement": practice.cycle.movement.name, "cycle": practice.cycle.name,
        "unit": queries.unit_name(practice), "ward": queries.ward_name(practice),
        "to": str(body.organization) if body else queries.ward_name(practice),
        "number": practice.receipt_number or "", "date": dates.long_date(registered) if registered else "",
        "late": "" if practice.on_time else _("Sent after the on-time limit"),
        "title": practice.title,
        "facts": [
            [_("Kind"), str(practice.get_kind_display())],
            [_("Carried out by"), str(practice.get_subject_display())],
            [_("Part of the list"), str(practice.get_stage_display())],
            [_("Field"), " · ".join(f.name for f in (practice.field, practice.second_field) if f)],
        ],
        "boxes": _boxes(practice),
    }


def _boxes(practice: Practice) -> list[dict[str, Any]]:
    span = " – ".join(dates.format_date(d) for d in (practice.starts_on, practice.ends_on) if d)
    review = _("To be evaluated on %(day)s") % {"day": dates.format_date(practice.review_on)} if practice.review_on else ""
    boxes = [
        (_("Name of the practice"), practice.title, []),
        (_("Present situation and reason for choosing it"), practice.situation, []),
        (_("Objectives and measurable goals"), practice.objectives, [_measured(g.statement, g.target, g.unit) for g in practice.goals.all()]),
        (_("What is done and how"), practice.content, []),
        (_("Where, and for whom"), practice.area_text, []),
        (_("Forces"), "", [_joined(str(f.get_part_display()), str(f), f.duty) for f in practice.forces.all()]),
        (_("Resources and time"), "\n".join(p for p in (span, review, practice.schedule) if p), [_joined(str(r.get_kind_display()), _measured(r.description, r.amount, r.unit)) for r in practice.resources.all()]),
        (_("Results that can be verified"), "", [" – ".join(p for p in (_measured(o.result, o.target, o.unit), o.evidence) if p) for o in practice.outputs.all()]),
        (_("How it can be kept up and spread"), practice.sustainability, []),
    ]
    if practice.parent is not None:
        boxes.append((_("Taken over from"), practice.parent.title, [practice.adaptation] if practice.adaptation else []))
    return [{"number": n, "heading": heading, "text": text, "rows": rows} for n, (heading, text, rows) in enumerate(boxes, start=1)]


def _measured(words: str, amount: Any, unit: str) -> str:
    if amount is None:
        return words
    return f"{words}: {numbers.format_number(amount)} {unit}".strip()


def _joined(first: str, *more: str) -> str:
    return f"{first}: " + " – ".join(m for m in more if m) if any(more) else first


def pdf(practice: Practice) -> bytes:
    """The sheet as PDF. Texts go in as JSON data, never as typst source, so nothing in them can run."""
    words = {
        "state": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "motto": "Độc lập - Tự do - Hạnh phúc",
        "heading": _("Registration sheet"), "line": _("for a practice of the movement “%(name)s”") % {"name": practice.cycle.movement.name},
        "to": _("To:"), "number": _("No."), "unit": _("Registering unit"), "ward": _("Ward or commune"),
        "left": _("Confirmed by the Party committee"), "right": _("For the registering unit"), "sign": _("(signature, seal, full name)"),
    }
    made: bytes = typst.compile(
        str(TEMPLATE), format="pdf", font_paths=[str(FONTS)], ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(of(practice), ensure_ascii=False), "words": json.dumps(words, ensure_ascii=False)},
    )
    return made


def pdf_answer(practice: Practice) -> HttpResponse:
    """The PDF as a download named after the receipt."""
    name = f"phieu-dang-ky-{practice.receipt_number or practice.pk}.pdf"
    return HttpResponse(pdf(practice), content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
