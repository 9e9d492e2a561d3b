"""GIFs without the words that programs write into them; frames, times and pixels stay byte for byte."""

from __future__ import annotations

from kheo.core.errors import InvalidInput

_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""Applications whose block says how often the frames run; every other (XMP, for one) only tells."""
_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_TIMES, _APPLICATION = 0xF9, 0xFF


def plain(data: bytes) -> bytes:
    """The GIF with only what is drawn: no comments, no XMP, no text blocks, nothing after its end.

    A file cut off between two blocks is closed. Raises InvalidInput ``photo_unreadable`` for anything else.
    """
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:
        raise InvalidInput(code="photo_unreadable")
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while at < len(data) and data[at] != _END:
        end = _after(data, at)
        if _drawn(data, at):
            kept.append(data[at:end])
        at = end
    if at > len(data):
        raise InvalidInput(code="photo_unreadable")
    return b"".join(kept) + bytes([_END])


def _drawn(data: bytes, at: int) -> bool:
    if data[at] == _IMAGE or data[at + 1] == _TIMES:
        return True
    return data[at + 1] == _APPLICATION and data[at + 3 : at + 14] in _LOOPS


def _after(data: bytes, at: int) -> int:
    """Where the block that begins at ``at`` ends."""
    try:
        if data[at] == _IMAGE:
            at += 11 + _colours(data[at + 9])  # descriptor, its palette, the smallest code's size
        elif data[at] == _EXTENSION:
            at += 2
        else:
            raise InvalidInput(code="photo_unreadable")
        while data[at]:
            at += 1 + data[at]
    except IndexError as error:
        raise InvalidInput(code="photo_unreadable") from error
    return at + 1


def _colours(flags: int) -> int:
    """Bytes of the palette that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
