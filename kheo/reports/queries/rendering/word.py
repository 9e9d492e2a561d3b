"""Small parts of Word files that python-docx has no words for: drawn rules, fields, table borders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import ImageFont

FONTS = Path(settings.BASE_DIR) / "kheo" / "core" / "static" / "kheo" / "fonts" / "print"
CENTER = WD_ALIGN_PARAGRAPH.CENTER


TWIPS = 56.6929
"""Twentieths of a point in a millimetre."""


@lru_cache(maxsize=8)
def _letters(name: str) -> Any:
    return ImageFont.truetype(str(FONTS / f"Tinos-{name}.ttf"), 1000)


def width_mm(text: str, points: float, *, bold: bool = False) -> float:
    """How wide a line of text is, in millimetres; Tinos has the widths of Times New Roman."""
    units: float = _letters("Bold" if bold else "Regular").getlength(text)
    return units / 1000 * points * 0.352778


def set_font(run: Any, name: str, size: float, *, bold: bool = False, italic: bool = False) -> None:
    """One font for all scripts, so that no letter falls back to another face."""
    run.font.name, run.font.size, run.font.bold, run.font.italic = name, Pt(size), bold, italic
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(attribute), name)


def plain(paragraph: Any, *, after: float = 0, line: float = 1.0, align: Any = None) -> Any:
    """Without the indent and gaps of the body style."""
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing, shape.first_line_indent = Pt(0), Pt(after), line, Mm(0)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def drawn_rule(paragraph: Any, room: float, length: float) -> None:
    """A rule drawn as the upper border of an empty paragraph, `length` mm long in the middle of `room` mm."""
    plain(paragraph, align=CENTER)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(max(0.0, (room - length) / 2))
    shape.line_spacing, shape.space_before = Pt(5), Pt(3)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")


def page_field(paragraph: Any, font: str, size: float) -> None:
    """The page number as a field, centred."""
    plain(paragraph, align=CENTER)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        set_font(run, font, size)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.set(qn("xml:space"), "preserve")
            part.text = text
        run._r.append(part)


def fixed_table(table: Any, widths: list[float]) -> None:
    """Column widths in millimetres that Word and LibreOffice both keep; no space beside the text."""
    table.autofit = False
    properties = table._tbl.tblPr
    total = OxmlElement("w:tblW")
    total.set(qn("w:w"), str(int(sum(widths) * TWIPS)))
    total.set(qn("w:type"), "dxa")
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    properties.append(total)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def no_cell_margins(table: Any) -> None:
    """Header and signature tables: text reaches the edge of its column."""
    cell_margins(table, 0)


def cell_margins(table: Any, width: float) -> None:
    """Space beside the text of every cell, mm."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), str(int(width * TWIPS)))
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    table._tbl.tblPr.append(margins)


def table_xml(table: Mapping[str, Any], widths: Sequence[float], font: str, size: float) -> str:
    """A bordered table: header repeated on each page, no row cut by the end of a page, widths fixed."""
    twips = [int(width * TWIPS) for width in widths]
    face = f"<w:rFonts w:ascii={quoteattr(font)} w:hAnsi={quoteattr(font)} w:eastAsia={quoteattr(font)} w:cs={quoteattr(font)}/>"
    letters = f'<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/>'
    last = len(table["rows"]) - 1
    columns = list(zip(table["columns"], twips, strict=True))

    def cell(text: str, width: int, *, center: bool, bold: bool) -> str:
        alignment = "center" if center else "left"
        weight = "<w:b/>" if bold else ""
        run = f'<w:r><w:rPr>{face}{weight}{letters}</w:rPr><w:t xml:space="preserve">{escape(_printable(text))}</w:t></w:r>'
        shape = f'<w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/><w:jc w:val="{alignment}"/></w:pPr>'
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{shape}{run}</w:p></w:tc>'

    head = "".join(cell(title, width, center=True, bold=True) for (title, _kind, _share), width in columns)
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for index, row in enumerate(table["rows"]):
        total = bool(table["total"]) and index == last
        cells = (cell(entry["text"], width, center=kind == "number", bold=total) for entry, ((_t, kind, _s), width) in zip(row, columns, strict=True))
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    beside = int(0.9 * TWIPS)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    return (
        f'<w:tbl xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{beside}" w:type="dxa"/><w:right w:w="{beside}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _printable(text: str) -> str:
    """Without the control characters that XML forbids."""
    return "".join(c for c in text if c >= " " or c in "\t\n").replace("\ufffe", "").replace("\uffff", "")


def pages_from_one(section: Any) -> None:
    """The section counts its pages anew from 1."""
    part = OxmlElement("w:pgNumType")
    part.set(qn("w:start"), "1")
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.insert_element_before(part, "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter", "w:docGrid")


def whole_row(row: Any) -> None:
    """The row is not cut by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
