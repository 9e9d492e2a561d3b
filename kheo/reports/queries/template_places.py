"""Where in a Word file some words stand, said so that an official finds them: paragraph, table cell, header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import TemplateSyntaxError

from kheo.reports.queries.rendering.docx import environment

OPENERS = (("{{", "}}"), ("{%", "%}"))
CODE = re.compile(r"\{\{.*?\}\}")
LONGEST = 60


def paragraphs(document: Any) -> Iterator[tuple[str, str]]:
    """(place, text) of every paragraph: body, cells of tables, headers and footers."""
    for number, paragraph in enumerate(document.paragraphs, start=1):
        yield f"đoạn {number}", paragraph.text
    yield from _cells("bảng", document.tables)
    for number, section in enumerate(document.sections, start=1):
        for words, part in (("đầu trang", section.header), ("đầu trang thứ nhất", section.first_page_header), ("chân trang", section.footer), ("chân trang thứ nhất", section.first_page_footer)):
            if part.is_linked_to_previous:
                continue
            place = f"{words}, phần {number}"
            for paragraph in part.paragraphs:
                yield place, paragraph.text
            yield from _cells(f"{place}, bảng", part.tables)


def _cells(words: str, tables: Any) -> Iterator[tuple[str, str]]:
    for number, table in enumerate(tables, start=1):
        for row_number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row.cells, start=1):
                for paragraph in cell.paragraphs:
                    yield f"{words} {number}, dòng {row_number}, cột {column}", paragraph.text


def place_of(document: Any, chain: str) -> str:
    """Where a token stands: `bảng 1, dòng 1, cột 1`; empty when it is spread over several paragraphs."""
    wanted = re.compile(rf"(?<![\w.]){re.escape(chain)}(?![\w.])")
    return next((place for place, text in paragraphs(document) if "{" in text and wanted.search(text)), "")


def wrong_words(document: Any) -> str:
    """The first place where a code is not closed or cannot be read; empty when none is found."""
    for place, text in paragraphs(document):
        for opener, closer in OPENERS:
            if text.count(opener) != text.count(closer):
                return f"{place}: “{_cut(text)}” có dấu {opener} mà thiếu {closer}, hoặc ngược lại; một mã phải nằm gọn trong một đoạn"
        for code in CODE.findall(text):
            try:
                environment().parse(code)
            except TemplateSyntaxError:
                return f"{place}: không đọc được mã “{_cut(code)}”; hãy chép mã từ danh sách số liệu"
    return "thiếu dòng kết thúc {%p endfor %} hoặc {%p endif %} cho một vòng lặp, điều kiện, hoặc thừa một dòng như vậy"


def _cut(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= LONGEST else clean[:LONGEST] + "…"
