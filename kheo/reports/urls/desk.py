"""Reports, below /ban-lam-viec/bao-cao/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.reports.views.desk import lifecycle, overview, templates, writing

app_name = "reports_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", writing.index, name="index"),
    path("tong-quan/", overview.overview, name="overview"),
    path("tong-quan/so-lieu/", overview.figure, name="overview_figure"),
    path("moi/", writing.new, name="new"),
    path("mau/", templates.index, name="templates"),
    path("mau/<int:pk>/", templates.version, name="template_version"),
    path("mau/<int:pk>/thoi-dung/", templates.withdraw, name="withdraw_template"),
    path("mau/<slug:kind>/<slug:layout>/", templates.download, name="template"),
    path("muc/<int:pk>/", writing.section, name="section"),
    path("muc/<int:pk>/luu-tam/", writing.autosave, name="autosave"),
    path("muc/<int:pk>/<slug:step>/", writing.arrange, name="arrange"),
    path("tep/<int:pk>/", lifecycle.file, name="file"),
    path("<int:pk>/", lifecycle.detail, name="detail"),
    path("<int:pk>/khung/", writing.frame, name="frame"),
    path("<int:pk>/them-muc/", writing.add_section, name="add_section"),
    path("<int:pk>/xem-truoc/", lifecycle.preview, name="preview"),
    path("<int:pk>/so-lieu/", lifecycle.figure, name="figure"),
    path("<int:pk>/kiem-tra/", lifecycle.check, name="check"),
    path("<int:pk>/tra-lai/", lifecycle.return_, name="return"),
    path("<int:pk>/ban-hanh/", lifecycle.issue, name="issue"),
    path("<int:pk>/mo-lai/", lifecycle.reopen, name="reopen"),
    path("<int:pk>/khac-biet/", lifecycle.difference, name="difference"),
    path("<int:pk>/bao-cao.<slug:form>", lifecycle.download, name="download"),
]
