"""Runs in its own process: reads a PDF from standard input, writes its text page by page.

A hostile PDF can keep a parser busy for hours or fill the memory, so it is parsed where it can be
stopped. Imports nothing of ours: it is started by its path. Exit code 3 means "encrypted".
"""

from __future__ import annotations

import contextlib
import io
import logging
import resource
import sys

import pypdf
from pypdf.errors import PyPdfError

_MEMORY = 1 << 30
_ENCRYPTED, _DAMAGED = 3, 4


def main() -> int:
    """Write the text of the first pages; return the exit code."""
    logging.disable(logging.CRITICAL)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    pages = int(sys.argv[1])
    try:
        reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            return _ENCRYPTED
        for page in reader.pages[:pages]:
            text = page.extract_text() + "\n\f"
            sys.stdout.buffer.write(text.encode("utf-8", "ignore"))
            sys.stdout.buffer.flush()
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        MemoryError,
    ):
        # pypdf meets broken structures in all these ways; the pages read so far are out already.
        return _DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(main())
