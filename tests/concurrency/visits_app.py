"""The beacon alone, for a server that the test kills. Folder and secret come from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from kheo.visits.middleware.beacon import Beacon


def _beyond(_environ, start_response):
    start_response("204 No Content", [])
    return []


application = Beacon(_beyond, folder=Path(os.environ["KHEO_HOME"]) / "visits", secret=os.environ["VISITS_SECRET"])
