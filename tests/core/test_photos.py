"""Pictures that say more than they show."""

from __future__ import annotations

import os
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from kheo.core.errors import InvalidInput
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


def moving(**more) -> bytes:
    out, frames = BytesIO(), [Image.new("RGB", (60, 40), (90 * n, 0, 0)) for n in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=[80, 120, 200], loop=0, **more)
    return out.getvalue()


def test_a_gif_loses_its_words_and_keeps_its_frames():
    # a comment, XMP as another application's block, and words behind the end
    data = moving(comment=b"nha cua toi")
    at = data.index(b"!\xfe")
    data = data[:at] + b"!\xff\x0bXMP DataXMP\x05kinh \x00" + data[at:] + b"vi do"
    assert photos.tells(BytesIO(data))
    kept, kind = photos.cleaned(data)
    assert kind == "gif" and kept == moving() and not photos.tells(BytesIO(kept))
    with Image.open(BytesIO(kept)) as shown:
        assert (shown.n_frames, shown.info["loop"]) == (3, 0)


@pytest.mark.parametrize("cut", [4, 20, -30])
def test_a_gif_cut_off_is_refused(cut):
    with pytest.raises(InvalidInput) as refusal:
        photos.cleaned(moving(comment=b"nha cua toi")[:cut])
    assert refusal.value.code == "photo_unreadable"


def test_an_avif_of_earlier_is_detected_and_written_anew():
    data = noise("AVIF", exif=exif())
    assert photos.tells(BytesIO(data))
    kept, kind = photos.cleaned(data)
    assert kind == "jpg" and not photos.tells(BytesIO(kept))


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "JPEG", "GIF", "AVIF"])
def test_a_plain_picture_tells_nothing(kind):
    assert not photos.tells(BytesIO(noise(kind)))


def test_what_is_no_picture_tells_nothing():
    assert not photos.tells(BytesIO(b"%PDF-1.7"))
