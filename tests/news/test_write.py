"""The editor's side as it is used: first save, pictures, searching."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from kheo.core.errors import Refused
from kheo.news.actions import clean_picture, set_up
from kheo.news.models import ArticlePage, Category
from kheo.news.queries import pictures
from tests.news.conftest import article, site


def form(title, **more):
    empty = ("picture", "picture_alt", "picture_caption", "byline", "source", "source_url", "seo_title", "search_description", "tags", "go_live_at", "ends_at", "end_note")
    found = {"title": title, "slug": more.pop("slug", ""), "lead": "Việc đã làm.", "category": Category.objects.first().pk, "body": streamfield([]), **dict.fromkeys(empty, ""),
             **{name: inline_formset([]) for name in ("attachments", "related_links", "corrections", "comments")}, **more}
    return nested_form_data(found)


def taken_somewhere():
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 4.0, 30.0)})
    return exif


def test_it_works(cast, signed_in):
    article("Giữ đường hoa")
    client, index = signed_in(cast.editor), set_up.open_site(site())
    # The script of the form proposes a slug with marks, free as it stands and taken once it is written plainly.
    answer = client.post(reverse("wagtailadmin_pages:add", args=["news", "articlepage", index.pk]), form("Giữ đường hoa", slug="giữ-đường-hoa"))
    assert answer.status_code == 302
    assert sorted(ArticlePage.objects.values_list("slug", flat=True)) == ["giu-duong-hoa", "giu-duong-hoa-2"]


def test_a_picture_is_uploaded_and_found_without_marks(cast, signed_in):
    client, data = signed_in(cast.editor), BytesIO()
    Pillow.new("RGB", (60, 40)).save(data, "JPEG", exif=taken_somewhere())
    sent = {"image-chooser-upload-title": "Đường hoa mười giờ", "image-chooser-upload-file": SimpleUploadedFile("anh.jpg", data.getvalue()),
            "image-chooser-upload-collection": Image._meta.get_field("collection").get_default(), "image-chooser-upload-tags": ""}
    answer = client.post(reverse("wagtailimages_chooser:create"), sent)
    assert answer.status_code == 200 and answer.json()["step"] == "chosen"
    found = client.get(reverse("wagtailimages_chooser:choose_results"), {"q": "muoi gio duong"}).content.decode()
    assert "Đường hoa mười giờ" in found
    assert "Đường hoa mười giờ" not in client.get(reverse("wagtailimages_chooser:choose_results"), {"q": "tre em"}).content.decode()
    kept = Image.objects.get()
    assert (kept.width, kept.height) == (40, 60)  # upright, although the note about it is gone
    assert b"Exif" not in kept.file.read() and not list(pictures.telling())


def test_pictures_of_earlier_are_cleaned(cast, django_capture_on_commit_callbacks):
    data = BytesIO()
    Pillow.new("RGB", (60, 40)).save(data, "JPEG", exif=taken_somewhere())
    old = Image.objects.create(title="Đường hoa", file=ContentFile(data.getvalue(), "anh.jpg"), focal_point_x=5, focal_point_y=5, focal_point_width=2, focal_point_height=2)
    before = old.file.name
    assert b"Exif" in old.get_rendition("width-20").file.read()
    assert list(pictures.telling()) == [old]
    with pytest.raises(Refused):
        clean_picture.clean_picture(old, by=cast.officer)
    with django_capture_on_commit_callbacks(execute=True):
        clean_picture.clean_picture(old, by=cast.leader)
    kept = Image.objects.get()
    assert not list(pictures.telling()) and not kept.file.storage.exists(before)
    assert (kept.width, kept.height, kept.focal_point_x, kept.file_size) == (40, 60, None, kept.file.size)


def test_a_moving_picture_is_stored_without_the_words_written_into_it(cast, signed_in):
    client, data, plain = signed_in(cast.editor), BytesIO(), BytesIO()
    Pillow.new("P", (60, 40)).save(data, "GIF", comment=b"20.07N 105.86E")
    Pillow.new("P", (60, 40)).save(plain, "GIF")
    sent = {"image-chooser-upload-title": "Hoa", "image-chooser-upload-file": SimpleUploadedFile("hoa.gif", data.getvalue()),
            "image-chooser-upload-collection": Image._meta.get_field("collection").get_default(), "image-chooser-upload-tags": ""}
    assert client.post(reverse("wagtailimages_chooser:create"), sent).json()["step"] == "chosen"
    assert Image.objects.get().file.read()[6:] == plain.getvalue()[6:]  # the head tells another version


@pytest.mark.parametrize(("words", "step"), [("Số định danh 038090123456 của chủ hộ", "reshow_creation_form"), ("Lịch tiếp công dân tháng 12", "chosen")])
def test_a_file_with_identity_numbers_is_not_stored(cast, signed_in, words, step):
    client = signed_in(cast.editor)
    sent = {"document-chooser-upload-title": "Danh sách", "document-chooser-upload-file": SimpleUploadedFile("danh-sach.txt", words.encode()),
            "document-chooser-upload-collection": Image._meta.get_field("collection").get_default(), "document-chooser-upload-tags": ""}
    assert client.post(reverse("wagtaildocs_chooser:create"), sent).json()["step"] == step
    assert Document.objects.exists() == (step == "chosen")


def test_drafts_are_found_by_words_of_their_titles(cast, signed_in):
    article("Hòa giải ở khu phố 3", live=False)
    client = signed_in(cast.editor)
    for words in ("hoa giai", "hoà giải", "KHU PHỐ 3"):
        assert "Hòa giải ở khu phố 3" in client.get(reverse("wagtailadmin_explore_root"), {"q": words}).content.decode()
    assert "Hòa giải ở khu phố 3" not in client.get(reverse("wagtailadmin_explore_root"), {"q": "…"}).content.decode()


def test_a_text_too_large_is_told_so_and_stays_in_the_form(cast, signed_in, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
    index = set_up.open_site(site())
    answer = signed_in(cast.editor).post(reverse("wagtailadmin_pages:add", args=["news", "articlepage", index.pk]), form("Giữ đường hoa " * 200_000))
    assert answer.status_code == 413
    assert "2 MB" in answer.content.decode() and "Quay lại" in answer.content.decode()


WHOLE_BODY = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "heading", "body-0-value": "Mọi nhà cùng làm"}
SPOILT = (
    {"body-count": None}, {"body-count": "x"}, {"body-count": "2"}, {"body-count": "0"}, {"body-0-type": "nix"}, {"body-0-value": None},
    {"body-0-type": "text", "body-0-value": "{"}, {"ends_at": None}, {"attachments-TOTAL_FORMS": None}, {"picture": "x"},
)


def test_a_form_that_was_cut_off_changes_nothing_and_says_so(cast, signed_in):
    page, client = article("Giữ đường hoa"), signed_in(cast.editor)
    whole, address = {**form("Tên khác", slug=page.slug), **WHOLE_BODY}, reverse("wagtailadmin_pages:edit", args=[page.pk])
    for spoil in SPOILT:
        answer = client.post(address, {name: value for name, value in (whole | spoil).items() if value is not None})
        assert (answer.status_code, "không trọn vẹn" in answer.content.decode()) == (400, True), spoil
        assert page.get_latest_revision_as_object().title == "Giữ đường hoa"
    assert client.post(address, whole).status_code == 302


def test_a_draft_may_hold_a_card_that_is_not_filled_yet(cast, signed_in):
    page, client = article("Giữ đường hoa", live=False), signed_in(cast.editor)
    parts = streamfield([("card", {"kind": "", "key": ""}), ("citation", {"number": "99-QĐ/XX", "issued_on": "", "remark": ""})])
    address, data = reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form("Giữ đường hoa", slug=page.slug), **nested_form_data({"body": parts})}
    assert client.post(address, data).status_code == 302
    refused = client.post(address, {**data, "action-submit": "1"})
    assert refused.status_code == 200 and list(refused.context["form"].errors) == ["body"]
