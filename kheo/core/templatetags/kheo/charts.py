"""Bar charts as server-side SVG with a data table: no script, any width, readable text.

The drawing has no viewBox: lengths across are percentages and lengths down are in em, so
text keeps its size on a telephone instead of shrinking with the picture.
"""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template

from kheo.core.templatetags.kheo.filters import number, percent

register = template.Library()

LINE = Decimal("1.45")  # em, one line of label
BAR = Decimal("1.1")  # em, one bar
GAP = Decimal("0.9")  # em, between groups
LABEL_WIDTH = 28  # characters that fit beside the value at 360 px; a wide chart shows the label unbroken


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    rows: Iterable[Any],
    title: str,
    description: str = "",
    series: Sequence[str] = (),
    kind: str = "number",
    label_heading: str = "",
    value_heading: str = "",
    table: str = "details",
    chart_id: str = "",
) -> dict[str, Any]:
    """Horizontal bars.

    `rows` holds dicts {label, value, href?} or pairs (label, value); with `series` the value
    is a list as long as `series`. `kind` is number or percent. None is drawn as "no figure",
    which is not the same as 0. `table` is details (folded) or open.
    """
    entries = [_entry(row, bool(series)) for row in rows]
    values = [value for entry in entries for value in entry["values"] if value is not None]
    top = max([*values, Decimal(100) if kind == "percent" else Decimal(0)])
    write = percent if kind == "percent" else number
    height = Decimal(0)
    for entry in entries:
        height = _place(entry, height, top, write)
    identity = chart_id or f"chart-{zlib.crc32(title.encode()):08x}"
    return {
        "entries": entries,
        "title": title,
        "description": description,
        "series": [(name, len(series) - 1 - index) for index, name in enumerate(series)],
        "label_heading": label_heading,
        "value_heading": value_heading,
        "height": _em(height),
        "open": table == "open",
        "id": identity,
    }


def _entry(row: Any, several: bool) -> dict[str, Any]:
    if isinstance(row, Mapping):
        label, value, href = row["label"], row["value"], row.get("href", "")
    else:
        label, value = row[0], row[1]
        href = row[2] if len(row) > 2 else ""
    given = list(value) if several else [value]
    values = [None if item is None else Decimal(str(item)) for item in given]
    return {"label": str(label), "href": href, "values": values}


def _place(entry: dict[str, Any], start: Decimal, top: Decimal, write: Any) -> Decimal:
    """Put one group of bars below `start` (em) and return where the next one begins."""
    lines = textwrap.wrap(entry["label"], LABEL_WIDTH) or [""]
    entry["lines"] = [
        {"text": text, "y": _em(start + LINE * (index + 1) - Decimal("0.4"))}
        for index, text in enumerate(lines)
    ]
    entry["unbroken"] = entry["lines"][-1]["y"] if len(lines) > 1 else ""
    single = len(entry["values"]) == 1
    below = start + LINE * len(lines)
    entry["bars"] = []
    for index, value in enumerate(entry["values"]):
        share = Decimal(0) if value is None or not top else max(value, Decimal(0)) / top
        reach = share * (100 if single else 82)
        entry["bars"].append(
            {
                "shown": write(value),
                "width": f"{reach:.2f}%",
                "y": _em(below),
                "height": _em(BAR),
                "text_x": "100%" if single else f"{reach + 1:.2f}%",
                "text_y": entry["lines"][-1]["y"] if single else _em(below + BAR - Decimal("0.2")),
                "anchor": "end" if single else "start",
                "series": len(entry["values"]) - 1 - index,  # the last series is the red one
            }
        )
        below += BAR + (Decimal(0) if single else Decimal("0.25"))
    return below + GAP


def _em(length: Decimal) -> str:
    return f"{length.quantize(Decimal('0.01'))}em"
