"""Every kind of page: axe finds nothing, the HTML checker finds nothing, nothing is wider than a telephone."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse

from tests.architecture.rooms import collect
from tests.browser.conftest import ROOT, SHOTS

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
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


def check(page, name: str) -> str:
    """Problems axe sees on an open page, in words; empty when there are none."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return "\n".join(
        f"{name}: {v['id']} ({v['impact']}): {v['help']} → {[n['target'] for n in v['nodes']][:3]}" for v in found["violations"]
    )


def test_every_page(site, visit, tmp_path: Path):
    """One walk over all pages at both widths; all problems are told together."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []
    for name, (who, address) in pages(site).items():
        for width in (1280, 360):
            page = visit(address, user=who, width=width)
            page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
            problems.append(check(page, f"{name} {width}"))
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                problems.append(f"{name} {width}: {wide} px wider than the screen")
            if width == 1280:
                (tmp_path / f"{name}.html").write_text(page.request.get(site.extra["url"] + address).text(), encoding="utf-8")
            page.context.close()
    problems += html_problems(tmp_path)
    assert [p for p in problems if p] == []


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
