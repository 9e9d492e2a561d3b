import io

import xlsxwriter
from django.urls import reverse

from kheo.organizations.models import OrganizationVersion


def workbook(*rows) -> io.BytesIO:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Đơn vị")
        for number, row in enumerate([("Tên đơn vị", "Loại", "Mã cấp trên", "Từ ngày"), *rows]):
            sheet.write_row(number, 0, row)
    made.seek(0)
    made.name = "don-vi.xlsx"
    return made


ADDRESS = "organizations_desk:import_units"
GOOD = ("Khu phố 9", "Khu phố", "14812", "01/07/2025")


def test_it_works(cast, signed_in):
    client = signed_in(cast.admin)
    checked = client.post(reverse(ADDRESS), {"file": workbook(GOOD)})
    assert (checked.context["outcome"].accepted, checked.context["outcome"].batch) == (1, None)
    assert not OrganizationVersion.objects.filter(name="Khu phố 9").exists()
    saved = client.post(reverse(ADDRESS), {"file": workbook(GOOD), "carry_out": "1"})
    assert saved.context["outcome"].batch
    assert OrganizationVersion.objects.get(name="Khu phố 9").parent == cast.bim_son
    again = client.post(reverse(ADDRESS), {"file": workbook(GOOD), "carry_out": "1"})
    assert (again.context["outcome"].accepted, again.context["outcome"].unchanged) == (0, 1)


def test_one_bad_row_and_nothing_is_saved(cast, signed_in):
    page = signed_in(cast.admin).post(reverse(ADDRESS), {"file": workbook(GOOD, ("", "Khu phố", "14812", "31/02/2025")), "carry_out": "1"})
    assert page.context["errors"]
    assert "Đơn vị" in page.content.decode()
    assert not OrganizationVersion.objects.filter(name="Khu phố 9").exists()


def test_not_a_workbook(cast, signed_in):
    bad = io.BytesIO(b"%PDF-1.4 nothing")
    bad.name = "a.xlsx"
    page = signed_in(cast.admin).post(reverse(ADDRESS), {"file": bad})
    assert page.context["form"].errors["file"]


def test_an_officer_may_not(cast, signed_in):
    assert signed_in(cast.officer).get(reverse(ADDRESS)).status_code == 403
