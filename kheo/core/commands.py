"""The base of every `kheo` command: Vietnamese help, words instead of tracebacks, exit 0/1/2.

The command line speaks Vietnamese only, so its words stand here and in the commands themselves.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from tqdm import tqdm

from kheo.core.errors import DomainError
from kheo.core.messages import describe
from kheo.core.rules.arguments import speak_vietnamese

T = TypeVar("T")

OK, PROBLEMS, CANNOT_RUN = 0, 1, 2
SHOWN = 50
"""Problems of an import that are printed; the others are counted and stand in --json."""


class Owner:
    """Who runs the command line: the installation's owner, above positions."""

    pk = None
    is_superuser = True
    is_authenticated = True
    is_active = True

    def __str__(self) -> str:
        return "Dòng lệnh"


class KheoCommand(BaseCommand):
    """A `kheo` command. Subclasses write `help`, `arguments(parser)` and `run(**options) -> int | None`.

    `run` returns the exit status (None is 0). A DomainError ends the command with status 1 and its
    words; a programming error shows its traceback only with --chi-tiet.
    """

    # Django's own options (--settings, --pythonpath, …) mean nothing to the people who run Khéo.
    suppressed_base_arguments = {
        "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color",
        "--force-color", "--skip-checks",
    }
    requires_system_checks = ()
    prints_results = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """A parser named like the words the person typed."""
        speak_vietnamese()
        parser = super().create_parser("kheo", subcommand, **kwargs)
        parser.prog = f"kheo {subcommand.replace('_', ' ')}"
        parser.add_argument("--chi-tiet", action="store_true", dest="details", help="in chi tiết kỹ thuật khi có lỗi")
        if self.prints_results:
            parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's name for `arguments`."""
        self.arguments(parser)

    def arguments(self, parser: CommandParser) -> None:
        """Declare the command's own arguments."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run in Vietnamese; turn errors into words and an exit status."""
        self.as_json = bool(options.get("json"))
        with translation.override("vi"):
            try:
                status = self.run(**options)
            except DomainError as error:
                self.fail(str(describe(error)))
                status = PROBLEMS
            except KeyboardInterrupt:
                self.fail("Đã dừng theo yêu cầu.")
                status = 130
            except Exception as error:
                if options.get("details"):
                    raise
                self.fail(f"Lỗi bất ngờ: {type(error).__name__}: {error}. Chạy lại với --chi-tiet để xem chi tiết.")
                status = CANNOT_RUN
        if status:
            sys.exit(status)

    def run(self, **options: Any) -> int | None:
        """Do the work; return the exit status."""
        raise NotImplementedError

    def say(self, line: str = "") -> None:
        """A line for people; silent with --json."""
        if not getattr(self, "as_json", False):
            self.stdout.write(line)

    def fail(self, line: str) -> None:
        """A line about what went wrong: to stderr, or as {"error": …} with --json."""
        if getattr(self, "as_json", False):
            self.stdout.write(json.dumps({"error": line}, ensure_ascii=False))
        else:
            self.stderr.write(line)

    def answer(self, data: Any) -> None:
        """The machine-readable result, printed with --json only."""
        if getattr(self, "as_json", False):
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str))

    def say_problems(self, report: Mapping[str, Any], *, elsewhere: str = "--json") -> None:
        """Print the errors, then the warnings of an import's report, each with its place, what is wrong
        and what to do. `elsewhere` names the options that give the ones that are not printed."""
        for title, problems in (("Lỗi", report["errors"]), ("Cảnh báo", report["warnings"])):
            for problem in problems[:SHOWN]:
                place = "!".join(str(part) for part in (problem["sheet"], problem["cell"]) if part)
                named = f"{problem['field']}: " if problem["field"] else ""
                self.say(f"{title} tại {place or 'tệp'}: {named}{problem['message']}")
            if len(problems) > SHOWN:
                self.say(f"… và {len(problems) - SHOWN} mục nữa (xem đầy đủ với {elsewhere}).")

    def bar(self, items: Iterable[T], title: str, total: int | None = None) -> Iterator[T]:
        """Iterate with a progress bar on a terminal; quietly elsewhere."""
        yield from tqdm(
            items, desc=title, total=total, disable=not sys.stderr.isatty() or getattr(self, "as_json", False),
            bar_format="{desc}: {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [còn {remaining}]", leave=False,
        )
