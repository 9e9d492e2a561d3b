"""A reader over the editor's shoulder: remarks on a Vietnamese text. It advises and never blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kheo.core.rules import legacy
from kheo.core.rules.syllables import is_syllable
from kheo.core.rules.text import fold, nfc, old_tone_placement
from kheo.news.rules.slips import BEGINNING, ENDING, REDUPLICATED, SLIPS

MOST = 300  # remarks on one text; an editor reads no more
AROUND = 28


@dataclass(frozen=True)
class Remark:
    """One remark: what kind, in which paragraph (from 1), what stands there, what would be better."""

    code: str
    paragraph: int
    found: str
    better: str = ""
    excerpt: str = ""
    note: str = ""


@dataclass(frozen=True)
class Expired:
    """A document of the register that no longer holds: its number, since when, what replaced it."""

    number: str
    until: str
    replaced_by: str = ""


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net|gov|edu)\b\S*", re.IGNORECASE)
_LETTER = r"[^\W\d_]"
_SPACE_BEFORE = re.compile(r"[\w”\"')\]][ \u00a0]+([,;:!?)\]”]|\.(?!\.)|%)")
_NO_SPACE_AFTER = re.compile(rf"[,;]{_LETTER}|[,;][“\"(]|(?<=[^\W\d_]{{2}})[:!?]{_LETTER}|…(?={_LETTER})\w|[a-zà-ỹ]{{2}}\.[A-ZĐÀ-Ỹ][a-zà-ỹ]")
_SPACE_INSIDE = re.compile(r"[(\[“][ \u00a0]+\w")
_ONE_SIDED = re.compile(rf"{_LETTER}{{2,}}-\s+{_LETTER}{{2,}}|{_LETTER}{{2,}}\s+-{_LETTER}{{2,}}")
_DOUBLE_SPACE = re.compile(r"\S[ \u00a0]{2,}\S")
_MARKS = re.compile(r"\.{4,}|(?<!\.)\.\.(?!\.)|….|,,+|;;+|!{2,}|\?{2,}|,\.")
_WORD = re.compile(r"\w+")
_DOT_DECIMAL = re.compile(r"(?<![\d.,/-])\d{1,4}\.\d{1,2}(?![\d.,/-]*\d)(?:\s?%)?")
_COMMA_DECIMAL = re.compile(r"(?<![\d.,/-])\d{1,4},\d{1,2}(?![\d.,/-]*\d)(?:\s?%)?")
_NEW_STYLE = re.compile(rf"(?<![qQ])(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!{_LETTER})", re.IGNORECASE)
_OLD_STYLE = re.compile(rf"(?:[òóỏõọ][ae]|(?<![qQ])[ùúủũụ]y)(?!{_LETTER})", re.IGNORECASE)
_CITED = re.compile(r"\b\d{1,4}/\d{4}(?:/[A-ZĐ][A-ZĐa-z\d]*(?:-[A-ZĐ][A-ZĐ\d]*)*)?")
_WRONG_ONSET = re.compile(r"n?gh[aou]|ng[eiy]|k[aou](?!h)|c[eiy](?!h)")  # ngh, gh and k stand before e, ê, i only
_SLIP = re.compile(r"(?<!\w)(?:" + "|".join(sorted((re.escape(wrong) for wrong in SLIPS), key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE)


def lint(text: str, expired: Iterable[Expired] = ()) -> list[Remark]:
    """All remarks on a text whose paragraphs are its lines, in reading order; at most `MOST`."""
    raw = text.splitlines()
    lines = [nfc(line) for line in raw]
    remarks = [*_raw(raw), *_whole(lines)]
    known = list(expired)
    for number, line in enumerate(lines, start=1):
        for check in _CHECKS:
            remarks += [replace(found, paragraph=number) for found in check(line)]
        remarks += [replace(found, paragraph=number) for found in _citations(line, known)]
        if len(remarks) > MOST:
            break
    return sorted(remarks, key=lambda found: found.paragraph)[:MOST]


def _at(code: str, line: str, start: int, end: int, better: str = "", note: str = "") -> Remark:
    left, right = max(0, start - AROUND), min(len(line), end + AROUND)
    excerpt = ("…" if left else "") + line[left:right].strip() + ("…" if right < len(line) else "")
    return Remark(code, 0, line[start:end].strip(), better, excerpt, note)


def _outside(line: str, matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Only matches that are not inside a web or mail address."""
    taken = [found.span() for found in _ADDRESS.finditer(line)]
    for match in matches:
        if not any(start <= match.start() < end for start, end in taken):
            yield match


def _spacing(line: str) -> Iterator[Remark]:
    for match in _outside(line, _SPACE_BEFORE.finditer(line)):
        if match.group(1) == "%" and not match.group()[0].isdigit():
            continue
        yield _at("space_before", line, match.start(), match.end(), re.sub(r"[ \u00a0]+", "", match.group()))
    for match in _outside(line, _NO_SPACE_AFTER.finditer(line)):
        mark = next(n for n, ch in enumerate(match.group()) if ch in ",;:!?….")
        yield _at("space_after", line, match.start(), match.end(), match.group()[: mark + 1] + " " + match.group()[mark + 1 :])
    for match in _SPACE_INSIDE.finditer(line):
        yield _at("space_inside", line, match.start(), match.end(), re.sub(r"[ \u00a0]+", "", match.group()))
    for match in _outside(line, _ONE_SIDED.finditer(line)):
        yield _at("hyphen", line, match.start(), match.end(), re.sub(r"\s*-\s*", " - ", match.group()))
    for match in _DOUBLE_SPACE.finditer(line):
        yield _at("double_space", line, match.start(), match.end(), re.sub(r"[ \u00a0]+", " ", match.group()))


def _marks(line: str) -> Iterator[Remark]:
    for match in _outside(line, _MARKS.finditer(line)):
        if match.group()[0] != "…" or match.group()[1] in ".,;:!?…":
            yield _at("marks", line, match.start(), match.end())


def _meet(around: list[re.Match[str]]) -> bool:
    """True when the same word ends one compound and begins the next."""
    four = [word.group().lower() for word in around]
    return len(four) == 4 and " ".join(four[:2]) in ENDING and " ".join(four[2:]) in BEGINNING


def _doubled(line: str) -> Iterator[Remark]:
    words = list(_WORD.finditer(line))
    for n, word in enumerate(words[1:], start=1):
        before, found = words[n - 1], word.group().lower()
        between = line[before.end() : word.start()]
        if found != before.group().lower() or between.strip() or not between or not found.isalpha() or found in REDUPLICATED:
            continue
        if before.group()[0].isupper() and word.group()[0].isupper() and not before.group().isupper():
            continue  # a name such as “Đông Đông”
        if _meet(words[max(0, n - 2) : n + 2]):
            continue
        yield _at("doubled", line, before.start(), word.end(), before.group())
    for n in range(3, len(words)):
        one, two, three, four = words[n - 3 : n + 1]
        first, second = line[one.start() : two.end()], line[three.start() : four.end()]
        repeated = first.lower() == second.lower() and one.group().lower() != two.group().lower() and first.replace(" ", "").isalpha()
        if repeated and not line[two.end() : three.start()].strip():
            yield _at("doubled", line, one.start(), four.end(), first)


def _slips(line: str) -> Iterator[Remark]:
    for match in _SLIP.finditer(line):
        better = SLIPS[match.group().lower()]
        if match.group()[0].isupper():
            better = better[0].upper() + better[1:]
        yield _at("slip", line, match.start(), match.end(), better)


def _spelling(line: str) -> Iterator[Remark]:
    """Words in small letters with Vietnamese marks that no Vietnamese syllable can be."""
    for match in _outside(line, re.finditer(rf"{_LETTER}+", line)):
        word = match.group()
        if word == "đ" or word.isascii() or not word.islower() or (is_syllable(word) and not _WRONG_ONSET.match(fold(word))):
            continue
        if any(ch in "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹàáãèéìíĩòóõùúũý" for ch in word):
            yield _at("syllable", line, match.start(), match.end())


_CHECKS: tuple[Callable[[str], Iterator[Remark]], ...] = (_spacing, _marks, _doubled, _slips, _spelling)


def _citations(line: str, expired: list[Expired]) -> Iterator[Remark]:
    if not expired:
        return
    for match in _CITED.finditer(line):
        cited = fold(match.group())
        for document in expired:
            number = fold(document.number)
            if number == cited or (match.group().count("/") == 1 and number.startswith(cited + " ")):
                yield _at("expired", line, match.start(), match.end(), document.replaced_by, document.until)
                break


def _raw(lines: list[str]) -> Iterator[Remark]:
    """What only the untidied text shows: letters in parts, invisible characters, fonts of the nineties."""
    text = "\n".join(lines)
    encoding = legacy.detect(text)
    if encoding in ("tcvn3", "vni", "mojibake"):
        yield Remark("font", 1, encoding, legacy.to_unicode(text, encoding).text[:60], text[:60])
    if nfc(text) != text:
        first = next(n for n, line in enumerate(lines, start=1) if nfc(line) != line)
        yield Remark("form", first, "", "", lines[first - 1][:60])


def _whole(lines: list[str]) -> Iterator[Remark]:
    yield from _mixed("tones", _counted(lines, _NEW_STYLE), _counted(lines, _OLD_STYLE))
    dots = [(n, m.group()) for n, line in enumerate(lines, 1) for m in _outside(line, _DOT_DECIMAL.finditer(line))]
    commas = [m.group() for line in lines for m in _outside(line, _COMMA_DECIMAL.finditer(line))]
    for number, found in dots:
        if commas or found.endswith("%"):
            yield Remark("decimals", number, found, found.replace(".", ",").replace(" ", ""), note=commas[0] if commas else "")
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        key = fold(line)
        if len(key) < 60:
            continue
        if key in seen:
            yield Remark("repeated", number, line[:60] + "…", note=str(seen[key]))
        else:
            seen[key] = number


def _counted(lines: list[str], style: re.Pattern[str]) -> Mapping[str, tuple[int, int]]:
    """Words written in a style → how often, and where first."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        for word in re.findall(rf"{_LETTER}+", line):
            if style.search(word):
                counts[word.lower()] += 1
                first.setdefault(word.lower(), number)
    return {word: (count, first[word]) for word, count in counts.items()}


def _mixed(code: str, new: Mapping[str, tuple[int, int]], old: Mapping[str, tuple[int, int]]) -> Iterator[Remark]:
    """One remark for each word of the rarer style, when a text has both."""
    if not new or not old:
        return
    fewer_new = sum(n for n, _at in new.values()) <= sum(n for n, _at in old.values())
    rare, common = (new, old) if fewer_new else (old, new)
    example = max(common, key=lambda word: common[word][0])
    by_canonical = {old_tone_placement(word): word for word in common}
    for word, (count, number) in rare.items():
        other = by_canonical.get(old_tone_placement(word)) or (old_tone_placement(word) if fewer_new else "")
        yield Remark(code, number, word, other, note=f"{count}/{example}")
