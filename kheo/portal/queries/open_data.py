"""The files of the public tables: built when first asked for after a change, kept, and told by their sum.

A file is as good as the data it was made from: it carries the number of the last line of the audit
log (every action writes one), the day (names of units depend on it), the time the table says it last
changed and its number of rows. When one of them moves on, the file is built again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from kheo.audit.models import Head
from kheo.core import once
from kheo.core.datasets import Column, Dataset, Value, every
from kheo.core.rules.numbers import half_up
from kheo.core.spreadsheets import write
from kheo.portal.queries.identity import site_identity

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8", "xlsx": XLSX}
FORMS = tuple(TYPES)
DECIMALS = 6
AT_ONCE = 5000
"""Up to so many rows the page of a table builds its files to show their sums."""
_KINDS: dict[str, write.ColumnKind] = {"integer": "integer", "decimal": "decimal", "percent": "percent", "date": "date", "datetime": "datetime"}


@dataclass(frozen=True)
class File:
    """A built file."""

    form: str
    path: Path
    sha256: str
    size: int
    changed: datetime


def tidy(value: Value) -> Value:
    """A value as every file holds it: moments by the clock of Vietnam to the second, at most `DECIMALS` decimals and no zeros behind them."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).replace(microsecond=0)
    if isinstance(value, Decimal) and value.is_finite():
        shown = half_up(value, DECIMALS).normalize()
        return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown
    return value


def _rows(dataset: Dataset) -> Iterator[list[Value]]:
    return ([tidy(value) for value in row] for row in dataset.rows())


def plain(value: Value) -> Any:
    """A value as JSON holds it: ISO dates, numbers as numbers."""
    value = tidy(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def named(dataset: Dataset, row: Sequence[Value]) -> dict[str, Any]:
    """A row with the codes of its columns."""
    return {column.code: plain(value) for column, value in zip(dataset.columns, row, strict=True)}


def changed_on(dataset: Dataset) -> datetime | date | None:
    """When the table last changed, as it says itself."""
    return dataset.changed()


def owner(dataset: Dataset) -> str:
    """Who answers for the table."""
    return dataset.owner() or site_identity()["name"]


def file_of(dataset: Dataset, form: str) -> File:
    """The file in one form (csv, json, xlsx), built when the data has moved on since it was made."""
    folder = Path(settings.KHEO_HOME) / "open-data"
    path, note = folder / f"{dataset.code}.{form}", folder / f"{dataset.code}.{form}.note"
    state = _state(dataset)
    known = _read(note)
    if known and known.get("state") == state and path.is_file() and path.stat().st_size == known["size"]:
        return File(form, path, known["sha256"], known["size"], datetime.fromisoformat(known["changed"]))
    folder.mkdir(parents=True, exist_ok=True)
    with override("vi"):
        content = _BUILD[form](dataset)
    sha256 = hashlib.sha256(content).hexdigest()
    now = timezone.now().replace(microsecond=0).isoformat()
    same = known and known.get("sha256") == sha256
    changed: str = known["changed"] if known and same else now
    found = {"state": state, "sha256": sha256, "size": len(content), "changed": changed}
    _put(path, content)
    _put(note, json.dumps(found).encode())
    return File(form, path, sha256, len(content), datetime.fromisoformat(changed))


def _state(dataset: Dataset) -> str:
    last = once.kept("audit.last", lambda: Head.objects.aggregate(last=Max("last_id"))["last"]) or 0
    return f"{last} {timezone.localdate()} {dataset.changed()} {dataset.count()} {len(dataset.columns)}"


def _read(note: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(note.read_bytes())
    except (OSError, ValueError):
        return None
    return found


def _put(path: Path, content: bytes) -> None:
    """Written aside and moved into place: a reader never sees half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    Path(name).chmod(0o640)
    Path(name).replace(path)


def _csv(dataset: Dataset) -> bytes:
    return write.write_csv([column.code for column in dataset.columns], list(_rows(dataset)))


def _json(dataset: Dataset) -> bytes:
    head = {"dataset": dataset.code, "title": str(dataset.title), "licence": dataset.licence, "licence_url": dataset.licence_url,
            "columns": [column.described() for column in dataset.columns]}  # fmt: skip
    lines = ",\n".join(json.dumps(named(dataset, row), ensure_ascii=False) for row in dataset.rows())
    return (json.dumps(head, ensure_ascii=False)[:-1] + ', "data": [\n' + lines + "\n]}\n").encode()


def _xlsx(dataset: Dataset) -> bytes:
    columns = [write.ColumnSpec(str(column.name), _KINDS.get(column.kind, "text")) for column in dataset.columns]
    about = [write.ColumnSpec(title, width=width) for title, width in (("Mã cột", 22), ("Tên", 28), ("Kiểu", 12), ("Ý nghĩa", 60))]
    meaning = [[column.code, str(column.name), column.kind, str(column.meaning)] for column in dataset.columns]
    return write.write_table([
        write.TableSheet(str(dataset.title), columns, _rows(dataset)), write.TableSheet("Từ điển dữ liệu", about, meaning),
    ], made_on=datetime(2000, 1, 1))  # the same data give the same bytes, so the sum can be compared  # fmt: skip


_BUILD: dict[str, Callable[[Dataset], bytes]] = {"csv": _csv, "json": _json, "xlsx": _xlsx}


def dictionary_csv(columns: Sequence[Column]) -> bytes:
    """The dictionary of a table as a file."""
    described = [column.described() for column in columns]
    heading = list(described[0]) if described else ["code"]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, heading, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: write.csv_safe(value) for key, value in row.items()} for row in described)
    return out.getvalue().encode("utf-8-sig")


FREQUENCIES = {
    "continuous": "CONT", "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "quarter": "QUARTERLY", "year": "ANNUAL", "irregular": "IRREG",
}  # fmt: skip


def catalogue(absolute: Callable[[str], str], address: Callable[[str, Dataset, str], str]) -> dict[str, Any]:
    """The catalogue in the words of DCAT (JSON-LD). `absolute` completes an address, `address(what,
    dataset, form)` gives that of a "page", "file" or "rows".
    """
    site = site_identity()
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#", "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Catalog", "@id": absolute("/du-lieu-mo/"), "dct:title": _both("Open data of %s", "Dữ liệu mở của %s", site["name"]),
        "dct:language": ["vi", "en"], "dct:publisher": {"@type": "foaf:Organization", "foaf:name": site["name"]},
        "dcat:dataset": [_described(dataset, absolute, address) for dataset in every()],
    }  # fmt: skip


def _both(english: str, vietnamese: str, name: str) -> list[dict[str, str]]:
    return [{"@language": "vi", "@value": vietnamese % name}, {"@language": "en", "@value": english % name}]


def _spoken(words: Any) -> list[dict[str, str]]:
    found = []
    for language in ("vi", "en"):
        with override(language):
            found.append({"@language": language, "@value": str(words)})
    return found


def _described(dataset: Dataset, absolute: Callable[[str], str], address: Callable[[str, Dataset, str], str]) -> dict[str, Any]:
    changed = dataset.updated()
    return {
        "@type": "dcat:Dataset", "@id": absolute(address("page", dataset, "")), "dct:identifier": dataset.code,
        "dct:title": _spoken(dataset.title), "dct:description": _spoken(dataset.description),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": owner(dataset)},
        "dct:accrualPeriodicity": f"http://publications.europa.eu/resource/authority/frequency/{FREQUENCIES[dataset.cycle]}",
        "dct:modified": plain(changed) if changed else None, "dct:license": dataset.licence_url, "dcat:keyword": list(dataset.keywords),
        "dcat:landingPage": absolute(address("page", dataset, "")),
        "dcat:distribution": [*_files(dataset, absolute, address)],
    }  # fmt: skip


def _files(dataset: Dataset, absolute: Callable[[str], str], address: Callable[[str, Dataset, str], str]) -> Iterator[dict[str, Any]]:
    for form, kind in TYPES.items():
        yield {
            "@type": "dcat:Distribution", "dct:title": form.upper(), "dcat:mediaType": kind.split(";")[0],
            "dcat:downloadURL": absolute(address("file", dataset, form)), "dct:license": dataset.licence_url,
        }
    yield {"@type": "dcat:Distribution", "dct:title": "API", "dcat:mediaType": "application/json", "dcat:accessURL": absolute(address("rows", dataset, ""))}
