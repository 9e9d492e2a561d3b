"""Pictures that say more than they show."""

from __future__ import annotations

import os
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from kheo.core.files import photos

SIDE = 400  # of noise: more than 256 KB in either format, so that what stands at the end stands far


def exif() -> Image.Exif:
    found = Image.Exif()
    found[0x0112] = 6  # turned by 90 degrees
    found.get_ifd(0x8825).update({1: "N", 2: (20.0, 4.0, 30.0)})
    return found


def noise(kind: str, **more) -> bytes:
    out = BytesIO()
    Image.frombytes("RGB", (SIDE, SIDE), os.urandom(3 * SIDE * SIDE)).save(out, kind, **more)
    return out.getvalue()


def text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add(b"tEXt", b"Comment\0nha cua toi", after_idat=True)
    return info


@pytest.mark.parametrize(
    ("kind", "more"),
    [("WEBP", {"exif": exif(), "lossless": True}), ("PNG", {"exif": exif()}), ("PNG", {"pnginfo": text()}), ("JPEG", {"exif": exif(), "quality": 100})],
)
def test_a_large_picture_is_read_to_its_end(kind, more):
    data = noise(kind, **more)
    assert len(data) > 256 << 10
    assert photos.tells(BytesIO(data))
    kept, _kind = photos.cleaned(data)
    assert not photos.tells(BytesIO(kept))


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "JPEG"])
def test_a_plain_picture_tells_nothing(kind):
    assert not photos.tells(BytesIO(noise(kind)))


def test_what_is_no_picture_tells_nothing():
    assert not photos.tells(BytesIO(b"%PDF-1.7"))
