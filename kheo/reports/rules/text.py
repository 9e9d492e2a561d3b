"""Narrative text into blocks, periods into words, sections into numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kheo.core.rules.periods import Period, period
from kheo.reports.rules.figures import Figure
from kheo.reports.rules.tokens import BRACES, Piece, pieces

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX")
_QUARTERS = ("I", "II", "III", "IV")


def period_words(of: Period) -> str:
    """`năm 2023`, `6 tháng đầu năm 2023`, `quý IV năm 2023`, `tháng 11 năm 2023`."""
    year = of.first.year
    if of.kind == "year":
        return f"năm {year}"
    if of.kind == "half":
        return f"6 tháng {'đầu' if of.first.month == 1 else 'cuối'} năm {year}"
    if of.kind == "quarter":
        return f"quý {_QUARTERS[(of.first.month - 1) // 3]} năm {year}"
    return f"tháng {of.first.month} năm {year}"


def last_year(of: Period) -> Period:
    """The same period a year before: what reports compare with."""
    months = {"year": 12, "half": 6, "quarter": 3, "month": 1}[of.kind]
    return period(of.kind, of.first.year - 1, (of.first.month - 1) // months + 1)


def blocks(text: str, figures: Mapping[str, Figure]) -> list[dict[str, Any]]:
    """Paragraphs and list lines (`- …`, `+ …`) with their figures."""
    found = []
    for line in text.replace("\r\n", "\n").split("\n"):
        clean = line.strip()
        if not clean:
            continue
        kind = "item" if clean[:2] in ("- ", "+ ", "* ", "– ") else "paragraph"
        body = f"- {clean[2:].strip()}" if kind == "item" and clean[0] in "*–" else clean
        found.append({"kind": kind, "pieces": [{"text": p.text, "token": p.token} for p in smoothed(pieces(body, figures), figures)]})
    return found


def excerpt(text: str, figures: Mapping[str, Figure]) -> str:
    """The text in one line as the report reads; an unknown token shows as its name in ‹ ›, never as code."""
    read = " ".join("".join(piece["text"] for piece in block["pieces"]) for block in blocks(text, figures))
    return BRACES.sub(lambda match: f"‹{match.group(1).strip()}›", read)


def smoothed(parts: list[Piece], figures: Mapping[str, Figure]) -> list[Piece]:
    """The line as an official would write it: a count of 0 is "không có" or "không phát sinh", a line begins with a capital.

    `có 0 kiến nghị` becomes `không có kiến nghị`; a list line `- Vi phạm: 0 vụ.` becomes
    `- Vi phạm: không phát sinh.`. Other zeros stay figures.
    """
    found = list(parts)
    for n, part in enumerate(found):
        figure = figures.get(part.token)
        if figure is None or figure.kind != "count" or figure.value != 0 or part.text != figure.shown:
            continue
        before = found[n - 1].text if n else ""
        after = found[n + 1].text if n + 1 < len(found) else ""
        if before.lower().endswith(" có ") or before.lower() == "có ":
            found[n - 1], found[n] = replace(found[n - 1], text=before[:-3]), replace(part, text="không có")
        elif found[0].text.startswith("- ") and before.endswith(": ") and _only_unit(after, figure):
            found[n] = replace(part, text="không phát sinh")
            if n + 1 < len(found):
                found[n + 1] = replace(found[n + 1], text=after.removeprefix(f" {figure.unit}") if figure.unit else after)
        else:
            found[n] = replace(part, text="0")
    kept = _without_empty_parts([p for p in found if p.text], figures)
    if kept and kept[0].token and kept[0].text[:1].islower():
        kept[0] = replace(kept[0], text=kept[0].text[0].upper() + kept[0].text[1:])
    return kept


PARTS = "trong đó"


def _without_empty_parts(parts: list[Piece], figures: Mapping[str, Figure]) -> list[Piece]:
    """After "không có …", parts that are all 0 go: `không có lượt khen, trong đó tập thể: 0, cá nhân: 0.`"""
    for n in range(len(parts) - 1):
        head, found, rest = parts[n + 1].text.partition(PARTS)
        if parts[n].text.lower() != "không có" or not found or any(mark in head.rstrip(" ,;") + rest for mark in ".;"):
            continue
        end = next((k for k in range(n + 2, len(parts)) if not parts[k].token and any(mark in parts[k].text for mark in ".;")), len(parts))
        told = [figures.get(p.token) for p in parts[n + 2 : end] if p.token]
        if any(figure is None or figure.value != 0 for figure in told):
            continue
        tail = parts[end:]
        if tail:
            text = tail[0].text
            tail[0] = replace(tail[0], text=text[min(text.find(m) for m in ".;" if m in text) :])
        return _without_empty_parts([*parts[: n + 1], replace(parts[n + 1], text=head.rstrip(" ,;")), *tail], figures)
    return parts


def _only_unit(after: str, figure: Figure) -> bool:
    rest = after.removeprefix(f" {figure.unit}") if figure.unit else after
    return rest.strip() in ("", ".", ";", ",")


def ended(text: str, mark: str) -> str:
    """The last words of a report with the end mark: `văn minh.` and `./.` give `văn minh./.`."""
    return text.rstrip().rstrip(".;,").rstrip() + mark


def closed(sections: list[dict[str, Any]], mark: str) -> list[dict[str, Any]]:
    """The sections with the end mark behind the last words; after a table it is a block of kind `end`."""
    if not sections:
        return []
    last = sections[-1]
    kept = list(last["blocks"])
    if kept and kept[-1]["kind"] != "table" and kept[-1]["pieces"]:
        parts = [dict(piece) for piece in kept[-1]["pieces"]]
        parts[-1]["text"] = ended(parts[-1]["text"], mark)
        kept[-1] = kept[-1] | {"pieces": parts}
    else:
        kept.append({"kind": "end", "pieces": [{"text": mark, "token": ""}]})
    return [*sections[:-1], last | {"blocks": kept}]


def annex_names(count: int) -> list[str]:
    """`Phụ lục` when it stands alone, else `Phụ lục I`, `Phụ lục II` … (NĐ 30/2020/NĐ-CP, annex I)."""
    return ["Phụ lục"] if count == 1 else [f"Phụ lục {ROMAN[min(n, len(ROMAN)) - 1]}" for n in range(1, count + 1)]


def annex_mention(titles: list[str]) -> str:
    """What the text says of its annexes; a paper names each annex that goes with it."""
    if not titles:
        return ""
    names = annex_names(len(titles))
    return f"(Chi tiết tại {'; '.join(f'{name}: {title[:1].upper()}{title[1:].lower()}' for name, title in zip(names, titles, strict=True))} kèm theo báo cáo này)."


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's number and title."""

    number: str
    title: str


def headings(sections: Iterable[tuple[int, str]]) -> list[Heading]:
    """`I.`, `II.` for level 1, `1.`, `2.` within for level 2, of (level, title) pairs."""
    found, first, second = [], 0, 0
    for level, title in sections:
        if level == 1:
            first, second = first + 1, 0
            found.append(Heading(f"{ROMAN[min(first, len(ROMAN)) - 1]}.", title))
        else:
            second += 1
            found.append(Heading(f"{second}.", title))
    return found


def recipients(text: str, archive: str) -> list[str]:
    """The lines under "Nơi nhận:": each with its dash and semicolon, the archive line last with a full stop."""
    lines = [line.strip().lstrip("-–•").strip().rstrip(".;,").strip() for line in text.split("\n")]
    kept = [line for line in lines if line and not line.lower().startswith("lưu")]
    own = next((line for line in lines if line.lower().startswith("lưu")), archive.rstrip("."))
    return [*(f"- {line};" for line in kept), f"- {own}."]
