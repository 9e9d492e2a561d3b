"""Reading: the article's page, lists, feeds."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from kheo.news.actions import set_up
from kheo.news.models import ArticlePage, Category, Correction
from tests.news.conftest import article, media_parts

pytestmark = pytest.mark.django_db


def test_it_works(client, published):
    answer = client.get(f"/tin-tuc/{published.slug}/")
    words = answer.content.decode()
    assert answer.status_code == 200
    assert published.title in words
    assert "quét vôi gốc cây" in words
    shown = timezone.localtime(published.first_published_at).strftime("%H:%M, %d/%m/%Y")
    assert shown in words
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', words).group(1))
    assert data["@type"] == "NewsArticle" and data["headline"] == published.title
    assert f'rel="canonical" href="http://testserver/tin-tuc/{published.slug}/"' in words
    assert 'property="og:type" content="article"' in words


def test_a_public_page_touches_no_session_and_asks_little(client, published, django_assert_max_num_queries):
    for n in range(6):
        article(f"Bài khác số {n}", text=f"Một bài hoàn toàn khác, số {n}, kể chuyện riêng của nó.", at=timezone.now() - timedelta(days=n + 2))
    client.get("/tin-tuc/")
    with django_assert_max_num_queries(15):
        answer = client.get(f"/tin-tuc/{published.slug}/")
    assert answer.status_code == 200 and not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    with django_assert_max_num_queries(15):
        answer = client.get("/tin-tuc/")
    assert answer.status_code == 200 and not answer.cookies


def test_drafts_are_not_read(client, published):
    draft = article("Bản nháp chưa đăng", text="Chưa ai được đọc bản này cả.", live=False)
    assert client.get(f"/tin-tuc/{draft.slug}/").status_code == 404
    assert client.get(f"/tin-tuc/in/{draft.slug}/").status_code == 404
    assert "Bản nháp" not in client.get("/tin-tuc/").content.decode()


def test_slugs_know_vietnamese_and_never_clash(db):
    first = article("Đẩy mạnh phong trào ở Đông Sơn")
    second = article("Đẩy mạnh phong trào ở Đông Sơn", text="Bài khác hẳn về một chuyện khác.", live=False)
    assert first.slug == "day-manh-phong-trao-o-dong-son"
    assert second.slug == "day-manh-phong-trao-o-dong-son-2"


def test_a_published_address_stays(published):
    from django.core.exceptions import ValidationError

    published.slug = "ten-khac"
    with pytest.raises(ValidationError) as error:
        published.full_clean()
    assert "slug" in error.value.message_dict


def test_lists_by_category_month_and_tag(client):
    other = Category.objects.get(code="kinh-te")
    page = article("Chợ mới", category=other, at=datetime(2023, 3, 31, 23, 30, tzinfo=timezone.get_current_timezone()))
    page.tags.add("chợ")
    page.save()
    page.save_revision().publish()
    assert "Chợ mới" in client.get("/tin-tuc/chuyen-muc/kinh-te/").content.decode()
    assert "Chợ mới" not in client.get("/tin-tuc/chuyen-muc/thong-bao/").content.decode()
    assert "Chợ mới" in client.get("/tin-tuc/luu-tru/2023/3/").content.decode()
    assert "Chợ mới" not in client.get("/tin-tuc/luu-tru/2023/4/").content.decode()
    assert "Chợ mới" in client.get(f"/tin-tuc/the/{page.tags.first().slug}/").content.decode()
    assert client.get("/tin-tuc/luu-tru/2023/13/").status_code == 404
    assert client.get("/tin-tuc/chuyen-muc/khong-co/").status_code == 404


@pytest.mark.parametrize("address", ["/rss.xml", "/tin-tuc/rss.xml", "/tin-tuc/atom.xml", "/en/tin-tuc/rss.xml"])
def test_feeds_are_well_formed(client, published, address):
    answer = client.get(address)
    tree = ET.fromstring(answer.content)
    assert tree.tag in ("rss", "{http://www.w3.org/2005/Atom}feed")
    assert published.title in answer.content.decode()
    assert not answer.cookies


def test_corrections_and_the_end_are_shown(client, published):
    published.corrections.add(Correction(text="Số hộ là 41, không phải 14."))
    published.ends_at = timezone.now() - timedelta(hours=1)
    published.end_note = "Được thay bằng thông báo mới."
    published.save()
    words = client.get(f"/tin-tuc/{published.slug}/").content.decode()
    assert "Số hộ là 41" in words and "Hết hiệu lực" in words and "thay bằng thông báo mới" in words
    assert "Hết hiệu lực" in client.get("/tin-tuc/").content.decode()


def test_another_site_has_its_own_news(client, published):
    root = Page.get_first_root_node()
    home = root.add_child(instance=Page(title="Phường khác", slug="phuong-khac"))
    other = Site.objects.create(hostname="khac.localhost", port=80, root_page=home, site_name="Phường khác")
    set_up.open_site(other)
    article("Tin của phường khác", text="Chỉ phường khác mới có tin này thôi.", on=other)
    assert "Tin của phường khác" not in client.get("/tin-tuc/").content.decode()
    answer = client.get("/tin-tuc/", headers={"host": "khac.localhost"})
    assert answer.status_code in (200, 400)  # 400 when the host is not among the allowed ones
    assert published.title not in answer.content.decode()


def test_table_numbers_keep_their_decimals():
    from kheo.news.templatetags.news import number_as_is

    assert number_as_is(Decimal("15.30")) == "15,30"
    assert number_as_is(Decimal("11182")) == "11.182"
    assert number_as_is(None) == ""


def test_blocks_show_counts_cards_and_citations(client, cast):
    from tests.cast import practice

    shown = practice(cast, state="recognized")
    body = [
        ("heading", "Đề mục"), ("quote", {"text": "Làm thật.", "by": "Trưởng khu phố"}),
        ("figure", {"code": "practices.recognized", "label": ""}), ("card", {"kind": "practice", "key": f"https://x.vn/mo-hinh/{shown.slug}/"}),
        ("citation", {"number": cast.decision.number, "issued_on": None, "remark": ""}),
        ("video", {"url": "https://video.example.vn/1", "title": "Phóng sự", "description": ""}), *media_parts(),
    ]
    page = article("Bài có các khối", body=body)
    words = client.get(f"/tin-tuc/{page.slug}/").content.decode()
    assert "Trưởng khu phố" in words and f"/mo-hinh/{shown.slug}/" in words and cast.decision.title in words
    assert '<a href="/mo-hinh/?state=recognized">1</a>' in words
    assert '<th scope="row">Lam Sơn</th>' in words and '<td class="kheo-num">95,30</td>' in words
    assert words.count('alt="Con đường trồng hoa"') == 3 and "Kế hoạch" in words
    assert "<iframe" not in words and "https://video.example.vn/1" in words
    practice(cast, state="recognized", title="Mô hình thứ hai")
    assert '<a href="/mo-hinh/?state=recognized">2</a>' in client.get(f"/tin-tuc/{page.slug}/").content.decode()


def test_blocks_refuse_what_is_not_there(cast):
    from wagtail.blocks import StreamBlockValidationError

    body = ArticlePage.body.field.stream_block
    for part in (("card", {"kind": "practice", "key": "khong-co"}), ("citation", {"number": "99-KHÔNG/CÓ", "issued_on": None, "remark": ""})):
        with pytest.raises(StreamBlockValidationError):
            body.clean(body.to_python([{"type": part[0], "value": part[1]}]))


def test_pasted_text_comes_in_clean():
    from kheo.news.rules.markup import clean_markup

    word = '<!--[if gte mso 9]><xml>x</xml><![endif]--><p class="MsoNormal" style="mso-x:1"><span lang="VI">Khu\u00a0phô\u0301\u200b 1<o:p></o:p></span></p><p>&nbsp;</p>'
    assert clean_markup(word) == "<p>Khu phố 1</p>"
    assert clean_markup("<p>C¸c hé d©n trong <b>khu phè</b> ®Òu tham gia dän vÖ sinh ®­êng ngâ.</p>") == "<p>Các hộ dân trong <b>khu phố</b> đều tham gia dọn vệ sinh đường ngõ.</p>"
    assert clean_markup('<p><a href="https://a.vn" onclick="x()" target="_blank">dẫn</a></p>') == '<p><a href="https://a.vn">dẫn</a></p>'
    mixed = "<ul><li>Dọn vệ sinh <i>ngõ xóm</i></li></ul><p>Nh©n d©n x· Quang Trung ®ãng gãp c«ng søc x©y dùng n«ng th«n míi, ®¹t kÕt qu¶ tèt.</p>"
    assert clean_markup(mixed) == "<ul><li>Dọn vệ sinh <i>ngõ xóm</i></li></ul><p>Nhân dân xã Quang Trung đóng góp công sức xây dựng nông thôn mới, đạt kết quả tốt.</p>"
