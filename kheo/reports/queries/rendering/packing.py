"""Office files that are the same bytes whenever they are made from the same content."""

from __future__ import annotations

import io
import re
import zipfile

FIXED = (2000, 1, 1, 0, 0, 0)
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def repacked(data: bytes, moment: str) -> bytes:
    """The package with fixed file times and with `moment` (ISO, Z) as the time of creation."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            if name == "docProps/core.xml":
                body = _STAMPS.sub(rb"\g<1>" + moment.encode() + rb"\g<2>", body)
            info = zipfile.ZipInfo(name, FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, body)
    return out.getvalue()
