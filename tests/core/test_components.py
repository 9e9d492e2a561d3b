"""Components, filters, form fields: what they write, and what they refuse."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms as django_forms
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from kheo.core import forms as kheo_forms
from kheo.core.forms.fields import (
    MoneyField,
    StrictDateField,
    StrictNumberField,
    StrictPercentField,
    typed,
)
from kheo.core.forms.rows import added_row, with_added_row

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = [
    *(ROOT / "kheo/core/templates").rglob("*.html"),
    *(ROOT / "kheo/config/templates").rglob("*.html"),
]
HOSTILE = '<script>alert("x")</script>'


def render(source: str, path: str = "/", **context: Any) -> str:
    request = RequestFactory().get(path)
    if not source.startswith("{% extends"):
        source = "{% load kheo kheo_samples %}" + source
    template = Template(source)
    with translation.override("vi"):
        return template.render(Context({"request": request, **context}))


class Sample(kheo_forms.Form):
    name = django_forms.CharField(label="Tên", help_text="Ngắn gọn")
    day = StrictDateField(label="Ngày")
    field = django_forms.ChoiceField(
        label="Lĩnh vực", choices=[("a", "A"), ("b", "B")], widget=django_forms.RadioSelect
    )
    note = django_forms.CharField(label="Ghi chú", required=False)


def test_it_works() -> None:
    page = render('{% extends "styleguide.html" %}')
    assert "Các thành phần của giao diện" in page
    assert "11.182" in page


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|number }}", 11182, "11.182"),
        ("{{ v|number }}", 0, "0"),
        ("{{ v|number }}", None, "–"),
        ("{{ v|number:1 }}", Decimal("95.5"), "95,5"),
        ("{{ v|percent }}", Decimal("15.3"), "15,3%"),
        ("{{ v|percent }}", None, "–"),
        ("{{ v|money }}", 12_000_000, "12.000.000 đồng"),
        ("{{ v|date_vi }}", dt.date(2023, 11, 5), "05/11/2023"),
        ("{{ v|date_vi }}", dt.datetime(2023, 11, 4, 18, 0, tzinfo=dt.UTC), "05/11/2023"),
        (
            "{{ v|datetime_vi }}",
            dt.datetime(2023, 11, 5, 7, 30, tzinfo=dt.UTC),
            "14:30, 05/11/2023",
        ),
        ("{{ v|long_date }}", dt.date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        ("{{ v|bytes_vi }}", 2_411_724, "2,3 MB"),
        ("{{ v|dash }}", 0, "0"),
        ("{{ v|dash }}", "", "–"),
        ("{{ v|dash }}", HOSTILE, "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"),
    ],
)
def test_filters(source: str, value: Any, expected: str) -> None:
    assert render(source, v=value) == expected


@pytest.mark.parametrize(
    "source",
    [
        "{% button v %}",
        "{% button v href=v %}",
        "{% tag v v %}",
        "{% card v href=v meta=v image=v image_alt=v tag=v %}x{% endcard %}",
        "{% details v %}x{% enddetails %}",
        "{% inset 'info' v %}x{% endinset %}",
        "{% notification v 'info' v %}",
        "{% empty_state v v href=v action=v source=v %}",
        "{% stat v v href=v note=v %}",
        "{% bar_chart rows title=v description=v %}",
        "{% icon 'search' v %}",
    ],
)
def test_no_component_lets_markup_through(source: str) -> None:
    assert "<script" not in render(source, v=HOSTILE, rows=[(HOSTILE, 1)])


def test_unknown_tone_is_neutral() -> None:
    assert "kheo-tag--neutral" in render("{% tag 'x' 'shouting' %}")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: p.name)
def test_no_template_needs_a_looser_content_policy(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son(click|change|submit|load|input)=", text)
    for opening in re.findall(r"<script[^>]*>", text):
        assert "src=" in opening


def test_pagination_keeps_the_query() -> None:
    html = render("{% sample_page as p %}{% pagination p %}", "/x/?field=kinh-te&page=4")
    assert 'href="?field=kinh-te&amp;page=5"' in html
    assert html.count('aria-current="page"') == 1


def test_pagination_of_one_page_is_nothing() -> None:
    from django.core.paginator import Paginator

    assert render("{% pagination p %}", p=Paginator([1, 2], 25).page(1)).strip() == ""


def test_filter_chips_say_the_choice_and_take_it_away() -> None:
    html = render(
        "{% sample_filter as f %}{% filter_panel f total=3 %}", "/x/?field=kinh-te&year=2023&page=9"
    )
    assert "Lĩnh vực: Kinh tế" in html
    assert 'href="?year=2023"' in html
    assert "page=9" not in html


def test_sort_link_turns_round() -> None:
    assert "?sort=-name" in render("{% sort_link 'Tên' 'name' %}", "/x/?sort=name&page=2")
    assert "page=2" not in render("{% sort_link 'Tên' 'name' %}", "/x/?sort=name&page=2")


def test_chart_draws_missing_as_missing_and_zero_as_zero() -> None:
    html = render("{% bar_chart rows title='T' %}", rows=[("A", None), ("B", 0), ("C", 4)])
    cells = re.findall(r'<td class="kheo-num">([^<]*)</td>', html)
    assert cells == ["–", "0", "4"]
    assert re.findall(
        r'kheo-chart__bar kheo-chart__bar--0" x="0" y="[^"]+" width="([^"]+)"', html
    ) == [
        "0.00%",
        "0.00%",
        "100.00%",
    ]


def test_chart_of_percentages_is_drawn_to_a_hundred() -> None:
    html = render("{% bar_chart rows title='T' kind='percent' %}", rows=[("A", Decimal("50"))])
    assert 'width="50.00%"' in html


def test_chart_without_rows_still_has_its_title() -> None:
    assert "Trống" in render("{% bar_chart rows title='Trống' %}", rows=[])


def test_error_summary_links_to_each_field() -> None:
    form = Sample({"name": "", "day": "31/02/2023"})
    html = render("{% error_summary f %}", f=form)
    assert [*re.findall(r'href="#([^"]+)"', html)] == ["id_name", "id_day", "id_field_0"]
    page = render("{{ f }}", f=form)
    for target in ("id_name", "id_day", "id_field_0"):
        assert f'id="{target}"' in page


def test_error_summary_is_absent_without_errors() -> None:
    assert render("{% error_summary f None %}", f=Sample()).strip() == ""


def test_field_ties_hint_and_error_to_the_input() -> None:
    html = render("{{ f.name.as_field_group }}", f=Sample({"name": ""}))
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    for target in described[1].split():
        assert f'id="{target}"' in html
    assert 'aria-invalid="true"' in html
    assert "govuk-input--error" in html


def test_only_optional_fields_are_marked() -> None:
    form = Sample()
    assert "kheo-optional" in render("{{ f.note.as_field_group }}", f=form)
    assert "kheo-optional" not in render("{{ f.name.as_field_group }}", f=form)


def test_rows_name_their_button_and_carry_a_model_row() -> None:
    html = render("{% sample_goals as g %}{% rows g legend='Mục tiêu' %}")
    assert 'name="add-goals"' in html
    assert "goals-__prefix__-goal" in html
    assert 'name="goals-0-DELETE"' in html


def test_added_row_raises_the_total_up_to_the_limit() -> None:
    data = QueryDict("goals-TOTAL_FORMS=2&add-goals=1&goals-0-goal=x")
    assert added_row(data, "forces", "goals") == "goals"
    changed = with_added_row(data, "goals")
    assert changed["goals-TOTAL_FORMS"] == "3"
    assert changed["goals-0-goal"] == "x"
    assert (
        with_added_row(QueryDict("goals-TOTAL_FORMS=9999"), "goals")["goals-TOTAL_FORMS"] == "200"
    )
    assert with_added_row(QueryDict("goals-TOTAL_FORMS=x"), "goals")["goals-TOTAL_FORMS"] == "1"


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (StrictDateField(), "05/11/2023", dt.date(2023, 11, 5)),
        (StrictDateField(), "2-9-2023", dt.date(2023, 9, 2)),
        (StrictNumberField(), "11.182,5", Decimal("11182.5")),
        (StrictNumberField(whole=True), "12", 12),
        (StrictPercentField(), "15,3 %", Decimal("15.3")),
        (MoneyField(), "12 triệu", Decimal("12000000")),
        (StrictNumberField(required=False), "", None),
        (StrictNumberField(min_value=0), "0", Decimal(0)),
    ],
)
def test_fields_read(field: django_forms.Field, text: str, value: Any) -> None:
    assert field.clean(text) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (StrictDateField(), "31/02/2023"),
        (StrictDateField(), ""),
        (StrictNumberField(), "1.234"),
        (StrictNumberField(), "mười"),
        (StrictNumberField(whole=True), "1,5"),
        (StrictNumberField(decimals=1), "1,55"),
        (StrictNumberField(min_value=0), "-1"),
        (StrictPercentField(max_value=100), "100,1"),
        (StrictNumberField(), "NaN"),
    ],
)
def test_fields_refuse(field: django_forms.Field, text: str) -> None:
    with pytest.raises(django_forms.ValidationError):
        field.clean(text)


@pytest.mark.parametrize(
    "text", ["0", "12", "1.234", "1234.5", "0.125", "-7.25", "1000000", "1E+3", "5.00"]
)
def test_a_number_shown_in_a_form_reads_back_the_same(text: str) -> None:
    number = Decimal(text)
    assert StrictNumberField().clean(typed(number)) == number


def test_an_unchanged_number_is_not_a_change() -> None:
    assert not StrictNumberField().has_changed(Decimal("5.00"), "5")
    assert StrictNumberField().has_changed(Decimal("5.00"), "6")


def test_vendored_files_name_no_map_and_no_foreign_typeface() -> None:
    for path in (ROOT / "kheo/core/static/kheo").rglob("*"):
        if path.suffix not in (".css", ".js", ".svg"):
            continue
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text, path
        assert "GDS Transport" not in text, path
        assert "url(http" not in text, path


def test_every_icon_named_in_a_template_is_on_the_sheet() -> None:
    sheet = set(
        re.findall(r'<symbol id="(\w+)"', (ROOT / "kheo/core/static/kheo/icons.svg").read_text())
    )
    wanted = {
        name
        for path in (ROOT / "kheo").rglob("*.html")
        for name in re.findall(
            r"""(?:\{% icon |icon=)["'](\w+)["']""", path.read_text(encoding="utf-8")
        )
    }
    assert wanted
    assert wanted <= sheet


def test_the_page_for_a_broken_server_needs_no_context() -> None:
    page = get_template("500.html").template.render(Context())
    assert "<h1" in page
    assert 'class="govuk-template kheo"' in page and page.count('rel="stylesheet"') == 4  # the look of every page
    bare = Template('{% extends "base.html" %}').render(Context())
    assert "Khéo" in bare
