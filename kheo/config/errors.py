"""Error pages that help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key no longer fits (often after signing in elsewhere): say how to go on."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
