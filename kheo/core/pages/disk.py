"""Kept pages as files: <generation>/<day>/<host>/<path>/index.html with .gz, .br and .json beside it.

Each file is written under a temporary name and renamed; the .html comes last, so where it is, all
is. Pages that a web server in front may serve by itself have their address as file name; all others
stand below `_` under a digest. Old generations are swept by a thread when a new one begins.

The time of a file is made of its digest: a web server that builds its ETag of time and length (nginx)
then tells two pages apart that were written in the same second, and knows an unchanged one again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

import brotli

from kheo.core.pages.ledger import name_of
from kheo.core.pages.rules import answers
from kheo.core.pages.rules.requests import Question

ENDINGS = {"": ".html", "gzip": ".html.gz", "br": ".html.br"}
BROTLI_QUALITY, GZIP_LEVEL = 6, 9


@dataclass(frozen=True)
class Kept:
    """One page: its headers and its bytes by encoding ("", "gzip", "br"), and a tag of its content."""

    headers: answers.Headers
    bodies: dict[str, bytes]
    tag: str


@dataclass(frozen=True)
class Epoch:
    """When a page holds: one generation, one day."""

    generation: int
    day: str

    def folder(self) -> str:
        """Its folder below the store's."""
        return f"{name_of(self.generation)}/{self.day}"


def kept(headers: answers.Headers, body: bytes) -> Kept:
    """Compress once; the tag is a digest of the plain bytes."""
    bodies = {"": body, "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0), "br": brotli.compress(body, quality=BROTLI_QUALITY)}
    return Kept(answers.kept_headers(headers), bodies, hashlib.blake2b(body, digest_size=12).hexdigest())


class Disk:
    """The files of one store folder, bounded in bytes for each process and generation."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder = folder
        self.most_bytes = most_bytes
        self._generation, self._written = 0, 0
        self._sweeping = threading.Lock()

    def read(self, epoch: Epoch, question: Question, encoding: str) -> Kept | None:
        """One encoding of a page, or None when it is not there."""
        for plain in (True, False):
            base = self._base(epoch, question, plain)
            try:
                about = json.loads((base.parent / (base.name + ".json")).read_bytes())
                body = (base.parent / (base.name + ENDINGS[encoding])).read_bytes()
            except OSError:
                continue
            except ValueError:
                return None
            if about["question"] == list(question):
                return Kept([(name, value) for name, value in about["headers"]], {encoding: body}, about["tag"])
        return None

    def write(self, epoch: Epoch, question: Question, page: Kept) -> bool:
        """Put a page on disk; False when the bound is reached or the disk refuses."""
        if self._generation != epoch.generation:
            self._generation, self._written = epoch.generation, 0
            threading.Thread(target=self.sweep, args=(epoch,), daemon=True, name="kheo-pages-sweep").start()
        size = sum(map(len, page.bodies.values()))
        if self._written + size > self.most_bytes:
            return False
        about = {"question": list(question), "headers": page.headers, "tag": page.tag}
        base = self._base(epoch, question, answers.plain(question.path, question.query, page.headers))
        stamp = int(page.tag[:8], 16) & 0x7FFF_FFFF
        parts = {".json": json.dumps(about).encode(), **{ENDINGS[name]: page.bodies[name] for name in ("br", "gzip", "")}}
        try:
            base.parent.mkdir(parents=True, exist_ok=True)
            for ending, content in parts.items():
                made = base.parent / f".{base.name}{ending}.{os.getpid()}.{threading.get_ident()}"
                made.write_bytes(content)
                os.utime(made, (stamp, stamp))
                made.replace(base.parent / (base.name + ending))
        except OSError:
            return False
        self._written += size
        return True

    def _base(self, epoch: Epoch, question: Question, plain: bool) -> Path:
        top = self.folder / epoch.folder() / question.host
        if plain and answers.SAFE_PATH.fullmatch(question.path):
            return top / question.path.strip("/") / "index" if question.path != "/" else top / "index"
        digest = hashlib.blake2b("\0".join(question).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        return top / "_" / digest[:2] / digest

    def sweep(self, epoch: Epoch) -> None:
        """Remove what is older than the epoch."""
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            now = name_of(epoch.generation)
            for found in self.folder.glob("[0-9a-f]" * 16):
                if found.name < now:
                    shutil.rmtree(found, ignore_errors=True)
            for day in (self.folder / now).glob("????-??-??"):
                if day.name < epoch.day:
                    shutil.rmtree(day, ignore_errors=True)
        finally:
            self._sweeping.release()

    def counts(self, epoch: Epoch) -> tuple[int, int]:
        """Pages and bytes kept for the epoch."""
        pages = size = 0
        for found in (self.folder / epoch.folder()).rglob("*.html*"):
            pages += found.suffix == ".html"
            size += found.stat().st_size
        return pages, size
