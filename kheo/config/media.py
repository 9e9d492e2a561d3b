"""/media/: pictures and files of the public pages; uploads that need rights are kept elsewhere (PRIVATE_ROOT).

Answers GET and HEAD with a tag, 304, and one range of bytes (a film is wound forward, a broken
download goes on). What a browser may show is an allow-list by ending; everything else is saved, never
run: an .svg or .html that an editor uploaded must not act in the name of this site.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

SHOWN = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif",
    ".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8", ".mp4": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg",
}  # fmt: skip
SAVED = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text", ".csv": "text/csv; charset=utf-8", ".zip": "application/zip",
}  # fmt: skip
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
STEP = 64 << 10


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file below MEDIA_ROOT; 404 for anything else, whatever its name tries."""
    found = _find(path)
    try:
        file = found.open("rb")
    except OSError as error:
        raise Http404 from error
    about = os.fstat(file.fileno())
    tag = f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
    answer: HttpResponseBase | None = get_conditional_response(request, tag, int(about.st_mtime))
    if answer is not None:  # the reader holds this very file
        file.close()
    else:
        answer = _answer(request, file, about.st_size, tag)
        _name(answer, found)
    always = {
        "ETag": tag, "Last-Modified": http_date(about.st_mtime), "Cache-Control": "public, max-age=86400",
        "X-Content-Type-Options": "nosniff", "Accept-Ranges": "bytes",
    }  # fmt: skip
    for name, value in always.items():
        answer.headers[name] = value
    return answer


def _find(path: str) -> Path:
    if "\0" in path or "\\" in path or len(path) > 500 or any(part.startswith(".") or not part for part in path.split("/")):
        raise Http404
    try:
        found = Path(safe_join(settings.MEDIA_ROOT, path))
        inside = found.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())
        if not inside or not found.is_file():  # a link may not lead out of the folder
            raise Http404
    except (SuspiciousFileOperation, ValueError, OSError) as error:
        raise Http404 from error
    return found


def _answer(request: HttpRequest, file: BinaryIO, size: int, tag: str) -> HttpResponseBase:
    wanted = _range(request, size, tag)
    if wanted == (0, 0) and size:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    begin, end = wanted or (0, size)
    if request.method == "HEAD":
        file.close()
        answer: HttpResponseBase = HttpResponse()
    elif wanted:
        answer = StreamingHttpResponse(_part(file, begin, end))
    else:
        answer = FileResponse(file)
    if wanted:
        answer.status_code = 206
        answer.headers["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
    answer.headers["Content-Length"] = str(end - begin)
    return answer


def _range(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """[begin, end) of the one range asked for; None for the whole; (0, 0) when it lies outside.

    Several ranges, or a range of another state of the file (If-Range), are answered with the whole.
    """
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.groups() == ("", "") or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = asked.groups()
    if not first:
        begin, end = max(0, size - int(last)), size
    else:
        begin, end = int(first), min(int(last) + 1, size) if last else size
    if last and first and int(last) < int(first):
        return None
    return (begin, end) if begin < end else (0, 0)


def _part(file: BinaryIO, begin: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(begin)
        while begin < end and (piece := file.read(min(STEP, end - begin))):
            begin += len(piece)
            yield piece


def _name(answer: HttpResponseBase, found: Path) -> None:
    """What it is, and whether a browser shows it."""
    ending = found.suffix.lower()
    answer.headers["Content-Type"] = SHOWN.get(ending) or SAVED.get(ending) or "application/octet-stream"
    kind = "inline" if ending in SHOWN else "attachment"
    answer.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(found.name, safe='')}"
