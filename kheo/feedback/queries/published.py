"""Surveys in the site's search, and their published results as open data."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core import datasets, search
from kheo.core.datasets import Column, Value
from kheo.feedback import queries
from kheo.feedback.models import Response, Survey
from kheo.organizations import queries as organizations

MOST_SURVEYS = 500


def _document(survey: Survey) -> search.Document:
    unit = organizations.name_on(survey.unit, survey.opens_on)
    return search.Document(
        title=f"{survey.form.name}: {unit}", address=reverse("feedback:survey", args=[survey.token]), body=survey.form.intro, date=survey.opens_on,
        unit=survey.unit.slug, unit_name=unit,
    )


search.register(search.Kind("survey", _("Surveys"), Survey, queries.public, _document))


def _rows() -> list[list[Value]]:
    """A row for each published answer of each question; nothing below the least number."""
    found: list[list[Value]] = []
    for survey in queries.public()[:MOST_SURVEYS]:
        results = queries.results(survey)
        unit = organizations.name_on(survey.unit, survey.opens_on)
        for line in results.lines:
            for share in line.result.shares:
                found.append([survey.form.name, unit, line.question.order, line.question.text, share.label, share.count, share.percent, results.n, results.first, results.last])
    return found


datasets.register(
    datasets.Dataset(
        code="khao-sat", title=_("Survey results"),
        description=_("Published results of the anonymous surveys, in whole groups of at least five answers."),
        columns=(
            Column("mau_phieu", _("Questionnaire")), Column("don_vi", _("Unit")), Column("thu_tu", _("Order"), "integer"), Column("cau_hoi", _("Question")),
            Column("tra_loi", _("Answer")), Column("so_phieu", _("Answers"), "integer"), Column("ty_le", _("Percentage"), "percent"),
            Column("tong_so_phieu", _("Answers in these results"), "integer"), Column("tu_ngay", _("From"), "date"), Column("den_ngay", _("Last day"), "date"),
        ),
        records=_rows, updated=datasets.Latest(Response.objects.all, "day"), address=lambda: reverse("feedback:index"), keywords=("khảo sát", "hài lòng"),
    )
)
