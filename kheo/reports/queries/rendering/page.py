"""The report as one HTML file that stands alone: for the portal's archive or an e-mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string


def render(content: Mapping[str, Any], layout: str) -> bytes:
    """A whole HTML page without script and without anything fetched from elsewhere."""
    return render_to_string("reports/print/report.html", {"content": content, "paper": content["papers"][layout]}).encode()
