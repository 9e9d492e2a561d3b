"""Duplicates: publishing a text that says the same asks first, whichever way it is published."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Site, Workflow

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.news.actions import keep_twin, publish, publish_due, set_up, take_print
from kheo.news.models import ArticlePage, Fingerprint, KeptTwin
from kheo.news.queries import twins
from kheo.news.rules import prints
from tests.news.conftest import WORDS, article

pytestmark = pytest.mark.django_db
DISGUISED = WORDS.upper().replace(",", " ,").replace("ở", "ở ")


def draft(text: str = DISGUISED, **fields) -> ArticlePage:
    return article("Bài chép lại", text=text, lead="Khu phố 1 giữ sạch đường hoa: nhân dân cùng làm.", live=False, **fields)


def test_it_works(cast, published):
    copy = draft()
    with pytest.raises(keep_twin.TwinFound) as found:
        publish.publish(copy, by=cast.leader)
    assert published.title in str(found.value)
    keep_twin.keep_twin(twins.latest(copy), "Hai chuyên mục cùng cần bài này.", by=cast.leader)
    publish.publish(copy, by=cast.leader)
    assert ArticlePage.objects.get(pk=copy.pk).live
    row = Entry.objects.get(verb="news.keep_twin")
    assert row.actor_id == cast.leader.pk and row.details["reason"].startswith("Hai chuyên mục")


def test_a_changed_sentence_is_still_near_and_another_text_is_not(published):
    near = published.words.replace("cuối tháng", "cuối quý")
    assert [twin.article.pk for twin in twins.of_text(near, None)] == [published.pk]
    assert 0.8 <= twins.of_text(near, None)[0].likeness < 1
    assert twins.of_text("Hội nghị sơ kết công tác sáu tháng đầu năm diễn ra sáng nay tại hội trường thị xã.", None) == []


@pytest.mark.parametrize(("title", "change"), [
    ("KHU PHỐ 1 giử sạch đừơng hoa", lambda text: text),  # the same words under a title in other tones
    ("Tên khác", lambda text: ". ".join(reversed(text.split(". ")))),
    ("Tên khác", lambda text: text.replace("quét vôi", "sơn").replace("ba tháng", "bốn tháng").replace("giao mỗi tổ", "chia cho mỗi tổ")),
    ("Khu pho 1 giữ sạch đường hoa", lambda text: ". ".join(text.split(". ")[:2]) + ". Một câu mới viết thêm vào sau thay cho câu cuối của bài kia."),
])
def test_what_a_person_would_call_the_same_is_asked_about(published, title, change):
    copy = article(title, text=change(WORDS), lead="Nhân dân cùng làm.", live=False)
    assert [twin.article.pk for twin in twins.open_twins(twins.latest(copy))] == [published.pk]


def test_publishing_many_leads_to_the_comparison(cast, signed_in, published):
    copy, other = draft(), article("Bài khác", text="Một bài khác không trùng với bài nào trên trang này.", live=False)
    answer = signed_in(cast.leader).post(f"/quan-tri/bulk/wagtailcore/page/publish/?id={other.pk}&id={copy.pk}")
    assert answer.status_code == 302 and answer["Location"] == f"/ban-lam-viec/tin-tuc/trung/{copy.pk}/"
    assert not ArticlePage.objects.filter(pk__in=[copy.pk, other.pk], live=True).exists()


def test_the_same_title_over_another_text_is_none(published):
    other = article(published.title, text="Lịch tiếp công dân tháng này của lãnh đạo phường vào các sáng thứ Năm tại trụ sở. " * 2, lead="Xem lịch.", live=False)
    assert twins.open_twins(twins.latest(other)) == []


def test_the_timed_publication_holds_back_a_twin_and_publishes_the_rest(published):
    copy, other = draft(), article("Bài hẹn giờ", text="Một bài hẹn giờ không trùng với bài nào khác trên trang này.", live=False)
    for page in (copy, other):
        page.go_live_at = timezone.now() + timedelta(hours=1)
        revision = page.save_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()
    with pytest.raises(keep_twin.TwinFound):
        draft().get_latest_revision().publish()
    content = copy.get_latest_revision()
    content.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    content.save()
    again = other.get_latest_revision()
    again.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    again.save()
    assert publish_due.publish_due() == 1
    assert not ArticlePage.objects.get(pk=copy.pk).live
    assert ArticlePage.objects.get(pk=other.pk).live
    assert Entry.objects.filter(verb="news.publish_due").count() == 1


def test_approval_in_the_workflow_asks_first(cast, published):
    copy = draft()
    Workflow.objects.get(name=set_up.WORKFLOW).start(copy, cast.editor)
    state = copy.current_workflow_task_state
    answer = state.task.specific.on_action(state, cast.leader, "approve")
    assert answer == f"/ban-lam-viec/tin-tuc/trung/{copy.pk}/"
    assert not ArticlePage.objects.get(pk=copy.pk).live


def test_the_editors_button_leads_to_the_comparison(cast, signed_in, published):
    client = signed_in(cast.leader)
    copy = draft()
    page = client.get(f"/quan-tri/pages/{copy.pk}/edit/").context["form"]
    data = {name: page[name].value() or "" for name in page.fields if name not in ("body", "tags", "comment_notifications")} | {"tags": ""}
    data |= {"action-publish": "1", "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "heading", "body-0-value": "Đề mục"}
    for prefix in ("attachments", "related_links", "corrections", "comments"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0", f"{prefix}-MIN_NUM_FORMS": "0", f"{prefix}-MAX_NUM_FORMS": "99"}
    published.body = [("heading", "Đề mục")]
    published.lead = data["lead"]
    published.save_revision().publish()
    answer = client.post(f"/quan-tri/pages/{copy.pk}/edit/", data)
    assert answer.status_code == 302
    assert answer["Location"] == f"/ban-lam-viec/tin-tuc/trung/{copy.pk}/"
    assert not ArticlePage.objects.get(pk=copy.pk).live


def test_both_stand_side_by_side_and_a_reason_publishes(cast, signed_in, published):
    client, copy = signed_in(cast.leader), draft()
    address = f"/ban-lam-viec/tin-tuc/trung/{copy.pk}/"
    words = client.get(address).content.decode()
    assert published.title in words and "QUÉT VÔI" in words and "quét vôi" in words
    assert client.post(address, {"reason": " "}).status_code == 200
    assert not ArticlePage.objects.get(pk=copy.pk).live
    assert client.post(address, {"reason": "Cần cả hai."}).status_code == 302
    assert ArticlePage.objects.get(pk=copy.pk).live


def test_a_new_version_asks_again(cast, published):
    copy = draft()
    keep_twin.keep_twin(twins.latest(copy), "Cần cả hai.", by=cast.leader)
    copy.byline = "Ban biên tập"
    copy.save_revision()
    assert twins.open_twins(twins.latest(copy)) == []
    copy.lead = "Khu phố 1 giữ sạch đường hoa: nhân dân cùng góp."
    copy.save_revision()
    assert [twin.article.pk for twin in twins.open_twins(twins.latest(copy))] == [published.pk]


def test_drafts_and_other_sites_are_no_obstacle(published):
    home = Page.get_first_root_node().add_child(instance=Page(title="Nơi khác", slug="noi-khac"))
    other = Site.objects.create(hostname="khac.example", port=80, root_page=home)
    elsewhere = article("Bài chép lại", text=WORDS, live=False, on=other)
    assert twins.open_twins(twins.latest(elsewhere)) == []
    published.unpublish()
    assert twins.open_twins(twins.latest(draft())) == []


def test_an_editor_does_not_decide(cast, published):
    with pytest.raises(Refused):
        keep_twin.keep_twin(twins.latest(draft()), "Vì muốn vậy.", by=cast.editor)
    assert not KeptTwin.objects.exists()


def test_a_reason_is_needed(cast, published):
    with pytest.raises(InvalidInput):
        keep_twin.keep_twin(twins.latest(draft()), "  ", by=cast.leader)


def test_fingerprints_can_be_rebuilt(published):
    before = Fingerprint.objects.get(article=published).digest
    Fingerprint.objects.all().delete()
    assert take_print.rebuild() == 1
    assert Fingerprint.objects.get(article=published).digest == before == prints.take(published.words).digest
