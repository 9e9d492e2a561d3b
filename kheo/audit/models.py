from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.core.errors import DomainError


class Entry(models.Model):
    """One action by one person. Rows are only added; each carries the hash of the one before.

    No foreign keys: the log must outlive and never block the rows it speaks of.
    """

    id = models.BigIntegerField(primary_key=True)  # 1, 2, 3 … without gaps, given by audit.record
    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60, db_index=True)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    object_label = models.CharField(max_length=300)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_type", "object_id"])]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"#{self.id} {self.verb} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only. An existing entry cannot be changed through the program."""
        if not self._state.adding:
            raise DomainError(_("The audit log can only be added to."))
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise DomainError(_("The audit log can only be added to."))


class Head(models.Model):
    """The end of the chain, kept apart so that a log cut off at its end is noticed too."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last_id = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"#{self.last_id}"


class Check(models.Model):
    """One walk along the chain: how many entries, and where it did not hold."""

    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    entries = models.BigIntegerField()
    faults = models.PositiveIntegerField(default=0)
    breaks = models.JSONField(default=list, blank=True)  # [[entry number, what is wrong], …]

    class Meta:
        ordering = ["-id"]
        verbose_name = _("check of the audit log")
        verbose_name_plural = _("checks of the audit log")

    def __str__(self) -> str:
        return f"#{self.pk}"
