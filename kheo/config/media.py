"""/media/: pictures and files of the public pages. A web server in front may serve the folder itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file below MEDIA_ROOT; uploads that need rights are kept elsewhere (PRIVATE_ROOT)."""
    answer = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    answer.headers["Cache-Control"] = "public, max-age=86400"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
