"""Open a survey about a unit, and close it."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.feedback import policy
from kheo.feedback.models import Survey, SurveyForm
from kheo.organizations.models import Organization

# Without letters that are mistaken for one another on paper.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def open_survey(form: SurveyForm, unit: Organization, opens_on: date, closes_on: date, *, by: Any) -> Survey:
    """A survey with an address of its own. The same form, unit and first day again gives the one there is."""
    require(policy.may(by, "open_survey", unit.pk))
    if closes_on < opens_on:
        raise InvalidInput(_("The last day must come after the first."), field="closes_on")
    found = Survey.objects.filter(form=form, unit=unit, opens_on=opens_on).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            SurveyForm.objects.filter(pk=form.pk, frozen_at__isnull=True).update(frozen_at=timezone.now())
            made = Survey.objects.create(
                form=form, unit=unit, token=_token(), opens_on=opens_on, closes_on=closes_on, created_by_name=str(by)[:150]
            )
            record.record("feedback.open_survey", made, by=by, start=opens_on, end=closes_on)
    except IntegrityError:  # two officers opened it at the same instant
        return Survey.objects.get(form=form, unit=unit, opens_on=opens_on)
    return made


def close_survey(survey: Survey, *, by: Any) -> Survey:
    """Take no more answers from now on."""
    require(policy.may(by, "close_survey", survey.unit_id))
    with transaction.atomic():
        locked = Survey.objects.select_for_update().get(pk=survey.pk)
        if locked.closed_at is None:
            locked.closed_at = timezone.now()
            locked.save(update_fields=["closed_at"])
            record.record("feedback.close_survey", locked, by=by)
    return locked


def _token() -> str:
    return "".join(secrets.choice(ALPHABET) for _n in range(12))
