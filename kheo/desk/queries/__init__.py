"""What the desk shows each role: its menu, what waits, and until when."""

from kheo.core.waiting import Waiting
from kheo.desk.queries.navigation import navigation
from kheo.desk.queries.waiting import waiting_for

__all__ = ["Waiting", "navigation", "waiting_for"]
