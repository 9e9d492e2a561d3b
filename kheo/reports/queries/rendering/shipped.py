"""The Word templates shipped with the software, built from the numbers of a document format.

`script/report-templates` writes them to templates/reports/docx/. Officials may open one in Word,
change words and order, and upload it at the desk as a new version.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from kheo.reports.queries.rendering import word
from kheo.reports.queries.rendering.packing import repacked
from kheo.reports.rules.formats import Format

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "reports" / "docx"
MOMENT = "2020-01-01T00:00:00Z"


def path_of(kind: str, layout: str) -> Path:
    """Where a shipped template lies."""
    return FOLDER / f"{kind}-{layout}.docx"


def build(form: Format) -> bytes:
    """The template of a format: page, header block, title, sections, signature, recipients."""
    document = docx.Document()
    _page(document, form)
    _header(document, form)
    _title(document, form)
    _sections(document, form)
    _signature(document, form)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue(), MOMENT)


def _page(document: Any, form: Format) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side in ("top", "bottom", "left", "right"):
        setattr(section, f"{side}_margin", Mm(form.margins[side]))
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    word.page_field(section.header.paragraphs[0], form.font, form.sizes["page_number"])
    style = document.styles["Normal"]
    word.set_font(style, form.font, form.sizes["body"])
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(form.paragraph_gap), form.line_height


def _line(cell: Any, text: str, form: Format, size: str, *, first: bool = False, bold: bool = False, italic: bool = False) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    word.plain(paragraph, align=word.CENTER)
    word.set_font(paragraph.add_run(text), form.font, form.sizes[size], bold=bold, italic=italic)


def _logic(holder: Any, text: str) -> None:
    """A paragraph that the template engine removes."""
    word.plain(holder.add_paragraph(text))


def _header(document: Any, form: Format) -> None:
    left_width, right_width = form.columns
    table = document.add_table(rows=2, cols=2)
    word.no_cell_margins(table)
    word.fixed_table(table, [left_width, right_width])
    left, right = table.rows[0].cells
    word.plain(left.paragraphs[0]).add_run("{%p if van_ban.co_quan_chu_quan %}")
    _line(left, "{{ van_ban.co_quan_chu_quan }}", form, "parent")
    _logic(left, "{%p endif %}")
    _line(left, "{{ van_ban.co_quan }}", form, "issuer", bold=True)
    if form.star:
        _line(left, "*", form, "issuer")
    else:
        word.drawn_rule(left.add_paragraph(), left_width, left_width * 0.4)
    _line(right, form.national, form, "national", first=True, bold=True)
    if form.motto:
        _line(right, form.motto, form, "motto", bold=True)
    under, size = (form.motto, "motto") if form.motto else (form.national, "national")
    word.drawn_rule(right.add_paragraph(), right_width, word.width_mm(under, form.sizes[size], bold=True))
    left, right = table.rows[1].cells
    _line(left, "{{ van_ban.so_ky_hieu }}", form, "number", first=True)
    _line(right, "{{ van_ban.dia_danh_ngay }}", form, "place_date", first=True, italic=True)


def _title(document: Any, form: Format) -> None:
    word.plain(document.add_paragraph(), line=0.6)
    for text, size in (("{{ van_ban.ten_loai }}", "title"), ("{{ van_ban.trich_yeu }}", "subject")):
        paragraph = word.plain(document.add_paragraph(), align=word.CENTER)
        word.set_font(paragraph.add_run(text), form.font, form.sizes[size], bold=True)
    word.drawn_rule(document.add_paragraph(), form.text_width, form.text_width / 3)
    word.plain(document.add_paragraph(), line=0.6)


def _sections(document: Any, form: Format) -> None:
    _logic(document, "{%p for muc in cac_muc %}")
    heading = document.add_paragraph()
    heading.paragraph_format.first_line_indent = Mm(form.first_line)
    heading.paragraph_format.keep_with_next = True
    word.set_font(heading.add_run("{{ muc.so }} {{ muc.tieu_de }}"), form.font, form.sizes["body"], bold=True)
    _logic(document, "{%p for doan in muc.cac_doan %}")
    body = document.add_paragraph()
    body.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.paragraph_format.first_line_indent = Mm(form.first_line)
    word.set_font(body.add_run("{{ doan }}"), form.font, form.sizes["body"])
    _logic(document, "{%p endfor %}")
    _logic(document, "{%p endfor %}")
    end = word.plain(document.add_paragraph(), align=WD_ALIGN_PARAGRAPH.RIGHT, after=12)
    word.set_font(end.add_run("{{ van_ban.dau_het }}"), form.font, form.sizes["body"])


def _signature(document: Any, form: Format) -> None:
    left_width, right_width = form.columns
    table = document.add_table(rows=1, cols=2)
    word.no_cell_margins(table)
    word.fixed_table(table, [left_width, right_width])
    word.whole_row(table.rows[0])
    left, right = table.rows[0].cells
    title = word.plain(left.paragraphs[0])
    word.set_font(title.add_run("Nơi nhận:"), form.font, form.sizes["recipients_title"], bold=True, italic=not form.star)
    _logic(left, "{%p for dong in van_ban.noi_nhan %}")
    word.set_font(word.plain(left.add_paragraph()).add_run("{{ dong }}"), form.font, form.sizes["recipients"])
    _logic(left, "{%p endfor %}")
    word.plain(right.paragraphs[0]).add_run("{%p for dong in van_ban.ky %}")
    _line(right, "{{ dong }}", form, "signature", bold=True)
    _logic(right, "{%p endfor %}")
    for _gap in range(4):
        _line(right, "", form, "signature")
    _line(right, "{{ van_ban.nguoi_ky }}", form, "signature", bold=True)
