"""The report as PDF through typst, with the bundled Tinos (metric-compatible with Times New Roman)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from kheo.reports.queries.rendering.fitting import breaking, widths
from kheo.reports.rules.formats import ANNEX_SIZE, Format, annex_head
from kheo.reports.rules.text import annex_names, closed

ROOT = Path(__file__).resolve().parents[2] / "templates" / "reports" / "print"
FONTS = Path(settings.BASE_DIR) / "kheo" / "core" / "static" / "kheo" / "fonts" / "print"


def render(content: Mapping[str, Any], layout: str) -> bytes:
    """The pages. Texts go in as JSON data, never as typst source, so nothing written in a report can run."""
    paper = content["papers"][layout]
    form = Format.of(layout, paper["format"])
    names = annex_names(len(content["annexes"]))
    sections = [
        section | {"blocks": [_placed(block, form) for block in section["blocks"]]} for section in closed(content["sections"], paper["end_mark"])
    ]
    room = 297 - form.margins["left"] - form.margins["right"]
    annexes = [
        breaking(annex) | {"head": annex_head(name, annex, content, paper, form), "size": ANNEX_SIZE, "widths": widths(annex, room, ANNEX_SIZE)}
        for name, annex in zip(names, content["annexes"], strict=True)
    ]
    data = {"title": content["title"], "subject": content["subject"], "paper": paper, "sections": sections, "annexes": annexes}
    moment = datetime.fromisoformat(content["day"]).replace(tzinfo=UTC)
    made: bytes = typst.compile(
        str(ROOT / "report.typ"), root=str(ROOT), font_paths=[str(FONTS)], ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, timestamp=int(moment.timestamp()),
    )
    return made


def _placed(block: dict[str, Any], form: Format) -> dict[str, Any]:
    """A block with the widths of its table."""
    if block["kind"] != "table":
        return block
    size = form.sizes["table"]
    return block | {"table": breaking(block["table"]) | {"size": size, "widths": widths(block["table"], form.text_width, size)}}
