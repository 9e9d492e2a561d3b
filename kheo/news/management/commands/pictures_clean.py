"""`kheo pictures clean`: what cameras wrote into pictures that are stored already goes."""

from __future__ import annotations

from typing import Any

from kheo.core.commands import KheoCommand, Owner
from kheo.core.errors import InvalidInput
from kheo.core.messages import describe
from kheo.news.actions import clean_picture
from kheo.news.queries import pictures


class Command(KheoCommand):
    help = "Xóa vị trí chụp, tên máy và dữ liệu ẩn khác trong ảnh của trang tin đã tải lên."
    prints_results = True

    def run(self, **options: Any) -> int | None:
        """Idempotent. Exit 1 when a picture could not be read; the others are done."""
        done, unread = 0, []
        for picture in self.bar(list(pictures.telling()), "Ảnh"):
            try:
                clean_picture.clean_picture(picture, by=Owner())
                done += 1
            except InvalidInput as error:
                unread.append({"id": picture.pk, "title": picture.title, "error": str(describe(error))})
        self.say(f"Đã làm sạch {done} ảnh.")
        for one in unread:
            self.say(f"Ảnh {one['id']} “{one['title']}”: {one['error']}")
        self.answer({"cleaned": done, "unreadable": unread})
        return 1 if unread else None
