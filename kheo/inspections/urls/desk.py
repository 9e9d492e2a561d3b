"""Inspections at the desk, below /ban-lam-viec/kiem-tra/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kheo.inspections.views.desk import checks, plans, programmes

app_name = "inspections_desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", plans.index, name="index"),
    path("ke-hoach/moi/", plans.new_plan, name="new_plan"),
    path("ke-hoach/<int:pk>/", plans.plan, name="plan"),
    path("ke-hoach/<int:pk>/sua/", plans.change_plan, name="change_plan"),
    path("ke-hoach/<int:pk>/xep-lich/", plans.schedule, name="schedule"),
    path("ke-hoach/<int:pk>/nhac/", plans.remind, name="remind"),
    path("ke-hoach/<int:pk>/tu-kiem-tra/<int:unit>/", checks.self_inspect, name="self_inspect"),
    path("noi-dung/", plans.checklists, name="checklists"),
    path("noi-dung/moi/", plans.write_checklist, name="write_checklist"),
    path("noi-dung/<int:pk>/", plans.change_checklist, name="change_checklist"),
    path("cuoc/<int:pk>/", checks.detail, name="detail"),
    path("cuoc/<int:pk>/bien-ban/", checks.hold, name="hold"),
    path("cuoc/<int:pk>/ket-luan/", checks.conclude, name="conclude"),
    path("cuoc/<int:pk>/tra-lai/", checks.return_, name="return"),
    path("cuoc/<int:pk>/huy/", checks.cancel, name="cancel"),
    path("cuoc/<int:pk>/tu-kiem-tra/", checks.fill, name="fill"),
    path("cuoc/<int:pk>/luu-nhap/", checks.autosave, name="autosave"),
    path("cuoc/<int:pk>/bien-nhan/", checks.receipt, name="receipt"),
    path("cuoc/<int:pk>/tep/", checks.attach, name="attach"),
    path("han-che/<int:pk>/khac-phuc/", checks.report_finding, name="report_finding"),
    path("han-che/<int:pk>/xem-xet/", checks.settle_finding, name="settle_finding"),
    path("tep/<int:pk>/", checks.attachment, name="attachment"),
    path("chuong-trinh/moi/", programmes.new_programme, name="new_programme"),
    path("chuong-trinh/<int:pk>/", programmes.programme, name="programme"),
    path("chuong-trinh/<int:pk>/sua/", programmes.change_programme, name="change_programme"),
    path("chuong-trinh/<int:pk>/thang-diem/", programmes.scheme, name="scheme"),
    path("chuong-trinh/<int:pk>/ra-mat/", programmes.launch, name="launch"),
    path("chuong-trinh/<int:pk>/cham-diem/", programmes.open_assessment, name="open_assessment"),
    path("cham-diem/<int:pk>/", programmes.assessment, name="assessment"),
    path("cham-diem/<int:pk>/tu-cham/", programmes.self_score, name="self_score"),
    path("cham-diem/<int:pk>/tham-dinh/", programmes.evaluate, name="evaluate"),
    path("cham-diem/<int:pk>/ket-qua/", programmes.conclude, name="conclude_assessment"),
    path("cham-diem/<int:pk>/tra-lai/", programmes.return_, name="return_assessment"),
    path("cham-diem/<int:pk>/tep/<int:criterion>/", programmes.attach, name="attach_evidence"),
]
