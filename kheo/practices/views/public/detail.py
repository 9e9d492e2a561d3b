"""/mo-hinh/<slug>/: the page of one practice, as the public reads it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kheo.core.rules import dates
from kheo.practices import sections
from kheo.practices.models import Practice
from kheo.practices.queries import public_page, replication, rows
from kheo.practices.queries.units import UnitNames, names_of

STEP_WORDS = {
    "approve": gettext_lazy("Approved for the list"),
    "start": gettext_lazy("Began to run"),
    "recognize": gettext_lazy("Recognized"),
    "name_exemplary": gettext_lazy("Named exemplary"),
    "stop": gettext_lazy("Ended"),
    "revoke": gettext_lazy("Recognition revoked"),
}
STEP_TONES = {"recognize": "success", "name_exemplary": "gold", "revoke": "danger"}


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One public practice; anything else is a 404 that helps to find on."""
    practice = public_page.find(slug)
    if practice is None:
        words = slug.replace("-", " ")
        return render(request, "practices/public/missing.html", {"words": words}, status=404)
    family = replication.family(practice)
    passed = public_page.successions(practice.ward_id)
    today = passed[-1].successor_id if passed else practice.ward_id
    body = public_page.standing_body(practice, today)
    names = names_of([practice.organization_id, practice.ward_id, *(s.successor_id for s in passed), body.pk if body else None])
    entry = rows.entry(practice, names)
    pictures, files = public_page.evidence(practice)
    photos = [_photo(photo) for photo in pictures]
    context = {
        "practice": practice,
        "entry": entry,
        "unit_slug": names.slugs.get(practice.organization_id or 0, ""),
        "ward_slug": names.slugs.get(practice.ward_id or 0, ""),
        "second_field": rows.field_name(practice.second_field),
        "successors": [_successor(step, names) for step in passed],
        "body": {"name": names.on(body.pk), "slug": names.slugs.get(body.pk, "")} if body else None,
        "results": public_page.results(practice),
        "goals": list(practice.goals.all()),
        "contributions": public_page.contributions(Practice.objects.filter(pk=practice.pk)),
        "photos": photos,
        "files": [_file(found) for found in files],
        "recognition": getattr(practice, "recognition", None),
        "steps": [_step(found) for found in reversed(public_page.steps(practice))],
        "family": family,
        "parent": next((node.entry for node in family.nodes if node.entry.practice.pk == practice.parent_id), None),
        "tree": [_branch(family.root, practice.pk)] if family.spreads else [],
        "sections": _sections(request, practice),
        "linked_data": _linked_data(request, entry, photos),
        "canonical": request.build_absolute_uri(reverse("practices:detail", args=[slug])),
        "picture": request.build_absolute_uri(photos[0]["href"]) if photos else "",
    }
    return render(request, "practices/public/detail.html", context)


def _sections(request: HttpRequest, practice: Practice) -> list[dict[str, str]]:
    """What other rooms add, each rendered with its own words only."""
    return [
        {"code": section.code, "title": section.title, "html": render_to_string(section.template, section.context, request)}
        for section in sections.of(practice)
    ]


def _photo(photo: Any) -> dict[str, Any]:
    full = reverse("practices:evidence", args=[photo.pk])
    small = reverse("practices:evidence_thumbnail", args=[photo.pk])
    return {"src": small, "href": full, "alt": photo.alt, "caption": photo.alt, "width": photo.width, "height": photo.height}


def _file(found: Any) -> dict[str, Any]:
    return {
        "label": found.alt or found.original_name, "href": reverse("practices:evidence", args=[found.pk]),
        "kind": found.original_name.rsplit(".", 1)[-1].upper(), "size": found.size, "note": "",
    }  # fmt: skip


def _successor(step: Any, names: UnitNames) -> dict[str, Any]:
    return {"name": names.on(step.successor_id), "slug": names.slugs.get(step.successor_id, ""), "on": step.on, "basis": step.basis}


def _step(found: dict[str, Any]) -> dict[str, Any]:
    return {"title": STEP_WORDS[found["verb"]], "when": found["at"], "tone": STEP_TONES.get(found["verb"], "info")}


def _branch(node: replication.Node, current: int) -> dict[str, Any]:
    practice = node.entry.practice
    since = _("since %(day)s") % {"day": dates.format_date(node.since)} if node.since else ""
    return {
        "label": practice.title,
        "href": reverse("practices:detail", args=[practice.slug]),
        "note": " · ".join(part for part in (node.entry.place, since) if part),
        "tag": node.entry.state_label,
        "tone": node.entry.tone,
        "current": practice.pk == current,
        "children": [_branch(child, current) for child in node.children],
    }


def _linked_data(request: HttpRequest, entry: rows.Entry, photos: list[dict[str, Any]]) -> SafeString:
    """schema.org words for search engines. Data, not script: nothing in it can end the element."""
    practice = entry.practice
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": practice.title[:110],
        "description": entry.teaser[:300],
        "inLanguage": "vi",
        "url": request.build_absolute_uri(reverse("practices:detail", args=[practice.slug])),
        "dateModified": practice.state_since.isoformat(),
        "about": entry.field,
        "author": {"@type": "Organization", "name": entry.unit or entry.ward},
        "contentLocation": {"@type": "AdministrativeArea", "name": entry.ward},
    }
    if practice.registered_at:
        described["datePublished"] = practice.registered_at.isoformat()
    if photos:
        described["image"] = request.build_absolute_uri(photos[0]["href"])
    written = json.dumps(described, ensure_ascii=False)
    for risky, safe in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        written = written.replace(risky, safe)
    return mark_safe(written)  # noqa: S308 - every character that could end the element is escaped
