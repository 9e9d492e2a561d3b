"""Read a saved page of an old portal and keep its articles as drafts, each once, with a report."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from kheo.audit.actions import record
from kheo.core.errors import DomainError, InvalidInput
from kheo.core.messages import describe
from kheo.core.verdicts import require
from kheo.news import policy, words
from kheo.news.actions import keep_address, set_up
from kheo.news.models import ArticlePage, Category, PageImport
from kheo.news.queries import advice, twins
from kheo.news.rules import articles, decoding, layout, old_page

CATEGORY = "tin-tuc-su-kien"
LONGEST_TITLE = 255
SLIPS_SHOWN = 200


@dataclass
class Reading:
    """A page as it was understood, and the report of it."""

    filename: str
    digest: str
    understood: old_page.Understood | None = None
    address: str = ""
    report: dict[str, Any] = field(default_factory=dict)
    new: list[tuple[articles.Article, dict[str, Any]]] = field(default_factory=list)


def read(data: bytes, filename: str, *, site: Site | None, address: str = "") -> Reading:
    """Understand the file without writing anything. What cannot be read is an error in the report."""
    reading = Reading(filename, sha256(data).hexdigest())
    report = reading.report = {"rows": 0, "accepted": 0, "unchanged": 0, "warnings": [], "errors": [], "batch": None,
                               "file": filename, "articles": [], "counters": None, "empty_blocks": [], "repeats": [], "slips": []}  # fmt: skip
    try:
        text = decoding.decode(data)
    except InvalidInput as error:
        report["errors"].append(_problem(str(describe(error)), field="file"))
        return reading
    understood = reading.understood = old_page.understand(text.content, is_html=text.is_html)
    reading.address = address or understood.page.address or text.address
    report |= {
        "encoding": text.encoding, "kind": "html" if text.is_html else "text", "address": reading.address,
        "rows": understood.printed, "counters": words.counters_report(understood.counters, timezone.localdate()), "ignored_lines": understood.ignored,
        "empty_blocks": [{"title": block.title, "also": list(block.also), "kind": block.kind} for block in understood.empty],
        "repeats": [{"title": repeat.title, "times": repeat.times, "likeness": repeat.likeness} for repeat in understood.repeats],
    }
    for article in understood.articles:
        _judge(reading, article, site)
    _warn(reading, text)
    return reading


def _judge(reading: Reading, article: articles.Article, site: Site | None) -> None:
    report = reading.report
    row: dict[str, Any] = {
        "title": article.title, "lead": article.lead, "author": article.author, "source": article.source, "paragraphs": len(article.paragraphs) + 1,
        "words": len(article.words.split()), "published": article.published.isoformat() if article.published else None,
        "doubts": [str(words.DOUBTS[doubt]) for doubt in article.doubts], "state": "new", "page": None,
        "pictures": [asdict(one) for one in article.pictures], "files": [asdict(one) for one in article.files],
    }
    for twin in twins.of_text(article.words, site)[:1]:
        row |= {"state": "unchanged", "page": twin.article.pk, "likeness": round(twin.likeness, 3)}
    for remark in advice.on_text("\n".join((article.title, article.words)))[:SLIPS_SHOWN]:
        # The title goes first to be read with the rest, and is paragraph 0 of the report.
        report["slips"].append({"article": article.title, **remark, "paragraph": remark["paragraph"] - 1})
    if row["state"] == "new":
        reading.new.append((article, row))
    else:
        report["unchanged"] += 1
    report["articles"].append(row)


def _warn(reading: Reading, text: decoding.Text) -> None:
    understood, warnings = reading.understood, reading.report["warnings"]
    if understood is None:
        return
    pictures, files = (sum(len(article[kind]) for article in reading.report["articles"] if article["state"] == "new") for kind in ("pictures", "files"))
    unplaced = bool(reading.address) and len(understood.articles) > 1
    nothing = _("No article was found: an article has a title and at least one paragraph of text below it.")
    noticed = (
        (text.converted, str(words.ADVICE["font"]), "encoding", text.encoding), (text.normalized, str(words.ADVICE["form"]), "encoding", ""),
        (not understood.articles, nothing, "articles", ""), (pictures, str(words.DOUBTS["pictures"]), "pictures", str(pictures)),
        (files, str(words.DOUBTS["files"]), "files", str(files)), (unplaced, str(words.DOUBTS["address"]), "address", reading.address),
    )
    warnings += [_problem(message, field=field, value=value) for holds, message, field, value in noticed if holds]
    for block in understood.empty:
        warnings.append(_problem(_("The block “%(title)s” has a title and nothing under it.") % {"title": block.title}, field="empty_blocks", value=block.title))
    for repeat in understood.repeats:
        warnings.append(_problem(_("“%(title)s” stands on the page %(times)s times; it is taken once.") % {"title": repeat.title, "times": repeat.times}, field="repeats", value=repeat.title))
    for article in reading.report["articles"]:
        warnings += [_problem(doubt, field="articles", value=article["title"]) for doubt in article["doubts"]]


def _problem(message: str, *, field: str = "", value: str = "") -> dict[str, str]:
    return {"sheet": "", "cell": "", "field": field, "value": value, "message": message}


@transaction.atomic
def import_page(data: bytes, filename: str, *, by: Any, site: Site | None = None, address: str = "", category: Category | None = None) -> PageImport:
    """Keep the new articles of the page as drafts. Reading the same page again changes nothing."""
    site = site or Site.objects.filter(is_default_site=True).first()
    if site is None:
        raise DomainError(_("There is no site to import into. Run kheo migrate first."))
    index = set_up.open_site(site)
    require(policy.may(by, "import", index))
    reading = read(data, filename, site=site, address=address)
    row = PageImport.objects.create(
        filename=filename[:200], sha256=reading.digest, address=reading.address[:500], site=site,
        by_id=getattr(by, "pk", None), by_name=str(by)[:200] if by is not None else record.SYSTEM, at=timezone.now(),
    )
    chosen = category or Category.objects.filter(code=CATEGORY).first() or Category.objects.filter(in_use=True).first()
    for article, line in reading.new:
        page = _draft(article, chosen, row, reading)
        index.add_child(instance=page)
        page.save_revision(user=by if getattr(by, "pk", None) else None)
        line["page"] = page.pk
        reading.report["accepted"] += 1
    _meet(row, reading, by)
    row.report = {**reading.report, "batch": row.pk}
    row.save(update_fields=["report", "met"])
    record.record("news.import_page", row, by=by, file=filename, sha256=reading.digest, accepted=reading.report["accepted"], errors=len(reading.report["errors"]))
    return row


def _meet(row: PageImport, reading: Reading, by: Any) -> None:
    """The only article of this page had come before: the page's address shall lead to it too."""
    found = reading.report["articles"]
    if len(found) != 1 or found[0]["state"] != "unchanged":
        return
    row.met = ArticlePage.objects.filter(pk=found[0]["page"]).first()
    if row.met is not None and row.met.live and reading.address:
        keep_address.keep_address(row.met, reading.address, by=by)


def _draft(article: articles.Article, category: Category | None, row: PageImport, reading: Reading) -> ArticlePage:
    # One address belongs to one article; a page with several keeps it in the import only.
    address = reading.address if reading.understood and len(reading.understood.articles) == 1 else ""
    return ArticlePage(
        title=article.title[:LONGEST_TITLE], lead=article.lead, body=json.dumps(layout.lay_out(article.body)), category=category,
        byline=article.author[:150], source=article.source[:150], first_published_at=_aware(article.published), original_url=address[:500], imported=row, live=False,
        has_unpublished_changes=True,
    )


def _aware(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    at = at if timezone.is_aware(at) else timezone.make_aware(at)
    return at if at <= timezone.now() else None
