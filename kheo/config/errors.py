"""Error pages that help."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key no longer fits (often after signing in elsewhere): say how to go on."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form that is too large says so (413), one that was cut off too (400), and how nothing of it is lost;
    anything else is a plain 400."""
    if isinstance(exception, BadRequest) and exception.args:
        return render(request, "400.html", {"exception": exception.args[0]}, status=400)
    if not isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return defaults.bad_request(request, exception)
    return render(request, "413.html", {"words": _too_large(exception)}, status=413)


def _too_large(exception: Exception) -> str:
    if isinstance(exception, TooManyFieldsSent):
        return _("The form holds more than %(limit)s fields.") % {"limit": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}
    return _("What was written is larger than %(limit)s MB.") % {"limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20}
