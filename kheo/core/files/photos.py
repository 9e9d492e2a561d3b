"""Photos as they may be published: no place, no device, no hidden data; a sensible size."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import BinaryIO, Literal

from PIL import Image, ImageCms, ImageOps

from kheo.core.errors import InvalidInput
from kheo.core.files import gifs

MAX_SIDE = 2560
MAX_ORIGINAL = 4096
"""The longest side of an original that smaller sizes are made of; on paper 35 cm at 300 dpi."""
THUMBNAIL_SIDE = 480
MAX_PIXELS = 60_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")  # JPEG reads the MPO of phones too
_STORED = (*_FORMATS, "AVIF")  # what earlier versions took too
_GIF = b"GIF8"

_HIDDEN = frozenset({"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "mp"})


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo written anew, with its thumbnail (always JPEG). Sizes are pixels."""

    data: bytes
    kind: Literal["jpg", "png"]
    width: int
    height: int
    thumbnail: bytes
    thumbnail_width: int
    thumbnail_height: int


def reencode(data: bytes, *, max_side: int = MAX_SIDE) -> Photo:
    """Return the photo with only its pixels kept: upright, in sRGB, no longer than ``max_side``.

    EXIF with GPS, comments, previews and anything appended are gone because the pixels are
    copied into a new image. Raises InvalidInput ``photo_unreadable`` or ``photo_too_large``.
    """
    picture = _pixels(_open(data), max_side)
    kind: Literal["jpg", "png"] = "png" if picture.mode == "RGBA" else "jpg"
    small = _on_white(picture)
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Photo(
        data=_png(picture) if kind == "png" else _jpeg(picture, 85),
        kind=kind,
        width=picture.width,
        height=picture.height,
        thumbnail=_jpeg(small, 80),
        thumbnail_width=small.width,
        thumbnail_height=small.height,
    )


def cleaned(data: bytes, *, max_side: int = MAX_ORIGINAL) -> tuple[bytes, Literal["jpg", "png", "gif"]]:
    """The original of a picture without what the camera wrote into it: place, device, previews.

    A photograph (JPEG, WebP, AVIF) is written anew as by :func:`reencode`; a PNG keeps its very pixels,
    palette and colour profile, for drawings and charts; a GIF loses its words and keeps the rest byte for
    byte. Raises InvalidInput as `reencode` does.
    """
    if data.startswith(_GIF):
        return gifs.plain(data), "gif"
    picture = _open(data, _STORED)
    if picture.format != "PNG":
        pixels = _pixels(picture, max_side)
        return (_png(pixels), "png") if pixels.mode == "RGBA" else (_jpeg(pixels, 85), "jpg")
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    upright.info = {name: upright.info[name] for name in ("transparency",) if name in upright.info}
    out = io.BytesIO()
    upright.save(out, "PNG", optimize=True, icc_profile=profile)
    return out.getvalue(), "png"


def tells(file: BinaryIO) -> bool:
    """Whether a picture carries more than its pixels: EXIF, XMP, IPTC, comments. Reads as far as its format
    asks: the header of a JPEG, the whole of the others, which may carry them at the end."""
    try:
        if file.read(len(_GIF)) == _GIF:
            file.seek(0)
            data = file.read()
            return gifs.plain(data) != data
        file.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=_STORED)
        return bool(picture.getexif()) or not _HIDDEN.isdisjoint(picture.info) or bool(getattr(picture, "text", None))
    except (Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError, InvalidInput):
        return False  # no picture of a camera


def _open(data: bytes, formats: tuple[str, ...] = _FORMATS) -> Image.Image:
    """Read the header only, refuse too many pixels, then decode."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=formats)
        if picture.width * picture.height > MAX_PIXELS:
            raise InvalidInput(code="photo_too_large", params={"limit": MAX_PIXELS // 10**6})
        picture.load()
    except Image.DecompressionBombError as error:
        raise InvalidInput(code="photo_too_large", params={"limit": MAX_PIXELS // 10**6}) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        # Pillow reports broken files in all these ways.
        raise InvalidInput(code="photo_unreadable") from error
    return picture


def _pixels(picture: Image.Image, max_side: int) -> Image.Image:
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    transparent = "A" in upright.getbands() or "transparency" in upright.info
    plain = _in_srgb(upright, profile).convert("RGBA" if transparent else "RGB")
    if transparent and plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert("RGB")
    plain.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a broken profile: the numbers are taken as sRGB
    return turned or picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture.copy()
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
