"""What the demo holds beside the registry of practices, room by room, in the order of the story.

A chapter is a function of the Story; it calls the verbs of its room and is quick (a few seconds).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kheo.config.demo import (
    documents,
    indicators,
    inspections,
    news,
    portal,
    procedures,
    reports,
    surveys,
    visits,
)

if TYPE_CHECKING:
    from kheo.config.demo.story import Story

# (what the progress bar says, the function)
CHAPTERS: tuple[tuple[str, Callable[[Story], None]], ...] = (
    ("Trang của phường", portal.tell),
    ("Lịch làm việc, kiểm tra, giám sát", inspections.tell),
    ("Khảo sát ý kiến người dân", surveys.tell),
    ("Tin tức", news.tell),
    ("Chỉ tiêu năm 2022, 2023", indicators.tell),
    ("Bộ đếm lượt truy cập", visits.tell),
    ("Kết quả giải quyết TTHC", procedures.tell),
    ("Văn bản công khai", documents.tell),
    # Last: reports speak of everything told before.
    ("Báo cáo tổng kết, sơ kết", reports.tell),
)
