"""Plain drawings that stand for photographs in the demo; nobody real is in them."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

ALTS = {
    "economy": "Hình vẽ minh họa: luống cây thẳng hàng dưới chân đồi",
    "culture-society": "Hình vẽ minh họa: con đường trồng hoa hai bên",
    "defence-security": "Hình vẽ minh họa: ngã tư có đèn và lối sang đường",
    "political-system": "Hình vẽ minh họa: nhà văn hóa có lá cờ và bàn tiếp dân",
}
SKY, HILL, FIELD, ROAD = (219, 234, 240), (122, 158, 120), (196, 205, 140), (150, 143, 135)


def draw(field: str, seed: int) -> bytes:
    """A JPEG of 960 × 600 pixels; the same field and seed give the same picture."""
    random_ = random.Random(f"{field}-{seed}")  # noqa: S311
    picture = Image.new("RGB", (1200, 750), SKY)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((930, 60, 1050, 180), fill=(247, 214, 120))
    for x in range(-200, 1200, 350):
        top = 300 + random_.randrange(-60, 60)
        pen.polygon([(x, 520), (x + 260, top), (x + 560, 520)], fill=tuple(c + random_.randrange(-12, 12) for c in HILL))
    pen.rectangle((0, 500, 1200, 750), fill=FIELD)
    _DRAWERS[field](pen, random_)
    stream = io.BytesIO()
    picture.resize((960, 600)).save(stream, "JPEG", quality=82)
    return stream.getvalue()


def _rows(pen: ImageDraw.ImageDraw, random_: random.Random) -> None:
    for y in range(530, 750, 40):
        for x in range(20, 1200, 60):
            pen.ellipse((x, y, x + 34, y + 22), fill=(70, 120 + random_.randrange(40), 60))


def _flowers(pen: ImageDraw.ImageDraw, random_: random.Random) -> None:
    pen.polygon([(520, 500), (680, 500), (980, 750), (220, 750)], fill=ROAD)
    for _n in range(160):
        x, y = random_.randrange(0, 1200), random_.randrange(510, 745)
        if not 220 + (750 - y) * 1.2 < x < 980 - (750 - y) * 1.2:
            pen.ellipse((x, y, x + 12, y + 12), fill=random_.choice([(190, 40, 50), (226, 160, 40), (235, 235, 235)]))


def _crossing(pen: ImageDraw.ImageDraw, random_: random.Random) -> None:
    pen.rectangle((0, 590, 1200, 690), fill=ROAD)
    for x in range(430, 780, 60):
        pen.rectangle((x, 600, x + 30, 680), fill=(245, 245, 245))
    pen.rectangle((860, 380, 872, 600), fill=(80, 80, 80))
    for n, colour in enumerate([(190, 40, 50), (226, 160, 40), (60, 150, 80)]):
        pen.ellipse((848, 390 + 36 * n, 884, 424 + 36 * n), fill=colour)


def _house(pen: ImageDraw.ImageDraw, random_: random.Random) -> None:
    pen.rectangle((380, 380, 820, 620), fill=(244, 232, 208))
    pen.polygon([(350, 385), (600, 270), (850, 385)], fill=(163, 60, 48))
    pen.rectangle((560, 480, 640, 620), fill=(120, 84, 56))
    pen.rectangle((900, 300, 908, 620), fill=(90, 90, 90))
    pen.rectangle((908, 300, 1000, 360), fill=(200, 30, 40))


_DRAWERS = {"economy": _rows, "culture-society": _flowers, "defence-security": _crossing, "political-system": _house}
