"""Lighthouse (mobile, as it comes) on home, article, list, practice and search; and the weight of an article.

    script/lighthouse [--runs 3] [--home FOLDER] [--url http://…]

The demo is served as `kheo serve` does it. Of several runs the best counts for performance: a busy
machine only takes points away. Weight is what Chromium transferred, pictures left out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from bench import pages

ROOT = Path(__file__).resolve().parents[1]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED, MOST_BYTES = 98, 120 * 1024
BINARY = ROOT / "var" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"


def addresses(url: str) -> dict[str, str]:
    """One address of each kind, read off the lists."""
    news, practices = (requests.get(f"{url}{path}", timeout=60).text for path in ("/tin-tuc/", "/mo-hinh/"))
    return {
        "home": "/", "article": re.search(r'href="(/tin-tuc/(?!rss|atom)[a-z0-9-]{20,}/)"', news)[1], "list": "/tin-tuc/",
        "practice": re.search(r'href="(/mo-hinh/[a-z0-9-]{20,}/)"', practices)[1], "search": "/tim-kiem/?q=dan+van",
    }  # fmt: skip


def run(binary: Path, address: str) -> dict[str, Any]:
    """One report."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run(
            [binary, address, "--quiet", "--output=json", f"--output-path={out.name}", f"--only-categories={','.join(CATEGORIES)}",
             "--chrome-flags=--headless=new --no-sandbox --disable-gpu"],
            check=True, env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        found: dict[str, Any] = json.load(out)
    return found


def lost(report: dict[str, Any]) -> list[str]:
    """What took points away."""
    said = []
    for category in report["categories"].values():
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                said.append(f"{category['id']}: {audit['title']} ({audit.get('displayValue', audit['score'])})")
    return said


def weight(report: dict[str, Any], url: str) -> tuple[int, list[str]]:
    """Bytes transferred without pictures, and addresses on other hosts."""
    items = report["audits"]["network-requests"]["details"]["items"]
    total = sum(int(item.get("transferSize") or 0) for item in items if item.get("resourceType") != "Image")
    return total, [item["url"] for item in items if item["url"].startswith("http") and urlsplit(item["url"]).netloc != urlsplit(url).netloc]


def main() -> int:
    """Print a table; 1 when something is below what is wanted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--url")
    parser.add_argument("--binary", type=Path, default=BINARY)
    options = parser.parse_args()
    server = None
    if options.url is None:
        home = pages.WORK / "home"
        pages.load_demo(home, options.home)
        server, port = pages.serve(home)
        options.url = f"http://127.0.0.1:{port}"
    try:
        return table(options.binary, options.url, options.runs)
    finally:
        if server is not None:
            server.terminate()
            server.wait()
        shutil.rmtree(pages.WORK, ignore_errors=True)


def table(binary: Path, url: str, runs: int) -> int:
    """Every kind of page in turn."""
    bad = 0
    print(f"{'':10}{''.join(f'{name:>16}' for name in CATEGORIES)}")
    for kind, path in addresses(url).items():
        requests.get(f"{url}{path}", timeout=60)
        reports = [run(binary, f"{url}{path}") for _ in range(runs)]
        best = max(reports, key=lambda report: report["categories"]["performance"]["score"] or 0)
        scores = [round((best["categories"][name]["score"] or 0) * 100) for name in CATEGORIES]
        print(f"{kind:10}{''.join(f'{score:16}' for score in scores)}   {path}")
        if min(scores) < WANTED:
            bad = 1
            for words in lost(best):
                print(f"{'':12}{words}")
        if kind == "article":
            total, strangers = weight(best, url)
            print(f"{'':12}{total / 1024:.1f} KB transferred without pictures (wanted {MOST_BYTES // 1024}), requests to other hosts: {strangers or 'none'}")
            bad |= total > MOST_BYTES or bool(strangers)
    return bad


if __name__ == "__main__":
    sys.exit(main())
