"""The parts pages are built from. Each renders one template of `components/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kheo.core.templatetags.kheo.navigation import site_facts

register = template.Library()

TONES = ("neutral", "info", "waiting", "success", "danger", "gold")


@register.inclusion_tag("components/button.html")
def button(label: str, **options: Any) -> dict[str, Any]:
    """A button, or a link that looks like one when it has `href`.

    Options: kind (primary, secondary, warning, quiet), href, type, name, value, form, icon,
    once (refuse a second press), print (open the print dialogue), small.
    """
    return {"label": label, "kind": "primary", "type": "submit", **options}


@register.inclusion_tag("components/tag.html")
def tag(label: Any, tone: str = "neutral") -> dict[str, Any]:
    """A state in words on a coloured ground; the words carry the meaning, not the colour."""
    return {"label": label, "tone": tone if tone in TONES else "neutral"}


@register.simple_block_tag
def card(content: str, title: str, href: str = "", **options: Any) -> SafeString:
    """A card. Options: meta, image, image_alt, tag, tone, level (heading level, default 3)."""
    found = {"title": title, "href": href, "content": content, "level": 3, **options}
    return render_to_string("components/card.html", found)


@register.simple_block_tag
def details(content: str, summary: str, expanded: bool = False) -> SafeString:
    """Text that opens on demand; works without script."""
    return render_to_string(
        "components/details.html", {"summary": summary, "content": content, "open": expanded}
    )


@register.simple_block_tag
def inset(content: str, tone: str = "neutral", title: str = "") -> SafeString:
    """A remark set off from the text; tones as for tags."""
    return render_to_string(
        "components/inset.html", {"content": content, "tone": tone, "title": title}
    )


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Any]) -> dict[str, Any]:
    """Keys and values. A row is a pair, or a dict {key, value, href, action}."""
    return {"rows": [_summary_row(row) for row in rows]}


def _summary_row(row: Any) -> dict[str, Any]:
    if isinstance(row, Mapping):
        return dict(row)
    return {"key": row[0], "value": row[1]}


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    title: str,
    text: str = "",
    href: str = "",
    action: str = "",
    since: Any = None,
    source: str = "",
) -> dict[str, Any]:
    """An honest empty list: what is missing, since when we look, from which source."""
    return {
        "title": title,
        "text": text,
        "href": href,
        "action": action,
        "since": since,
        "source": source,
    }


@register.inclusion_tag("components/notification.html")
def notification(text: str, tone: str = "info", title: str = "", role: str = "") -> dict[str, Any]:
    """A banner with news about what just happened; tones info, success, waiting, danger."""
    return {"text": text, "tone": tone, "title": title, "role": role}


@register.inclusion_tag("components/stat.html")
def stat(value: Any, label: str, href: str = "", note: str = "", tone: str = "") -> dict[str, Any]:
    """A figure that opens its list. `value` is already formatted; tone may be gold or danger."""
    return {"value": value, "label": label, "href": href, "note": note, "tone": tone}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A history, newest first. Entry: {title, when, by, text, tone, href}."""
    return {"entries": entries}


@register.inclusion_tag("components/progress.html")
def progress(
    value: int, maximum: int, label: str, poll: str = "", done: bool = False, text: str = ""
) -> dict[str, Any]:
    """A progress bar; with `poll` htmx fetches that address every second until `done`.

    The address answers with this same component, so the last answer (done=True) stops it.
    """
    share = round(100 * value / maximum) if maximum else 0
    return {
        "value": value,
        "maximum": max(maximum, 1),
        "share": share,
        "label": label,
        "poll": "" if done else poll,
        "done": done,
        "text": text,
    }


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Iterable[Mapping[str, Any]], label: str = "") -> dict[str, Any]:
    """Where a long process stands. Step: {label, state: done|current|next, note, href}."""
    found = list(steps)
    place = next((i for i, s in enumerate(found, start=1) if s.get("state") == "current"), 0)
    return {"steps": found, "label": label, "place": place, "count": len(found)}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """Views of one thing as links: {label, href, current, count}; no script needed."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/tree.html")
def tree(nodes: Iterable[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """A tree, such as where a practice spread: {label, href, note, tag, tone, current, children}."""
    return {"nodes": nodes, "label": label}


@register.inclusion_tag("components/attachments.html")
def attachments(files: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Files to download: {label, href, kind, size in bytes, note}."""
    return {"files": files}


@register.inclusion_tag("components/photo_grid.html")
def photo_grid(photos: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Photos with captions: {src, href, alt, caption, width, height}."""
    return {"photos": photos}


@register.inclusion_tag("components/print_header.html", takes_context=True)
def print_header(context: Any, title: str, number: str = "", date: Any = None) -> dict[str, Any]:
    """Head of a printed sheet: the authority, the number and the day; hidden on screen."""
    return {"site": site_facts(context), "title": title, "number": number, "date": date}
