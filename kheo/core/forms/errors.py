"""Showing what an action refused on the form that asked for it."""

from __future__ import annotations

from django.forms import BaseForm

from kheo.core.errors import DomainError
from kheo.core.messages import describe


def add_error(form: BaseForm, error: DomainError) -> None:
    """Show a domain error at its field, or above the form when it belongs to none."""
    form.add_error(error.field if error.field in form.fields else None, str(describe(error)))
