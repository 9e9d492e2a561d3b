"""One look at an upload: what it is, whether it is accepted, what it would give away."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from kheo.core import messages
from kheo.core.errors import InvalidInput
from kheo.core.files import kinds
from kheo.core.files.identity import Finding, find
from kheo.core.files.text import extract
from kheo.core.rules.text import nfc

MAX_SIZE = 20 << 20


@dataclass(frozen=True, slots=True)
class FileReport:
    """What is known of a file. ``kind`` is None when it is refused before it is recognised.

    ``text_checked`` is False for photos, scanned pages and whatever else holds no text: nothing
    found there proves nothing.
    """

    kind: kinds.Kind | None
    sha256: str
    size: int
    findings: tuple[Finding, ...] = ()
    text_checked: bool = False
    refusal: InvalidInput | None = None

    @property
    def accepted(self) -> bool:
        return self.refusal is None

    @property
    def certain(self) -> list[Finding]:
        """The places that surely are personal data; others only may be."""
        return [finding for finding in self.findings if finding.certainty == "sure"]

    @property
    def refused_reason(self) -> str:
        """Why the file is refused and what to do, in the reader's language; empty if it is not."""
        return messages.describe(self.refusal) if self.refusal else ""


def scan(
    data: bytes,
    filename: str,
    *,
    allowed: frozenset[kinds.Kind] = kinds.ALLOWED,
    max_size: int = MAX_SIZE,
) -> FileReport:
    """Return the report on an upload; never raises for a bad file.

    The file's name is scanned together with its text.
    """
    digest = hashlib.sha256(data).hexdigest()
    kind: kinds.Kind | None = None
    try:
        if len(data) > max_size:
            raise InvalidInput(code="file_too_large", params={"limit": max_size >> 20})
        kind = kinds.kind_of(data, filename, allowed=allowed)
        text = extract(data, kind)
    except InvalidInput as refusal:
        return FileReport(kind, digest, len(data), refusal=refusal)
    findings = find(nfc(PurePath(filename).stem)) + find(text)
    return FileReport(kind, digest, len(data), tuple(findings), text_checked=bool(text.strip()))
