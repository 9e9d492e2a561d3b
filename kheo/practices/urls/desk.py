"""Practices at the desk, below /ban-lam-viec/mo-hinh/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.practices.views.desk import (
    detail,
    imports,
    lifecycle,
    listing,
    recognition,
    registration,
    work,
)
from kheo.practices.views.desk import registration_steps as steps

app_name = "practices_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("moi/", registration.new, name="new"),
    path("<int:pk>/sua/", registration.edit, name="edit"),
    path("<int:pk>/gui/", registration.edit, name="register"),
    path("<int:pk>/phieu-dang-ky/", registration.sheet, name="sheet"),
    path("<int:pk>/phieu-dang-ky.pdf", registration.sheet_pdf, name="sheet_pdf"),
    path("<int:pk>/tra-lai/", steps.return_, name="return"),
    path("<int:pk>/duyet/", steps.approve, name="approve"),
    path("<int:pk>/bat-dau/", steps.start, name="start"),
    path("<int:pk>/rut/", steps.withdraw, name="withdraw"),
    path("<int:pk>/huong-dan/", steps.guide, name="guide"),
    path("<int:pk>/tra-loi/", steps.answer, name="answer"),
    path("<int:pk>/tom-tat/", steps.edit_summary, name="edit_summary"),
    path("<int:pk>/nhan-rong/", steps.replicate, name="replicate"),
    path("", listing.index, name="list"),
    path("xuat/", listing.export, name="export"),
    path("bieu/", listing.official, name="tables"),
    path("bieu/<int:cycle>/<slug:kind>/", listing.official_table, name="table"),
    path("cong-nhan/", recognition.recognize, name="recognize"),
    path("hang-loat/<slug:verb>/", listing.bulk, name="bulk"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/tien-do/", work.report_progress, name="report_progress"),
    path("<int:pk>/minh-chung/", work.add_evidence, name="add_evidence"),
    path("minh-chung/<int:pk>/cong-khai/", work.publish_evidence, name="publish_evidence"),
    path("minh-chung/<int:pk>/go-bo/", work.remove_evidence, name="remove_evidence"),
    path("<int:pk>/tu-cham/", work.self_score, name="self_score"),
    path("<int:pk>/tham-dinh/", work.evaluate, name="evaluate"),
    path("<int:pk>/de-nghi/", lifecycle.VIEWS["propose"], name="propose"),
    path("<int:pk>/tra-de-nghi/", lifecycle.VIEWS["send_back"], name="send_back"),
    path("<int:pk>/mo-tham-dinh/", lifecycle.VIEWS["open_evaluation"], name="open_evaluation"),
    path("<int:pk>/khong-cong-nhan/", lifecycle.VIEWS["refuse"], name="refuse"),
    path("<int:pk>/chuyen-nam-sau/", lifecycle.VIEWS["defer"], name="defer"),
    path("<int:pk>/tieu-bieu/", lifecycle.VIEWS["name_exemplary"], name="name_exemplary"),
    path("<int:pk>/dung/", lifecycle.VIEWS["stop"], name="stop"),
    path("<int:pk>/thu-hoi/", lifecycle.VIEWS["revoke"], name="revoke"),
    path("<int:pk>/nam-sau/", lifecycle.carry_over, name="carry_over"),
    path("nhap/", imports.index, name="imports"),
    path("nhap/mau/", imports.template, name="import_template"),
    path("nhap/<int:pk>/", imports.show, name="import"),
    path("nhap/<int:pk>/thuc-hien/", imports.carry_out, name="import_carry_out"),
    path("nhap/<int:pk>/danh-dau/", imports.marked, name="import_marked"),
]
