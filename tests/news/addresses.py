"""What the tests of the whole house walk over in the room of the news."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.rich_text import RichText

from kheo.accounts.actions import sync_groups
from kheo.news.actions import import_page
from tests.cast import Cast
from tests.news.conftest import WORDS, article, media_parts
from tests.news.old_pages import PAGE

OPEN = "200 200 200 200 200 200 200 200 200"
TABLE = {
    "news:index": OPEN, "news:category": OPEN, "news:tag": OPEN, "news:archive": OPEN, "news:month": OPEN, "news:print": OPEN,
    "news:article": OPEN, "news:rss": OPEN, "news:atom": OPEN, "news:category_rss": OPEN, "news:category_atom": OPEN, "rss": OPEN, "wagtail_serve": OPEN,
    "news_desk:index": "302 403 403 403 403 200 200 403 200", "news_desk:twins": "302 403 403 403 403 200 403 403 200",
    "news_desk:imports": "302 403 403 403 403 200 200 403 200", "news_desk:import": "302 403 403 403 403 200 200 403 200",
    "media": "404 404 404 404 404 404 404 404 404",
    "wagtailcore_authenticate_with_password": "404 404 404 404 404 404 404 404 404",
    "wagtailcore_login": "302 302 302 302 302 302 302 302 302",
}


def samples(cast: Cast) -> dict[str, dict[str, Any]]:
    """One published article with a tag."""
    page = article(at=datetime(2023, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))
    page.tags.add("khu phố")
    page.save()
    row = import_page.import_page(PAGE, "trang-cu.txt", by=None)
    code = {"code": page.category.code}
    return {
        "news:category": code, "news:category_rss": code, "news:category_atom": code, "news:tag": {"slug": page.tags.first().slug},
        "news:month": {"year": 2023, "month": 11}, "news:print": {"slug": page.slug}, "news:article": {"slug": page.slug}, "wagtail_serve": {"path": f"tin-tuc/{page.slug}/"},
        "news_desk:twins": {"pk": page.pk}, "news_desk:import": {"pk": row.pk},
        "media": {"path": "images/khong-co.jpg"},
        "wagtailcore_authenticate_with_password": {"page_view_restriction_id": 1, "page_id": page.pk},
    }


def pages(cast: Cast) -> dict[str, tuple[Any, str]]:
    """The pages for the browser walk."""
    body = [("text", RichText(f"<p>{WORDS}</p>")), *media_parts()]
    page = article(at=datetime(2023, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")), body=body)
    copy = article("Bài chép lại", text=WORDS, lead=page.lead, live=False)
    row = import_page.import_page(PAGE, "trang-cu.txt", by=None)
    for person in (cast.editor, cast.leader):
        sync_groups.sync_groups(person)
    return {
        "news, desk": (cast.editor, "/ban-lam-viec/tin-tuc/"),
        "news, twins": (cast.leader, f"/ban-lam-viec/tin-tuc/trung/{copy.pk}/"),
        "news, old pages": (cast.editor, "/ban-lam-viec/tin-tuc/trang-cu/"),
        "news, an old page": (cast.editor, f"/ban-lam-viec/tin-tuc/trang-cu/{row.pk}/"),
        "news, list": (None, "/tin-tuc/"),
        "news, article": (None, f"/tin-tuc/{page.slug}/"),
        "news, print view": (None, f"/tin-tuc/in/{page.slug}/"),
        "news, category": (None, f"/tin-tuc/chuyen-muc/{page.category.code}/"),
        "news, months": (None, "/tin-tuc/luu-tru/"),
    }
