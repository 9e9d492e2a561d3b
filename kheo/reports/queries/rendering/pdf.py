"""The report as PDF through typst, with the bundled Tinos (metric-compatible with Times New Roman)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2] / "templates" / "reports" / "print"
FONTS = Path(settings.BASE_DIR) / "kheo" / "core" / "static" / "kheo" / "fonts" / "print"


def render(content: Mapping[str, Any], layout: str) -> bytes:
    """The pages. Texts go in as JSON data, never as typst source, so nothing written in a report can run."""
    data = {**content, "paper": content["papers"][layout], "figures": {}}
    data.pop("papers")
    moment = datetime.fromisoformat(content["day"]).replace(tzinfo=UTC)
    made: bytes = typst.compile(
        str(ROOT / "report.typ"), root=str(ROOT), font_paths=[str(FONTS)], ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, timestamp=int(moment.timestamp()),
    )
    return made
