"""Sample data for the style page (/phong-cach/ in developer mode) and for component tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms as django_forms
from django import template
from django.core.paginator import Page, Paginator
from django.template import Context

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import (
    MoneyField,
    StrictDateField,
    StrictNumberField,
    StrictPercentField,
)
from kheo.core.forms.widgets import UploadInput

register = template.Library()

FIELDS = [
    ("kinh-te", "Kinh tế"),
    ("van-hoa", "Văn hóa – xã hội"),
    ("quoc-phong", "Quốc phòng – an ninh"),
]
LIFE_FIELDS = [
    {"label": "Phát triển kinh tế", "value": 41, "href": "#kinh-te"},
    {"label": "Văn hóa – xã hội", "value": 52, "href": "#van-hoa"},
    {"label": "Quốc phòng – an ninh", "value": 19, "href": "#quoc-phong"},
    {"label": "Xây dựng hệ thống chính trị và đổi mới công tác dân vận", "value": 16},
]


class SampleForm(kheo_forms.Form):
    """One field of each kind."""

    name = django_forms.CharField(
        label="Tên mô hình", max_length=200, help_text="Ngắn gọn, nêu được việc làm chính."
    )
    field = django_forms.ChoiceField(
        label="Lĩnh vực", choices=FIELDS, widget=django_forms.RadioSelect
    )
    forces = django_forms.MultipleChoiceField(
        label="Lực lượng tham gia",
        required=False,
        choices=[("mttq", "Ủy ban Mặt trận Tổ quốc"), ("hpn", "Hội Liên hiệp Phụ nữ")],
        widget=django_forms.CheckboxSelectMultiple,
    )
    unit = django_forms.ChoiceField(
        label="Đơn vị đăng ký", choices=[("", "Chọn đơn vị"), ("bd", "Phường Ba Đình")]
    )
    started_on = StrictDateField(label="Ngày bắt đầu", help_text="Ví dụ: 05/11/2023")
    households = StrictNumberField(label="Số hộ tham gia", whole=True, min_value=0, required=False)
    share = StrictPercentField(label="Tỷ lệ hộ đồng thuận", required=False)
    cost = MoneyField(label="Kinh phí vận động", required=False)
    plan = django_forms.CharField(
        label="Cách làm", max_length=2000, widget=django_forms.Textarea(attrs={"rows": 4})
    )
    photos = django_forms.FileField(
        label="Ảnh minh chứng",
        required=False,
        help_text="JPG hoặc PNG, mỗi tệp không quá 20 MB.",
        widget=UploadInput(accept=".jpg,.png", max_bytes=20 << 20, multiple=True),
    )
    agreed = django_forms.BooleanField(label="Đơn vị cam đoan nội dung đăng ký là đúng sự thật")


class GoalForm(kheo_forms.Form):
    """One measurable goal."""

    goal = django_forms.CharField(label="Mục tiêu")
    target = StrictNumberField(label="Chỉ tiêu")
    unit = django_forms.CharField(label="Đơn vị tính", required=False)


class FilterForm(kheo_forms.Form):
    """The filters of a list."""

    mark_optional = False
    q = django_forms.CharField(label="Từ khóa", required=False)
    field = django_forms.ChoiceField(
        label="Lĩnh vực", required=False, choices=[("", "Tất cả"), *FIELDS]
    )
    year = django_forms.ChoiceField(
        label="Năm", required=False, choices=[("", "Tất cả"), ("2023", "2023"), ("2022", "2022")]
    )


Goals = django_forms.formset_factory(GoalForm, extra=1, can_delete=True)


@register.simple_tag
def sample_form(with_errors: bool = False) -> SampleForm:
    """A form, filled in with mistakes when asked."""
    if with_errors:
        form = SampleForm(
            {"bad-name": "", "bad-started_on": "31/02/2023", "bad-households": "1.234"},
            prefix="bad",
        )
        form.is_valid()
        return form
    return SampleForm(initial={"started_on": dt.date(2023, 3, 8), "plan": "Họp dân, bàn và quyết."})


@register.simple_tag
def sample_goals() -> Any:
    """A formset with one filled row and one empty row."""
    return Goals(initial=[{"goal": "Hộ nghèo giảm", "target": 12, "unit": "hộ"}], prefix="goals")


@register.simple_tag(takes_context=True)
def sample_filter(context: Context) -> FilterForm:
    """The filter form bound to the address."""
    return FilterForm(context["request"].GET, auto_id="filter_%s")


@register.simple_tag
def sample_page(number: int = 4) -> Page[int]:
    """The fourth page of a long list."""
    return Paginator(range(11_182), 25).page(number)


@register.simple_tag
def sample(name: str) -> Any:
    """A named piece of sample data."""
    return SAMPLES[name]


SAMPLES: dict[str, Any] = {
    "fields": LIFE_FIELDS,
    "years": [
        ("Ba Đình", [14, 19]),
        ("Bắc Sơn", [11, 15]),
        ("Đông Sơn", [None, 12]),
        ("Lam Sơn", [17, 21]),
    ],
    "shares": [("Khu dân cư không có hộ nghèo", "95.3"), ("Hộ đạt gia đình văn hóa", "88.15")],
    "summary": [
        ("Tên mô hình", "Khu dân cư không có hộ nghèo"),
        ("Đơn vị", "Phường Đông Sơn"),
        {"key": "Quyết định công nhận", "value": None, "href": "#", "action": "Bổ sung"},
    ],
    "history": [
        {
            "title": "Được công nhận",
            "when": dt.datetime(2023, 11, 5, 14, 30, tzinfo=dt.timezone(dt.timedelta(hours=7))),
            "by": "Lãnh đạo Ban Dân vận",
            "text": "Theo quyết định công nhận đợt tháng 11.",
            "tone": "gold",
        },
        {
            "title": "Trả lại để bổ sung",
            "when": dt.date(2023, 4, 12),
            "by": "Cán bộ tiếp nhận",
            "text": "Nêu rõ số hộ dự kiến tham gia.",
            "tone": "waiting",
        },
        {"title": "Gửi đăng ký", "when": dt.date(2023, 4, 3), "by": "Khu phố 5"},
    ],
    "steps": [
        {"label": "Đăng ký", "state": "done", "note": "03/04/2023", "href": "#"},
        {"label": "Thực hiện", "state": "done", "note": "7 tháng"},
        {"label": "Thẩm định", "state": "current", "note": "Còn 5 ngày"},
        {"label": "Công nhận", "state": "next"},
        {"label": "Nhân rộng", "state": "next"},
    ],
    "tabs": [
        {"label": "Chờ xử lý", "href": "#", "current": True, "count": 12},
        {"label": "Đã trả lại", "href": "#", "count": 3},
        {"label": "Tất cả", "href": "#", "count": 1128},
    ],
    "tree": [
        {
            "label": "Khu dân cư không có hộ nghèo – Đông Sơn",
            "href": "#",
            "tag": "Đã công nhận",
            "tone": "gold",
            "note": "Từ 2021",
            "children": [
                {
                    "label": "Ba Đình",
                    "href": "#",
                    "note": "Thêm quỹ vốn xoay vòng",
                    "current": True,
                    "children": [{"label": "Quang Trung", "href": "#"}],
                },
                {"label": "Lam Sơn", "href": "#", "tag": "Đang thực hiện", "tone": "info"},
            ],
        }
    ],
    "files": [
        {"label": "Kế hoạch thực hiện", "href": "#", "kind": "pdf", "size": 2_411_724},
        {
            "label": "Danh sách hộ tham gia",
            "href": "#",
            "kind": "xlsx",
            "size": 18_900,
            "note": "đã che dữ liệu cá nhân",
        },
    ],
}


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, for loops."""
    return text.split()


@register.filter
def series(text: str) -> list[str]:
    """The names between commas."""
    return text.split(",")
