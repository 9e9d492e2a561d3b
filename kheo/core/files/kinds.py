"""What a file really is, from its bytes; its name only confirms."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal

import puremagic

from kheo.core.errors import InvalidInput
from kheo.core.files.archives import Archive

Kind = Literal["pdf", "docx", "xlsx", "xls", "ods", "csv", "txt", "jpg", "png", "webp"]

DOCUMENTS: frozenset[Kind] = frozenset({"pdf", "docx", "xlsx", "xls", "ods", "csv", "txt"})
PHOTOS: frozenset[Kind] = frozenset({"jpg", "png", "webp"})
ALLOWED: frozenset[Kind] = DOCUMENTS | PHOTOS

MIME: dict[Kind, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}

_ENDINGS: dict[str, Kind] = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "tsv": "csv"}
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<svg", b"<html", b"<!doctype", b"<?xml", b"<script", b"<?php", b"#!", b"{\\rtf")


def kind_of(data: bytes, filename: str = "", *, allowed: frozenset[Kind] = ALLOWED) -> Kind:
    """Return the kind of an accepted file.

    Raises InvalidInput ``file_empty``, ``file_heic``, ``file_has_macros``, ``file_encrypted``,
    ``file_kind_refused`` or, when the content is not what the ending of the name says,
    ``file_name_mismatch`` (another kind) or ``file_content_unknown`` (no kind that is known).
    """
    if not data:
        raise InvalidInput(code="file_empty")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise InvalidInput(code="file_heic")
    ending = PurePath(filename).suffix.lower().lstrip(".")
    found = _by_bytes(data, ending)
    if found is None or found not in allowed:
        shown = found or _name_of_unknown(data, ending)
        if _ENDINGS.get(shown, shown) in allowed:
            raise InvalidInput(code="file_content_unknown", params={"name": filename, "kind": shown})
        listed = ", ".join(f".{kind}" for kind in sorted(allowed))
        raise InvalidInput(code="file_kind_refused", params={"kind": shown, "allowed": listed})
    if ending and _ENDINGS.get(ending, ending) != found:
        raise InvalidInput(code="file_name_mismatch", params={"name": filename, "kind": found})
    return found


def _by_bytes(data: bytes, ending: str) -> Kind | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"PK\x03\x04"):
        return _container(data)
    if data.startswith(_OLE):
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _text(data, ending)


def _container(data: bytes) -> Kind | None:
    archive = Archive(data)
    if any(name.lower().endswith("vbaproject.bin") for name in archive.names):
        raise InvalidInput(code="file_has_macros")
    if "word/document.xml" in archive:
        return "docx"
    if "xl/workbook.xml" in archive:
        return "xlsx"
    if "content.xml" in archive and "mimetype" in archive:
        return "ods" if archive.read("mimetype").strip().endswith(b".spreadsheet") else None
    return None


def _compound(data: bytes) -> Kind | None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InvalidInput(code="file_encrypted")
    if "WordDocument".encode("utf-16-le") in data:
        return None
    return "xls" if "Workbook".encode("utf-16-le") in data else None


def _text(data: bytes, ending: str) -> Kind | None:
    """Text has no signature: it must be named as text and hold no markup and no binary."""
    if ending not in ("csv", "tsv", "txt") or data[:512].lstrip().lower().startswith(_MARKUP):
        return None
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and b"\0" in data[:65536]:
        return None
    return "txt" if ending == "txt" else "csv"


def _name_of_unknown(data: bytes, ending: str) -> str:
    try:
        found = puremagic.from_string(data[:4096])
    except (puremagic.PureError, ValueError):
        found = ""
    return str(found).lstrip(".") or ending or "?"
