"""Imports at the desk: bring a workbook, see what was understood, decide."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.accounts.views.access import desk_required
from kheo.core import jobs
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_table
from kheo.core.verdicts import require
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.practices.actions import import_practices
from kheo.practices.forms.imports import ImportForm
from kheo.practices.models import ImportBatch, Practice

AT_ONCE = 150_000  # bytes: smaller files are checked and imported within the request
SHOWN = 200


def _units(request: HttpRequest) -> QuerySet[Organization]:
    reach = accounts.rights(request.user).units([Role.RECEIVER])
    areas = {v.organization_id for v in organizations.area_versions(reach)}
    return organizations.with_versions().filter(pk__in=areas).order_by("slug")


def _batches(request: HttpRequest) -> QuerySet[ImportBatch]:
    reach = accounts.rights(request.user).units([Role.RECEIVER, Role.AUDITOR])
    return ImportBatch.objects.filter(unit_id__in=reach).select_related("cycle__movement", "unit", "job")


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """Earlier imports, and the form for a new one."""
    form = ImportForm(request.POST or None, request.FILES or None, units=_units(request))
    if request.method == "POST" and form.is_valid():
        upload, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
        batch = import_practices.receive(upload.read(), upload.name, cycle=form.cleaned_data["cycle"], unit=unit, by=request.user, received_on=form.cleaned_data["received_on"])
        address = reverse("practices_desk:import", args=[batch.pk])
        job = jobs.enqueue("practices.check_workbook", _("Check %(name)s") % {"name": batch.filename}, by=request.user, result_url=address, batch=batch.pk)
        ImportBatch.objects.filter(pk=batch.pk).update(job=job)
        if upload.size <= AT_ONCE:
            jobs.run(job.pk)
            return redirect(address)
        return redirect("desk:job", pk=job.pk)
    return render(request, "practices/desk/imports.html", {"form": form, "batches": _batches(request)[:50]})


@desk_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What was understood of a workbook, every problem, and what can be done now."""
    batch = get_object_or_404(_batches(request), pk=pk)
    report = batch.report
    context = {
        "batch": batch,
        "errors": report.get("errors", [])[:SHOWN],
        "warnings": report.get("warnings", [])[:SHOWN],
        "error_count": len(report.get("errors", [])),
        "warning_count": len(report.get("warnings", [])),
        "new": batch.mapping.get("new", 0),
        "waiting": batch.state == ImportBatch.State.CHECKED and bool(report),
        "imported": Practice.objects.filter(imported_from__batch=batch).order_by("pk")[:SHOWN],
        "may_import": import_practices.may_import(request.user, batch.unit),
    }
    return render(request, "practices/desk/import.html", context)


@desk_required
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: import all rows, or only the good ones."""
    batch = get_object_or_404(_batches(request), pk=pk)
    if request.method != "POST" or batch.state != ImportBatch.State.CHECKED:
        return redirect("practices_desk:import", pk=pk)
    require(import_practices.may_import(request.user, batch.unit))
    job = jobs.enqueue(
        "practices.import_workbook", _("Import %(name)s") % {"name": batch.filename}, by=request.user,
        result_url=reverse("practices_desk:import", args=[pk]), batch=pk, good_rows="good_rows" in request.POST,
    )
    ImportBatch.objects.filter(pk=pk).update(job=job)
    if batch.file.size <= AT_ONCE:
        done = jobs.run(job.pk)
        if done.error:
            messages.error(request, done.error)
        return redirect("practices_desk:import", pk=pk)
    return redirect("desk:job", pk=job.pk)


@desk_required
def marked(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The officer's own workbook with every problem marked at its cell."""
    batch = get_object_or_404(_batches(request), pk=pk)
    if not batch.marked_file:
        raise Http404
    return FileResponse(batch.marked_file.open("rb"), as_attachment=True, filename=f"da-danh-dau-{batch.pk}.xlsx")


@desk_required
def template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the headings this import knows best, and how to fill it."""
    titles = [
        ("TT", 6), ("Tên mô hình, điển hình", 48), ("Đơn vị, cá nhân thực hiện", 36), ("Phường, xã", 18), ("TT/CN", 12),
        ("Lĩnh vực", 26), ("Mới/duy trì", 14), ("Nội dung chủ yếu", 50), ("Địa bàn", 22), ("Thời gian thực hiện", 26),
        ("Kinh phí (đồng)", 16), ("Ghi chú", 20),
    ]
    guide = [
        ("TT/CN", _("Write “tập thể” or “cá nhân”.")),
        ("Lĩnh vực", _("Exactly one of the movement's fields, by its name or short name.")),
        ("Mới/duy trì", _("Write “mới” or “duy trì”.")),
        ("Thời gian thực hiện", _("For example “01/2023 đến 12/2023”, “Quý II/2023” or “cả năm”.")),
        ("Kinh phí (đồng)", _("A whole number of đồng: 12000000 or 12.000.000.")),
    ]
    content = write_table([
        TableSheet("Danh sách", [ColumnSpec(title, width=width) for title, width in titles], [], title="DANH SÁCH ĐĂNG KÝ MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO”"),
        TableSheet("Hướng dẫn", [ColumnSpec(_("Column"), width=24), ColumnSpec(_("How to fill it"), width=70)], guide),
    ])
    return HttpResponse(
        content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="mau-dang-ky-mo-hinh.xlsx"'},
    )


