"""Procedures in the search of the whole site."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kheo.core import search
from kheo.procedures.models import ProcedureVersion
from kheo.procedures.queries import catalogue


def public() -> QuerySet[ProcedureVersion]:
    """The catalogue in force today."""
    return catalogue.in_force()


def document(version: ProcedureVersion) -> search.Document:
    """A procedure as its line of the catalogue says it."""
    address = f"{reverse('procedures:procedures')}?{urlencode({'q': version.procedure.code})}"
    return search.Document(title=version.name, address=address, body=f"{version.procedure.code} {version.field.name} {version.decision}", date=version.valid_from)


search.register(search.Kind("procedure", _("Administrative procedures"), ProcedureVersion, public, document))
