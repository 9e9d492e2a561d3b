"""An article as an editor writes it, on the default site."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Site
from wagtail.rich_text import RichText

from kheo.accounts.actions import sync_groups
from kheo.news.actions import set_up
from kheo.news.models import ArticlePage, Category

WORDS = (
    "Khu phố vận động từng nhà dọn cỏ, quét vôi gốc cây và đặt thùng rác ở đầu ngõ vào sáng thứ Bảy hằng tuần. "
    "Sau ba tháng, con đường dài một cây số đã sạch, người già đi bộ mỗi chiều và trẻ em đạp xe tới trường an toàn hơn. "
    "Ban công tác Mặt trận giao mỗi tổ một đoạn, có sổ theo dõi và biểu dương ngay trong buổi họp cuối tháng."
)


def site() -> Site:
    """The default site."""
    return Site.objects.get(is_default_site=True)


def article(title: str = "Khu phố 1 giữ sạch đường hoa", *, text: str = WORDS, live: bool = True, on: Site | None = None, **fields: Any) -> ArticlePage:
    """A saved article; published at once unless `live=False`. `at` sets the day of publication."""
    at: datetime | None = fields.pop("at", None)
    category = fields.pop("category", None) or Category.objects.first()
    page = ArticlePage(
        title=title, lead=fields.pop("lead", f"{title}: nhân dân cùng làm."), category=category,
        body=fields.pop("body", None) or [("text", RichText(f"<p>{text}</p>"))], live=False, first_published_at=at, **fields,
    )
    set_up.open_site(on or site()).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def media_parts() -> list[tuple[str, Any]]:
    """The parts of a body that show files and a table, as the editor's script posts them."""
    data = BytesIO()
    Pillow.new("RGB", (60, 40)).save(data, "JPEG")
    image = Image.objects.create(title="Đường hoa", file=ImageFile(BytesIO(data.getvalue()), name="hoa.jpg"))
    file = Document.objects.create(title="Kế hoạch", file=ContentFile(b"%PDF-1.4", name="ke-hoach.pdf"))
    picture = {"image": image.pk, "alt": "Con đường trồng hoa", "caption": "Khu phố 3", "credit": ""}
    table = {"columns": [{"type": "text", "heading": "Phường"}, {"type": "number", "heading": "Tỷ lệ"}], "rows": [{"values": ["Lam Sơn", "95.30"]}], "caption": "Kết quả"}
    raw = [
        {"type": "picture", "value": picture}, {"type": "gallery", "value": {"pictures": [picture, picture]}}, {"type": "file", "value": {"file": file.pk, "label": ""}},
        {"type": "table", "value": {"table": table, "source": "Ủy ban nhân dân"}},
    ]
    return [(part.block_type, part.value) for part in ArticlePage.body.field.stream_block.to_python(raw)]


@pytest.fixture
def cast(cast):
    """The fixed cast, with the rights on the editor's side that signing in gives."""
    for person in (cast.editor, cast.leader, cast.admin):
        sync_groups.sync_groups(person)
    return cast


@pytest.fixture
def published(db) -> ArticlePage:
    """One published article of yesterday."""
    return article(at=timezone.now() - timedelta(days=1))
