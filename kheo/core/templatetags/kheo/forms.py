"""Tags around forms: the error summary and repeatable rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.forms.formsets import BaseFormSet

register = template.Library()

AnyForm = forms.BaseForm | BaseFormSet  # type: ignore[type-arg]


@register.inclusion_tag("components/error_summary.html")
def error_summary(*parts: AnyForm | None) -> dict[str, Any]:
    """Every error of the given forms and formsets, each linked to its field."""
    problems = [problem for part in parts if part is not None for problem in problems_of(part)]
    return {"problems": problems}


def problems_of(part: AnyForm) -> Iterator[dict[str, str]]:
    """The errors of one form or formset: text and the id to jump to (may be empty)."""
    if isinstance(part, BaseFormSet):
        if not part.is_bound:
            return
        for text in part.non_form_errors():
            yield {"text": str(text), "target": f"{part.prefix}-rows"}
        for number, form in enumerate(part.forms, start=1):
            yield from _of_form(form, number)
    else:
        yield from _of_form(part, 0)


def _of_form(form: forms.BaseForm, row: int) -> Iterator[dict[str, str]]:
    if not form.is_bound:
        return
    for name, errors in form.errors.items():
        target, label = "", ""
        if name in form.fields:
            bound = form[name]
            target = getattr(bound, "first_id", "") or bound.id_for_label or bound.auto_id
            label = str(bound.label)
        for text in errors:
            yield {"text": str(text), "target": target, "label": label, "row": str(row or "")}


@register.inclusion_tag("components/rows.html")
def rows(formset: BaseFormSet[Any], legend: str, hint: str = "", add: str = "") -> dict[str, Any]:
    """A formset as repeatable rows: works without script through the `add-<prefix>` button."""
    return {
        "formset": formset,
        "legend": legend,
        "hint": hint,
        "add": add,
        "prefix": formset.prefix,
        "name": f"add-{formset.prefix}",
    }
