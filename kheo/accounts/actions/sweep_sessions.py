"""Remove sessions that have ended."""

from __future__ import annotations

from django.core.management import call_command


def sweep_sessions() -> None:
    """Delete expired sessions from the database."""
    call_command("clearsessions", verbosity=0)
