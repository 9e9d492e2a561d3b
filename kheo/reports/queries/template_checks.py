"""What a Word template may say: reads its tokens without running it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes

from kheo.reports.queries import template_places
from kheo.reports.queries.rendering.docx import PAPER_WORDS, environment
from kheo.reports.rules.tokens import split, suggest

LOOPS = {"cac_muc": {"so", "tieu_de", "cap", "phan", "cac_doan"}}
ALLOWED = (
    nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Const, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Template,
)

NAMES = {"Filter": "bộ lọc “|”", "Call": "lời gọi hàm “( )”", "Getitem": "dấu ngoặc vuông “[ ]”", "Assign": "lệnh set", "Include": "lệnh include", "Macro": "lệnh macro"}


@dataclass
class Reading:
    """The tokens of a template, and what is wrong with it in words."""

    tokens: list[str] = field(default_factory=list)
    unknown: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Tokens that are no figures, with those that may have been meant."""
    places: dict[str, str] = field(default_factory=dict)
    """Unknown token → where it stands."""
    broken: str = ""


def read(data: bytes, known: Collection[str]) -> Reading:
    """Every token of a .docx; unknown ones with suggestions; `broken` when it cannot be a template."""
    try:
        document = DocxTemplate(io.BytesIO(data))
        document.init_docx()
        parts = [document.patch_xml(document.get_xml())]
        for uri in (document.HEADER_URI, document.FOOTER_URI):
            parts += [document.patch_xml(document.get_part_xml(part)) for _key, part in document.get_headers_footers(uri)]
    except (KeyError, ValueError, zipfile.BadZipFile, OSError) as error:
        return Reading(broken=f"không đọc được tệp Word ({type(error).__name__})")
    found = Reading()
    for xml in parts:
        try:
            _walk(environment().parse(xml), known, found)
        except TemplateSyntaxError:
            found.broken = template_places.wrong_words(docx.Document(io.BytesIO(data)))
            return found
    found.tokens = list(dict.fromkeys(found.tokens))
    found.unknown = list(dict.fromkeys(found.unknown))
    if found.unknown:
        document = docx.Document(io.BytesIO(data))
        found.places = {chain: template_places.place_of(document, chain) for chain, _meant in found.unknown}
    return found


def _walk(tree: nodes.Node, known: Collection[str], found: Reading) -> None:
    loops: dict[str, str] = {}
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name):
            loops[loop.target.name] = _chain(loop.iter) or ""
    for node in _every(tree):
        if not isinstance(node, ALLOWED):
            what = NAMES.get(type(node).__name__, "phép tính")
            found.broken = f"không dùng được {what} trong mẫu; chỉ dùng số liệu, vòng lặp for và điều kiện if"
            return
    for chain in _chains(tree):
        found.tokens.append(chain)
        if not _is_known(chain, known, loops):
            found.unknown.append((chain, suggest(chain, known)))


def _every(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _every(child)


def _chains(node: nodes.Node) -> Iterator[str]:
    chain = _chain(node)
    if chain is not None:
        if not (isinstance(node, nodes.Name) and node.ctx == "store"):
            yield chain
        return
    for child in node.iter_child_nodes():
        yield from _chains(child)


def _chain(node: Any) -> str | None:
    """`a.b.c` for a name with attributes; None for anything else."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        before = _chain(node.node)
        return f"{before}.{node.attr}" if before else None
    return None


def _is_known(chain: str, known: Collection[str], loops: dict[str, str]) -> bool:
    first, _dot, rest = chain.partition(".")
    if first == "van_ban":
        return rest in PAPER_WORDS
    if first in loops:
        return not rest or (loops[first] == "cac_muc" and rest in LOOPS["cac_muc"])
    if first in LOOPS:
        return not rest
    return split(chain, known) is not None
