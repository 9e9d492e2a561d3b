"""The report as a Word file: the template is poured full, then tables and annexes are set in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from kheo.reports.queries.rendering import word
from kheo.reports.queries.rendering.fitting import widths
from kheo.reports.queries.rendering.packing import repacked
from kheo.reports.rules.figures import ATTRIBUTES, Figure
from kheo.reports.rules.formats import ANNEX_SIZE, Format, annex_head
from kheo.reports.rules.text import annex_names, closed

MARK = "⟦bảng {}⟧"


class Shown(dict[str, str]):
    """A figure in a template: written alone it is the figure, with a dot one of its attributes."""

    def __init__(self, figure: Figure) -> None:
        super().__init__({name: figure.attribute(name) for name in ATTRIBUTES})
        self.words = figure.shown

    def __str__(self) -> str:
        return self.words


def environment() -> SandboxedEnvironment:
    """The template language without anything that could reach beyond the words given to it."""
    return SandboxedEnvironment(autoescape=True)


def context(content: Mapping[str, Any], layout: str) -> tuple[dict[str, Any], list[Mapping[str, Any]]]:
    """The words of a template, and the tables whose marks stand in the text."""
    paper = content["papers"][layout]
    tables: list[Mapping[str, Any]] = []
    sections, end = [], ""
    for section in closed(content["sections"], paper["end_mark"]):
        told = []
        for block in section["blocks"]:
            if block["kind"] == "table":
                told.append(MARK.format(len(tables)))
                tables.append(block["table"])
            elif block["kind"] == "end":
                end = block["pieces"][0]["text"]
            else:
                told.append("".join(piece["text"] for piece in block["pieces"]))
        sections.append({"so": section["number"], "tieu_de": section["title"], "cap": section["level"], "phan": section["part"], "cac_doan": told})
    groups: dict[str, dict[str, Any]] = {}
    for token, data in content["figures"].items():
        group, code = token.split(".")
        groups.setdefault(group, {})[code] = Shown(Figure.thawed(data))
    papers = {
        "co_quan_chu_quan": paper["parent"], "co_quan": paper["issuer"], "quoc_hieu": paper["national"], "tieu_ngu": paper["motto"], "so_ky_hieu": paper["number_line"],
        "dia_danh_ngay": paper["place_date"], "ten_loai": content["title"], "trich_yeu": content["subject"], "ky": paper["signature"],
        "nguoi_ky": paper["signer"], "noi_nhan": paper["recipients"], "dau_het": end,
    }
    return {"van_ban": papers, "cac_muc": sections, **groups}, tables


PAPER_WORDS = (
    "co_quan_chu_quan", "co_quan", "quoc_hieu", "tieu_ngu", "so_ky_hieu", "dia_danh_ngay", "ten_loai", "trich_yeu", "ky", "nguoi_ky", "noi_nhan", "dau_het",
)


def render(content: Mapping[str, Any], layout: str, template: bytes) -> bytes:
    """The file. The same content and template give the same bytes."""
    poured = DocxTemplate(io.BytesIO(template))
    words, tables = context(content, layout)
    poured.render(words, environment(), autoescape=True)
    out = io.BytesIO()
    poured.save(out)
    out.seek(0)
    document = docx.Document(out)
    form = Format.of(layout, content["papers"][layout]["format"])
    _set_tables(document, tables, form)
    _keep_with_signature(document)
    for name, annex in zip(annex_names(len(content["annexes"])), content["annexes"], strict=True):
        _annex(document, name, annex, content, content["papers"][layout], form)
    document.core_properties.title = f"{content['title']} {content['subject']}"[:250]
    document.core_properties.author = content["papers"][layout]["issuer"].replace("\n", " ")[:250]
    document.core_properties.language = "vi-VN"
    done = io.BytesIO()
    document.save(done)
    return repacked(done.getvalue(), content["day"] + "T00:00:00Z")


def _keep_with_signature(document: Any) -> None:
    """The last words stay on the page of the signature table: a signature never stands alone."""
    signature = document.tables[-1]._tbl if document.tables else None
    before = signature.getprevious() if signature is not None else None
    while before is not None and before.tag == qn("w:p"):
        paragraph = Paragraph(before, document)
        paragraph.paragraph_format.keep_with_next = True
        if paragraph.text.strip():
            return
        before = before.getprevious()


def _set_tables(document: Any, tables: list[Mapping[str, Any]], form: Format) -> None:
    marks = {MARK.format(n): table for n, table in enumerate(tables)}
    for paragraph in list(document.paragraphs):
        table = marks.get(paragraph.text.strip())
        if table is None:
            continue
        made = _table(document, table, form.text_width, form.sizes["table"], form)
        paragraph._p.addnext(made)
        _retitle(paragraph, table["title"], form)
        gap = Paragraph(docx.oxml.OxmlElement("w:p"), paragraph._parent)
        made.addnext(gap._p)
        word.plain(gap, line=0.5)


def _retitle(paragraph: Any, title: str, form: Format) -> None:
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    word.plain(paragraph, after=3, align=word.CENTER)
    paragraph.paragraph_format.keep_with_next = True
    word.set_font(paragraph.add_run(title), form.font, form.sizes["table"], bold=True)


def _table(document: Any, table: Mapping[str, Any], room: float, size: float, form: Format) -> Any:
    """The table at the end of the document, written as XML: cell by cell python-docx takes seconds."""
    made = parse_xml(word.table_xml(table, widths(table, room, size), form.font, size))
    document.element.body.insert_element_before(made, "w:sectPr")
    return made


def _annex(document: Any, name: str, annex: Mapping[str, Any], content: Mapping[str, Any], paper: Mapping[str, Any], form: Format) -> None:
    """A landscape section of its own, its pages counted from 1 (NĐ 30/2020/NĐ-CP: each annex by itself)."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(form.margins["left"]), Mm(form.margins["right"])
    section.different_first_page_header_footer = True
    word.pages_from_one(section)
    room = 297 - form.margins["left"] - form.margins["right"]
    for text, size, bold, italic in annex_head(name, annex, content, paper, form):
        word.set_font(word.plain(document.add_paragraph(), align=word.CENTER).add_run(text), form.font, size, bold=bold, italic=italic)
    word.drawn_rule(document.add_paragraph(), room, room / 5)
    _table(document, annex, room, ANNEX_SIZE, form)
