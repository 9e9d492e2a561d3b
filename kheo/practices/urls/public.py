from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.practices.views.desk import work
from kheo.practices.views.public import detail, download, index, register, register_status, spread

app_name = "practices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.index, name="index"),
    path("nhan-rong/", spread.spread, name="spread"),
    path("tai-ve/tu-dien/", download.dictionary, name="dictionary"),
    path("tai-ve/tu-dien.json", download.dictionary_json, name="dictionary_json"),
    path("tai-ve/<slug:form>/", download.download, name="download"),
    path("dang-ky/", register.register, name="register"),
    path("dang-ky/luu-nhap/<uuid:key>/", register.draft, name="draft"),
    path("dang-ky/<uuid:key>/", register.registration, name="registration"),
    path("dang-ky/<uuid:key>/bien-nhan/", register_status.receipt, name="receipt"),
    path("dang-ky/<uuid:key>/phieu-dang-ky/", register_status.sheet, name="sheet"),
    path("dang-ky/<uuid:key>/phieu-dang-ky.pdf", register_status.sheet_pdf, name="sheet_pdf"),
    path("dang-ky/<uuid:key>/tra-loi/", register_status.answer, name="answer"),
    path("dang-ky/<uuid:key>/rut/", register_status.withdraw, name="withdraw"),
    path("minh-chung/<int:pk>/", work.evidence_file, name="evidence"),
    path("minh-chung/<int:pk>/nho/", work.evidence_file, {"thumbnail": True}, name="evidence_thumbnail"),
    # The page of one practice stands last: every other word below /mo-hinh/ comes first.
    path("<slug:slug>/", detail.detail, name="detail"),
]
