"""Rich text as editors paste it: the words kept, the junk of word processors and old fonts gone."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from kheo.core.rules import legacy
from kheo.core.rules.text import nfc

_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"[ \t]*\n[ \t]*")
_UNICODE = re.compile("[\u1ea0-\u1ef9ĂăĐđƠơƯư]")  # no old font has codes there
_BLOCKS = ["p", "h2", "h3", "h4", "li", "td", "th", "blockquote"]
_EMPTY = ("p", "h2", "h3", "h4", "li", "b", "i", "strong", "em")
_DROPPED = ("style", "script", "meta", "link", "title", "xml", "o:p", "head")
_KEPT_ATTRIBUTES = {"href", "linktype", "id", "embedtype", "alt", "format", "colspan", "rowspan", "scope", "contentblocktype"}


def clean_markup(source: str) -> str:
    """The same text with composed letters and plain spaces, without Word's marks, styles and empty paragraphs.

    Text of TCVN3 or VNI fonts, or broken UTF-8, is turned into Unicode when recognised beyond doubt.
    """
    soup = BeautifulSoup(source, "html.parser")
    for comment in soup.find_all(string=lambda found: isinstance(found, Comment)):
        comment.extract()
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    for tag in soup.find_all(True):
        if ":" in tag.name or tag.name in ("span", "font"):
            tag.unwrap()
            continue
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in _KEPT_ATTRIBUTES}
    soup.smooth()
    encoding = legacy.detect(soup.get_text(" "))
    modern = {id(piece) for piece in soup.find_all(string=True) if _is_modern(piece)}  # asked while all pieces stand as they came
    for piece in soup.find_all(string=True):
        piece.replace_with(NavigableString(_clean_piece(str(piece), "unicode" if id(piece) in modern else encoding)))
    _drop_empty(soup)
    return str(soup)


def _is_modern(piece: NavigableString) -> bool:
    """True when its paragraph is Unicode already: “ngõ xóm” in italics has no letter that an old font lacks, its neighbours have.

    A short paragraph of an old font may look like a word (“phè” for “phố”): only true Unicode stays.
    """
    block = piece.find_parent(_BLOCKS)
    return bool(_UNICODE.search(block.get_text() if block is not None else str(piece)))


def _clean_piece(piece: str, encoding: legacy.Encoding) -> str:
    converted = legacy.to_unicode(piece, encoding).text
    return _BREAKS.sub("\n", _SPACES.sub(" ", nfc(converted)))


def _drop_empty(soup: BeautifulSoup) -> None:
    for tag in reversed(soup.find_all(_EMPTY)):
        if not tag.get_text(strip=True) and not tag.find(["img", "embed", "hr", "br"]):
            tag.decompose()


def text_of(source: str) -> str:
    """The words of rich text, one paragraph in a line."""
    soup = BeautifulSoup(source, "html.parser")
    for tag in soup.find_all("br"):
        tag.replace_with("\n")
    blocks = [tag for tag in soup.find_all(["p", "h2", "h3", "h4", "li", "td", "th"]) if isinstance(tag, Tag)]
    if not blocks:
        return _SPACES.sub(" ", soup.get_text(" ")).strip()
    lines = (_SPACES.sub(" ", tag.get_text("")).strip() for tag in blocks)
    return "\n".join(line for line in lines if line)


def font_of(text: str) -> legacy.Encoding:
    """How pasted text is encoded: "tcvn3", "vni" or "mojibake" call for a notice to the editor."""
    return legacy.detect(text)
