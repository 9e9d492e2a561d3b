from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kheo.audit.models import Entry
from kheo.core.errors import Conflict, InvalidInput, Refused
from kheo.core.rules.dates import VIETNAM
from kheo.movements.models import Milestone
from kheo.practices.actions import register
from kheo.practices.models import Practice
from kheo.practices.policy import KeyHolder
from kheo.practices.queries import duplicates
from kheo.practices.queries.boxes import data_of
from tests import cast as cast_module
from tests.cast import practice
from tests.practices.form import begun, data, filled, send


def milestone(cast, **dates) -> None:
    Milestone.objects.filter(cycle=cast.cycle).update(**dates)


def test_it_works(cast):
    sent = register.register(begun(cast), data(cast), by=cast.registrant)
    made = Practice.objects.get(pk=sent.practice.pk)
    assert not sent.again
    assert made.state == "submitted"
    assert made.receipt_number == "DVK-2023-000001"
    assert made.slug == "khu-dan-cu-khong-co-ho-ngheo-2023-1"
    assert made.ward == cast.wards["ba-dinh"]
    assert made.title_folded == "khu dan cu khong co ho ngheo"
    assert "khu pho 1" in made.folded
    assert made.draft is None
    assert [g.statement for g in made.goals.all()] == ["Hộ nghèo"]
    assert [f.part for f in made.forces.all()] == ["lead"]
    assert made.resources.get().amount == 12_000_000
    assert made.outputs.get().evidence == "Danh sách"
    entry = Entry.objects.get(verb="practices.register")
    assert entry.details["receipt"] == "DVK-2023-000001"
    assert entry.actor_id == cast.registrant.pk


def test_what_was_written_reads_back_the_same(cast):
    given_data = data(cast, areas=(cast.wards["ba-dinh"].pk,), objectives="Mục tiêu", review_on=date(2023, 11, 1))
    made = register.register(begun(cast), given_data, by=cast.registrant).practice
    read = data_of(Practice.objects.get(pk=made.pk))
    assert read.ward == cast.wards["ba-dinh"].pk
    for name in ("title", "goals", "forces", "resources", "outputs", "areas", "objectives", "review_on", "field"):
        assert getattr(read, name) == getattr(given_data, name), name


def test_sending_twice_gives_the_same_receipt(cast):
    made = begun(cast)
    first = register.register(made, data(cast), by=cast.registrant)
    again = register.register(made, data(cast, title="Khác"), by=cast.registrant, expected_version=1)
    assert again.again
    assert again.practice.receipt_number == first.practice.receipt_number
    assert Practice.objects.get().title == "Khu dân cư không có hộ nghèo"
    assert Entry.objects.filter(verb="practices.register").count() == 1


def test_a_unit_of_a_former_ward_belongs_to_its_successor(cast):
    made = begun(cast, cycle=cast.open_cycle)
    year = cast.open_cycle.starts_on.year
    dated = data(cast, starts_on=date(year, 1, 15), ends_on=date(year, 12, 15))
    assert register.register(made, dated, by=cast.registrant).practice.ward == cast.bim_son


def test_a_unit_outside_the_list_names_its_ward(cast):
    made = register.register(begun(cast), data(cast, organization=None, organization_text="Trường Mầm non", ward=cast.wards["bac-son"].pk), by=cast.registrant)
    assert made.practice.ward == cast.wards["bac-son"]
    assert "truong mam non" in made.practice.folded


def test_a_persons_name_is_not_searchable(cast):
    made = register.register(begun(cast), data(cast, subject="individual", organization_text="Một người dân"), by=cast.registrant)
    assert "mot nguoi dan" not in made.practice.folded


def test_no_ward_no_registration(cast):
    with pytest.raises(InvalidInput):
        register.register(begun(cast), data(cast, organization=None, organization_text="Ở đâu đó"), by=cast.registrant)
    assert Practice.objects.get().state == "draft"


@pytest.mark.parametrize("who", ["outsider", "evaluator", "leader", "officer_elsewhere"])
def test_others_may_not(cast, who):
    with pytest.raises(Refused):
        register.register(begun(cast), data(cast), by=getattr(cast, who))
    with pytest.raises(Refused):
        register.register(begun(cast), data(cast), by=KeyHolder(uuid4()))


def test_not_in_a_closed_cycle(cast):
    made = begun(cast)
    cast.cycle.closed_at = timezone.now()
    cast.cycle.save()
    with pytest.raises(Refused):
        register.register(made, data(cast), by=cast.registrant)


def test_not_what_was_withdrawn(cast):
    made = practice(cast, state="withdrawn")
    with pytest.raises(Refused):
        register.register(made, data(cast), by=cast.registrant)


def test_on_time_and_late(cast):
    closing = datetime(2023, 12, 30, 23, 59, tzinfo=VIETNAM)
    assert register.register(begun(cast), data(cast), by=cast.registrant, at=closing).practice.on_time
    late = register.register(begun(cast), data(cast), by=cast.registrant, at=closing + timedelta(minutes=1)).practice
    assert not late.on_time
    assert late.receipt_number == "DVK-2023-000002"


def test_before_the_window_nobody_sends(cast):
    milestone(cast, opens_on=date(2098, 1, 1), closes_on=date(2098, 2, 1))
    for by in (cast.registrant, cast.officer):
        with pytest.raises(register.NotOpen, match="01/01/2098"):
            register.register(begun(cast, by=by), data(cast), by=by)


def test_after_the_lock_only_the_officer_enters_and_it_is_late(cast):
    milestone(cast, locks_on=date(2023, 12, 31))
    with pytest.raises(register.NotOpen, match="31/12/2023"):
        register.register(begun(cast), data(cast), by=cast.registrant)
    made = register.register(begun(cast, by=cast.officer), data(cast), by=cast.officer).practice
    assert not made.on_time


def test_a_returned_one_is_sent_again_after_the_lock_with_its_first_receipt(cast):
    made = practice(cast, state="returned", receipt_number="DVK-2023-000007", on_time=True)
    registered = made.registered_at
    milestone(cast, locks_on=date(2023, 12, 31))
    sent = register.register(made, data(cast, title="Tên đã sửa"), by=cast.registrant, expected_version=made.version).practice
    assert (sent.receipt_number, sent.on_time, sent.registered_at) == ("DVK-2023-000007", True, registered)
    assert sent.slug == "ten-da-sua-2023-7"


def test_the_address_never_changes_once_public(cast):
    made = practice(cast, state="returned", receipt_number="DVK-2023-000007", slug="cu", published_at=timezone.now())
    assert register.register(made, data(cast, title="Mới"), by=cast.registrant).practice.slug == "cu"


def test_an_old_page_does_not_overwrite(cast):
    made = practice(cast, state="returned", version=5)
    with pytest.raises(Conflict):
        register.register(made, data(cast), by=cast.registrant, expected_version=1)


def test_replication_needs_another_unit(cast):
    original = practice(cast, state="running")
    with pytest.raises(InvalidInput):
        register.register(begun(cast), data(cast, parent=original.pk), by=cast.registrant)


# The form

def test_anybody_registers(cast, client):
    key = uuid4()
    answer = send(client, cast, key)
    assert answer.status_code == 302
    assert answer.url == reverse("practices:receipt", args=[key])
    made = Practice.objects.get(access_key=key)
    assert (made.state, made.contact_phone, made.registered_by) == ("submitted", "0912345678", None)
    receipt = client.get(answer.url).content.decode()
    assert made.receipt_number in receipt
    assert 'data-form-done="registration-form"' in receipt
    assert "0912345678" not in receipt


def test_the_back_button(cast, client):
    key = uuid4()
    send(client, cast, key)
    again = send(client, cast, key, title="Gửi lần hai", version="1")
    assert again.url == reverse("practices:receipt", args=[key])
    assert Practice.objects.get(access_key=key).title == "Khu dân cư không có hộ nghèo"


def test_a_signed_in_registrant_needs_no_contact_and_finds_the_unit_chosen(cast, signed_in):
    client = signed_in(cast.registrant)
    page = client.get(reverse("practices:register") + "?nam=2023").content.decode()
    assert f'<option value="{cast.groups["ba-dinh-1"].pk}" selected>' in page
    key = uuid4()
    assert send(client, cast, key, contact_name="", contact_phone="").status_code == 302
    assert Practice.objects.get(access_key=key).registered_by == cast.registrant


def test_units_of_the_year_are_offered(cast, client):
    page = client.get(reverse("practices:register") + "?nam=2023").content.decode()
    assert '<optgroup label="Phường Ba Đình">' in page
    now = client.get(reverse("practices:register") + f"?nam={cast.open_cycle.code}").content.decode()
    assert '<optgroup label="Phường Ba Đình">' not in now
    assert '<optgroup label="Phường Bỉm Sơn">' in now


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("title", "", "id_title"),
        ("contact_phone", "12345", "“12345”"),
        ("contact_name", "", "id_contact_name"),
        ("starts_on", "31/02/2023", "“31/02/2023”"),
        ("ends_on", "01/01/2023", "01/01/2023"),
        ("review_on", "01/01/2022", "01/01/2022"),
        ("goals-0-target", "1.234", "1234"),
        ("outputs-0-target", "-5", "id_outputs-0-target"),
        ("forces-0-part", "participate", "forces-rows"),
        ("goals-0-statement", "", "id_goals-0-statement"),
        ("organization", "", "id_organization"),
        ("organization_text", "Đơn vị khác", "“Đơn vị khác”"),
        ("field", "99999", "id_field_0"),
        ("organization", "99999", "id_organization"),
        ("situation", "x" * 60_000, "60.000"),
        ("website", "http://example.vn", "id_website"),
        ("subject", "individual", "id_organization_text"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(cast, client, name, value, shown):
    key = uuid4()
    answer = send(client, cast, key, **{name: value})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "govuk-error-summary" in page
    assert shown in page
    assert "Phân công đảng viên giúp từng hộ." in page
    assert not Practice.objects.filter(state="submitted").exists()
    if name != "website":
        kept = Practice.objects.get(access_key=key).draft
        assert kept["content"] == ["Phân công đảng viên giúp từng hộ."]


def test_second_field_differs_from_the_first(cast, client):
    answer = send(client, cast, second_field=str(cast.fields["economy"].pk))
    assert "id_second_field" in answer.content.decode()


def test_no_open_cycle(cast, client):
    Milestone.objects.update(opens_on=date(2020, 1, 1), closes_on=date(2020, 2, 1), locks_on=date(2020, 3, 1))
    page = client.get(reverse("practices:register"))
    assert page.status_code == 200
    assert "01/03/2020" in page.content.decode()
    assert send(client, cast).status_code == 409
    assert not Practice.objects.exists()


def test_hostile_text_stays_text(cast, client):
    key = uuid4()
    evil = '<script>alert(1)</script>\u202egnahc\u200b =HYPERLINK("http://x") {{ 7*7 }} #sys.inputs'
    assert send(client, cast, key, title=evil, content=evil * 3).status_code == 302
    made = Practice.objects.get(access_key=key)
    assert "\u202e" not in made.title
    assert "\u200b" not in made.title
    for name in ("receipt", "registration", "sheet"):
        page = client.get(reverse(f"practices:{name}", args=[key])).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    pdf = client.get(reverse("practices:sheet_pdf", args=[key]))
    assert pdf.content[:5] == b"%PDF-"


def test_ten_megabytes_are_refused_in_words(cast, client):
    answer = send(client, cast, content="ấ" * 3_500_000)
    assert answer.status_code == 200
    assert "3.500.000" in answer.content.decode()
    assert not Practice.objects.exists()


def test_the_sheet_as_pdf_has_every_letter(cast, client):
    import io

    from pypdf import PdfReader

    key = uuid4()
    send(client, cast, key, title="Ủy ban ẫ ỡ ặ Ỹ đường hoa tự quản")
    read = PdfReader(io.BytesIO(client.get(reverse("practices:sheet_pdf", args=[key])).content))
    text = "".join(page.extract_text() for page in read.pages)
    assert "Ủy ban ẫ ỡ ặ Ỹ đường hoa tự quản" in text
    assert "0912345678" not in text
    assert "Tinos" in str([page["/Resources"]["/Font"] for page in read.pages]) or any(
        "Tinos" in str(font.get_object()["/BaseFont"]) for page in read.pages for font in page["/Resources"]["/Font"].values()
    )


def test_similar_practices_are_shown_before_sending(cast, client):
    practice(cast, state="running")
    key = uuid4()
    page = send(client, cast, key, title="Khu dân cư không có hộ nghèo năm nay").content.decode()
    assert 'name="confirm_alike"' in page
    assert "/mo-hinh/khu-dan-cu-khong-co-ho-ngheo" not in page  # no link to what was never published
    assert Practice.objects.get(access_key=key).state == "draft"
    assert send(client, cast, key, title="Khu dân cư không có hộ nghèo năm nay", confirm_alike="1").status_code == 302


def test_taking_over_a_public_practice(cast, client):
    original = practice(cast, state="running", slug="goc", published_at=timezone.now())
    page = client.get(reverse("practices:register") + "?nam=2023&tu=goc").content.decode()
    assert original.title in page
    assert 'name="parent" value="goc"' in page
    key = uuid4()
    other = str(cast.groups["bac-son-1"].pk)
    assert "id_adaptation" in send(client, cast, key, parent="goc", organization=other).content.decode()
    assert send(client, cast, key, parent="goc", organization=other, adaptation="Theo khu phố").status_code == 302
    assert Practice.objects.get(access_key=key).parent == original


def test_a_returned_one_shows_remarks_and_is_sent_again(cast, client):
    from kheo.practices.actions import return_

    key = uuid4()
    send(client, cast, key)
    made = Practice.objects.get(access_key=key)
    return_.return_(made, "Bổ sung ô số 8", by=cast.officer)
    page = client.get(reverse("practices:registration", args=[key])).content.decode()
    assert "Bổ sung ô số 8" in page
    assert 'name="outputs-0-result" value="Số hộ thoát nghèo"' in page
    version = str(Practice.objects.get(access_key=key).version)
    assert send(client, cast, key, title="Đã bổ sung", version="1").status_code == 200  # the first page, in another tab
    assert send(client, cast, key, title="Đã bổ sung", version=version).status_code == 302
    again = Practice.objects.get(access_key=key)
    assert (again.state, again.title, again.receipt_number) == ("submitted", "Đã bổ sung", made.receipt_number)


def test_the_state_page(cast, client):
    key = uuid4()
    send(client, cast, key)
    page = client.get(reverse("practices:registration", args=[key])).content.decode()
    assert Practice.objects.get(access_key=key).receipt_number in page
    assert "kheo-timeline" in page


def test_secret_pages_are_not_kept_by_browsers_or_robots(cast, client):
    key = uuid4()
    send(client, cast, key)
    for name in ("receipt", "registration", "sheet"):
        answer = client.get(reverse(f"practices:{name}", args=[key]))
        assert "no-store" in answer["Cache-Control"]
        assert 'content="noindex"' in answer.content.decode()


# The desk

def test_an_officer_enters_a_paper_form(cast, signed_in):
    client = signed_in(cast.officer)
    assert client.get(reverse("practices_desk:new") + "?nam=2023").status_code == 200
    key = uuid4()
    posted = filled(cast, key=str(key), send="1", contact_name="", contact_phone="")
    for _press in range(2):
        answer = client.post(reverse("practices_desk:new"), posted)
        assert answer.status_code == 302
    made = Practice.objects.get()
    assert answer.url == reverse("practices_desk:detail", args=[made.pk])
    assert (made.access_key, made.registered_by, made.state) == (key, cast.officer, "submitted")


def test_an_officer_enters_a_late_one_after_the_lock(cast, signed_in):
    milestone(cast, locks_on=date(2023, 12, 31))
    answer = signed_in(cast.officer).post(reverse("practices_desk:new"), filled(cast, key=str(uuid4()), send="1"))
    assert answer.status_code == 302
    assert not Practice.objects.get().on_time


def test_desk_pages_need_a_position(cast, client, signed_in):
    made = practice(cast, state="returned")
    for address in (reverse("practices_desk:new"), reverse("practices_desk:edit", args=[made.pk])):
        assert client.get(address).status_code == 302
    signed_in(cast.outsider)
    assert client.get(reverse("practices_desk:new")).status_code == 403


def test_edit_hides_from_other_wards_and_refuses_wrong_states(cast, signed_in):
    made = practice(cast, state="returned")
    running = practice(cast, state="running")
    assert signed_in(cast.officer_elsewhere).get(reverse("practices_desk:edit", args=[made.pk])).status_code == 404
    client = signed_in(cast.registrant)
    assert client.get(reverse("practices_desk:edit", args=[made.pk])).status_code == 200
    assert client.get(reverse("practices_desk:edit", args=[running.pk])).status_code == 403


def test_what_was_typed_survives_an_expired_session(cast, client):
    made = practice(cast, state="returned")
    address = reverse("practices_desk:edit", args=[made.pk])
    assert client.post(address, filled(cast, content="Chữ không được mất", send="1")).status_code == 302
    kept = dict(client.session.items())
    client.force_login(cast.registrant, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session.update(kept)
    session.save()
    assert "Chữ không được mất" in client.get(address).content.decode()


# Likeness

def test_likeness(cast):
    first = practice(cast, state="submitted")
    practice(cast, state="withdrawn")
    practice(cast, state="draft", title="")
    ward = cast.wards["ba-dinh"].pk
    assert [a.practice for a in duplicates.alike("KHU DÂN CƯ không có hộ nghèo", ward, cast.cycle)] == [first]
    assert duplicates.alike("Khu dân cư không có tệ nạn", ward, cast.cycle) == []
    assert duplicates.alike(first.title, cast.wards["phu-son"].pk, cast.cycle) == []
    assert duplicates.alike(first.title, ward, cast.cycle, besides=first.pk) == []
    assert duplicates.alike("", ward, cast.cycle) == []


def test_likeness_looks_back_one_cycle_and_over_the_succession(cast):
    before = practice(cast, state="recognized", cycle=cast.old_cycle)
    assert [a.practice for a in duplicates.alike(before.title, cast.bim_son.pk, cast.cycle)] == [before]
    assert duplicates.alike(before.title, cast.bim_son.pk, cast.open_cycle) == []


def test_likeness_costs_the_same_however_many(cast, django_assert_max_num_queries):
    for n in range(30):
        practice(cast, state="submitted", title=f"Khu dân cư không có hộ nghèo {n}")
    with django_assert_max_num_queries(6):
        assert len(duplicates.alike("Khu dân cư không có hộ nghèo", cast.wards["ba-dinh"].pk, cast.cycle)) == 5


def test_the_form_page_needs_few_queries(cast, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        client.get(reverse("practices:register") + "?nam=2023")


# Many at once

@pytest.mark.django_db(transaction=True)
def test_a_double_click_by_32_hands():
    cast = cast_module.assemble()
    key, answers = uuid4(), []
    client = Client()
    client.post(reverse("practices:draft", args=[key]), filled(cast))

    def press() -> None:
        try:
            answers.append(send(Client(), cast, key).status_code)
        finally:
            connection.close()

    _at_once(press, 32)
    assert set(answers) == {302}
    made = Practice.objects.get()
    assert made.state == "submitted"
    assert (made.goals.count(), made.outputs.count(), made.transitions.count()) == (1, 1, 1)
    assert Entry.objects.filter(verb="practices.register").count() == 1


@pytest.mark.django_db(transaction=True)
def test_receipts_are_unique_when_many_send():
    cast = cast_module.assemble()
    drafts = [begun(cast) for _n in range(12)]

    def one() -> None:
        try:
            register.register(drafts.pop(), data(cast), by=cast.registrant)
        finally:
            connection.close()

    _at_once(one, 12)
    numbers = sorted(Practice.objects.values_list("receipt_number", flat=True))
    assert numbers == [f"DVK-2023-{n:06d}" for n in range(1, 13)]


def _at_once(work, count: int) -> None:
    threads = [threading.Thread(target=work) for _n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# Anything at all

texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["", "0", "-1", "1.234", "1e309", "NaN", "99999999999999999999999", "31/02/2023", "\x00", "<b>", "=1+1", "%s%n", "' OR 1=1 --", "á" * 400]),
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_no_input_breaks_the_form(cast, client, data):
    posted = filled(cast)
    for name in data.draw(st.lists(st.sampled_from(sorted(posted)), min_size=1, max_size=6)):
        posted[name] = data.draw(texts)
    extra = data.draw(st.dictionaries(st.text(min_size=1, max_size=20), texts, max_size=2))
    button = data.draw(st.sampled_from(["send", "save", "add-goals"]))
    key = uuid4()
    answer = client.post(reverse("practices:registration", args=[key]), {**extra, **posted, button: "1"})
    assert answer.status_code in (200, 302, 409, 429)
    if Practice.objects.filter(access_key=key).exists():
        assert client.get(reverse("practices:registration", args=[key])).status_code == 200
    Practice.objects.all().delete()
