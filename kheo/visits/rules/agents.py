"""Who sent the hit: a person's browser, a robot, a watcher of availability; and on what device.

Robots are data: the list of crawler-user-agents, compiled once with RE2 and remembered per user
agent. A user agent is looked at and forgotten; nothing here writes.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import re2

LONGEST = 512
_MONITORS = (
    "UptimeRobot", "Pingdom", "StatusCake", "Site24x7", "updown.io", "BetterUptime", "Better Uptime",
    "Uptime-Kuma", "HetrixTools", "NodePing", "Zabbix", "check_http", "nagios", "kube-probe", "Prometheus",
    "blackbox-exporter", "Datadog", "NewRelicPinger", "Checkly", "GoogleStackdriverMonitoring", "Uptime",
)  # fmt: skip


@lru_cache(maxsize=1)
def _robots() -> tuple[Any, list[re.Pattern[str]]]:
    """All patterns in one RE2 program, and those that RE2 cannot read, for Python's own."""
    data = json.loads(files("crawleruseragents").joinpath("crawler-user-agents.json").read_text("utf-8"))
    fit: list[str] = []
    rest: list[re.Pattern[str]] = []
    options = re2.Options()
    options.log_errors = False
    for entry in data:
        try:
            re2.compile(entry["pattern"], options)
            fit.append(entry["pattern"])
        except re2.error:
            rest.append(re.compile(entry["pattern"]))
    options.max_mem = 64 << 20
    return re2.compile("|".join(f"(?:{pattern})" for pattern in fit), options), rest


_WATCHERS = re.compile("|".join(map(re.escape, _MONITORS)), re.IGNORECASE)


@lru_cache(maxsize=16_384)
def kind(agent: str) -> str:
    """``monitor``, ``robot`` or ``person``. No user agent at all is a robot."""
    agent = agent[:LONGEST]
    if _WATCHERS.search(agent):
        return "monitor"
    program, rest = _robots()
    if not agent.strip() or program.search(agent) or any(pattern.search(agent) for pattern in rest):
        return "robot"
    return "person"


_TABLET = re.compile(r"iPad|Tablet|PlayBook|Silk/|Android(?!.*Mobile)")
_PHONE = re.compile(r"Mobi|iPhone|iPod|Android|Opera Mini|Windows Phone")
_DESKTOP = re.compile(r"Windows NT|Macintosh|X11|CrOS|Linux")


@lru_cache(maxsize=16_384)
def device(agent: str) -> str:
    """``phone``, ``tablet``, ``desktop`` or ``other``."""
    agent = agent[:LONGEST]
    for name, pattern in (("tablet", _TABLET), ("phone", _PHONE), ("desktop", _DESKTOP)):
        if pattern.search(agent):
            return name
    return "other"


def warm() -> None:
    """Compile the patterns now rather than at the first hit."""
    kind("Mozilla/5.0 warm")
