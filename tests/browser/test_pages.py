"""Every kind of page: axe finds nothing, the HTML checker finds nothing, nothing is wider than a telephone."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.text import slugify
from playwright.sync_api import Page

from tests.architecture.rooms import collect
from tests.browser.conftest import ROOT, SHOTS

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
WIDTHS = (1280, 360)
ENGLISH = re.compile(r"[^\n]{0,30}\b(?:the|and|of|with|from|this)\b[^\n]{0,30}", re.IGNORECASE)
# What a template prints when a value was forgotten or is Python's own.
RAW = re.compile(r"[^\n]{0,30}(?:(?<![-\w])(?:None|True|False)(?![-\w])|\{%|%\()[^\n]{0,30}")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pages(cast) -> dict[str, tuple[object, str]]:
    """Name → (who, address)."""
    made = cast.extra["practices"]
    detail = lambda state: reverse("practices_desk:detail", args=[made[state].pk])  # noqa: E731
    verb = lambda name, state: reverse(f"practices_desk:{name}", args=[made[state].pk])  # noqa: E731
    return collect("pages", cast) | {
        "home": (None, reverse("portal:home")),
        "home-en": (None, "/en/"),
        "practices": (None, reverse("practices:index")),
        "practices-search": (None, reverse("practices:index") + "?q=tuyen+duong&view=table"),
        "practices-none": (None, reverse("practices:index") + "?q=khongconaonhuvay"),
        "practice": (None, reverse("practices:detail", args=[made["recognized"].slug])),
        "spread": (None, reverse("practices:spread")),
        "register": (None, reverse("practices:register")),
        "honour-roll": (None, reverse("commendations:honour_roll")),
        "units": (None, reverse("organizations:index")),
        "unit": (None, reverse("organizations:detail", args=[cast.wards["ba-dinh"].slug])),
        "sign-in": (None, reverse("account_login")),
        "desk-officer": (cast.officer, reverse("desk:home")),
        "desk-registrant": (cast.registrant, reverse("desk:home")),
        "desk-calendar": (cast.officer, reverse("desk:calendar")),
        "desk-jobs": (cast.officer, reverse("desk:jobs")),
        "desk-list": (cast.officer, reverse("practices_desk:list")),
        "desk-submitted": (cast.officer, detail("submitted")),
        "desk-evaluating": (cast.evaluator, detail("evaluating")),
        "desk-recognized": (cast.leader, detail("recognized")),
        "desk-return": (cast.officer, verb("return", "submitted")),
        "desk-approve": (cast.officer, verb("approve", "submitted")),
        "desk-guide": (cast.officer, verb("guide", "running")),
        "desk-evaluate": (cast.evaluator, verb("evaluate", "evaluating")),
        "desk-recognize": (cast.leader, reverse("practices_desk:recognize")),
        "desk-imports": (cast.officer, reverse("practices_desk:imports")),
        "desk-tables": (cast.officer, reverse("practices_desk:tables")),
        "desk-commendations": (cast.leader, reverse("commendations_desk:index")),
        "desk-movements": (cast.officer, reverse("movements:index")),
        "desk-cycle": (cast.officer, reverse("movements:cycle", args=[cast.cycle.pk])),
        "desk-criteria": (cast.officer, reverse("movements:criteria", args=[cast.criteria["collective"].pk])),
        "desk-write-criteria": (cast.officer, reverse("movements:write_criteria", args=[cast.movement.slug])),
        "desk-units": (cast.admin, reverse("organizations_desk:index")),
        "desk-documents": (cast.officer, reverse("documents:index")),
        "desk-people": (cast.admin, reverse("accounts_desk:index")),
        "desk-audit": (cast.auditor, reverse("audit:index")),
    }


def axe(page) -> list[str]:
    """Problems axe sees on an open page, in words; the script has been loaded into it."""
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [f"{v['id']} ({v['impact']}): {v['help']} → {[n['target'] for n in v['nodes']][:3]}" for v in found["violations"]]


def problems_at(page, width: int, picture: Path) -> list[str]:
    """What is wrong with the open page at that width; leaves a picture of it."""
    page.set_viewport_size({"width": width, "height": 800})
    page.screenshot(path=picture, full_page=True, type="jpeg", quality=70)
    found = axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        found.append(f"{wide} px wider than the screen")
    return found


def words_on(page) -> str:
    """The words of a screen, outside of what says that it is English or code."""
    return page.evaluate("() => { const copy = document.querySelector('main').cloneNode(true); copy.querySelectorAll('[lang=en], script, style, code, pre')"
        ".forEach(e => e.remove()); return copy.innerText; }")


def test_every_page(site, visit, tmp_path: Path):
    """One walk over all pages, each loaded once and seen at both widths; all problems are told together.

    KHEO_WALK=pattern walks only the pages whose names match that regular expression.
    """
    SHOTS.mkdir(parents=True, exist_ok=True)
    script = AXE.read_text(encoding="utf-8")
    problems: list[str] = []
    opened: dict[object, Page] = {}
    for name, (who, address) in pages(site).items():
        if not re.search(os.environ.get("KHEO_WALK", ""), name):
            continue
        stem = slugify(name)
        key = who and who.pk
        if key not in opened:
            opened[key] = visit.open(who)
        page = opened[key]
        answer = visit.go(page, address)
        if answer.status != 200:
            problems.append(f"{name}: {address} answers {answer.status}")
            continue
        (tmp_path / f"{stem}.html").write_text(answer.text(), encoding="utf-8")
        page.evaluate(script)
        for width in WIDTHS:
            problems += [f"{name} {width}: {problem}" for problem in problems_at(page, width, SHOTS / f"{stem}-{width}.jpg")]
        if raw := RAW.findall(words_on(page)):
            problems.append(f"{name}: a raw value on the screen: {raw[:5]}")
        if who is not None and (words := ENGLISH.findall(words_on(page))):
            problems.append(f"{name}: English on an officer's screen: {words[:5]}")
    problems += html_problems(tmp_path)
    assert problems == []


def html_problems(folder: Path) -> list[str]:
    """Errors of the W3C's checker for all saved pages, in one start of Java."""
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", str(VNU), "--errors-only", "--format", "json", "--skip-non-html", str(folder)],
        capture_output=True, text=True, check=False,
    )
    messages = json.loads(done.stderr or '{"messages": []}')["messages"]
    return [
        f"{Path(m['url']).stem} line {m.get('lastLine')}: {m['message']} … {m.get('extract', '')[:120]}" for m in messages
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_no_english_on_an_officers_screen(site, visit, width):
    """Words of the English source text must not show in Vietnamese."""
    page = visit(reverse("practices_desk:list"), user=site.officer, width=width)
    text = page.inner_text("body")
    for word in (" the ", "Practices", "Submitted", "Cycle", "Search", "Filter"):
        assert word not in text
