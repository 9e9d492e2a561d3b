from __future__ import annotations

from django.db import models


class DueRun(models.Model):
    """When a timed work of the schedule last ran."""

    name = models.CharField(max_length=60, primary_key=True)
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
