"""A saved page as text: which encoding it is in, and whether it is text at all."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass

from kheo.core.errors import InvalidInput
from kheo.core.rules import legacy
from kheo.core.rules.text import nfc

LARGEST = 32 << 20
_META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_ARCHIVE = re.compile(rb"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|table|p|span|article|section|ul|h[1-6])\b[^>]{0,500}>", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffd]")
_FAMILIES = {"windows-1258": "cp1258", "windows-1252": "cp1252", "iso-8859-1": "cp1252", "utf8": "utf-8", "us-ascii": "utf-8"}
_KNOWN = ((b"%PDF", "PDF"), (b"PK\x03\x04", "Office/ZIP"), (b"\xd0\xcf\x11\xe0", "Word/Excel"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"Rar!", "RAR"), (b"\x1f\x8b", "GZIP"))


@dataclass(frozen=True)
class Text:
    """The page's text, the encoding it came in, whether it is HTML, and where it was saved from when the file says so."""

    content: str
    encoding: str
    is_html: bool
    converted: bool = False
    normalized: bool = False
    address: str = ""


def decode(data: bytes) -> Text:
    """The text of a saved page. Refuses an empty file, a file that is too large, and what is no text."""
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise InvalidInput(code="page_empty")
    if len(data) > LARGEST:
        raise InvalidInput(code="page_too_large", params={"size": len(data) >> 20, "limit": LARGEST >> 20})
    for magic, name in _KNOWN:
        if data.startswith(magic):
            raise InvalidInput(code="page_other_kind", params={"kind": name})
    if _ARCHIVE.search(data[:4000]):
        data, address = _unpacked(data)
    else:
        address = ""
    content, encoding = _decoded(data)
    sample = content[:200_000]
    if len(_CONTROLS.findall(sample)) > max(3, len(sample) // 500) or not any(ch.isalpha() for ch in sample):
        raise InvalidInput(code="page_not_text")
    found = legacy.detect(_words(content))
    converted = found in ("tcvn3", "vni", "mojibake")
    if converted:
        content, encoding = legacy.to_unicode(content, found).text, f"{encoding}, {found}"
    tidy = nfc(content)
    return Text(tidy.replace("\r\n", "\n").replace("\r", "\n"), encoding, _MARKUP.search(tidy[:500_000]) is not None, converted, tidy != content, address)


def _unpacked(data: bytes) -> tuple[bytes, str]:
    """The page inside a web archive (.mhtml), and its address. Refuses an archive without a page."""
    whole = email.message_from_bytes(data)
    page = next((part for part in whole.walk() if part.get_content_type() == "text/html"), None)
    content = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(content, bytes) or not content.strip():
        raise InvalidInput(code="page_archive")
    named = page.get_content_charset()
    if named and not _META.search(content[:4000]):
        content = f'<meta charset="{named}">'.encode() + content
    address = str(whole.get("Snapshot-Content-Location") or page.get("Content-Location") or "").strip()
    return content, address if address.startswith("http") else ""


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), name
    head = data[:4000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) >= 8 and zeros.count(0) > 0.3 * len(zeros) and head.count(0) < 0.6 * len(head):
            return data.decode(name, "replace"), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    named = _META.search(head)
    wanted = named.group(1).decode("ascii").lower() if named else ""
    for name in dict.fromkeys(filter(None, (_FAMILIES.get(wanted, wanted), *_guesses(data)))):
        try:
            return data.decode(name), name
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace"), "utf-8"


def _guesses(data: bytes) -> tuple[str, ...]:
    """Single-byte pages: Vietnamese Windows writes its tones as 0xCC 0xD2 0xDE 0xEC 0xF2 after plain letters."""
    tones = len(re.findall(rb"[aeiouyAEIOUY\xe2\xea\xf4\xe3\xf5\xfd][\xcc\xd2\xde\xec\xf2]", data[:200_000]))
    marks = sum(data[:200_000].count(bytes([code])) for code in (0xFD, 0xF5, 0xE3))
    return ("cp1258", "cp1252", "latin-1") if tones and marks else ("cp1252", "latin-1", "cp1258")


def _words(content: str) -> str:
    """Some running words of the page, without markup, to judge the encoding by."""
    start = max(0, min(len(content) // 4, 20_000))
    sample = content[start : start + 60_000]
    return re.sub(r"<[^>]{0,2000}>|&\w+;", " ", sample)
