import re
from pathlib import Path

import polib
import pytest
from django.utils import translation

from kheo.core import messages
from kheo.core.errors import Conflict, DomainError, InvalidInput, Refused

CORE = Path(messages.__file__).parent
CODE = re.compile(
    r"""(?:code=|code = |_invalid\(\s*|code="file_html_as_sheet" if html else )"([a-z_]+)\""""
)
PLACE = re.compile(r"%\((\w+)\)")


def raised():
    found = set()
    for folder in ("rules", "spreadsheets", "files"):
        for path in (CORE / folder).rglob("*.py"):
            found |= set(CODE.findall(path.read_text()))
    return found


def test_it_works():
    error = InvalidInput(
        code="ambiguous_number",
        params={"text": "1.234", "as_thousands": "1234", "as_decimal": "1,234"},
    )
    with translation.override("vi"):
        assert messages.describe(error) == (
            "“1.234” có hai cách hiểu: 1234 hoặc 1,234. "
            "Hãy ghi 1234 (không dấu phân cách), hoặc 1,2340 nếu là số thập phân."
        )
    with translation.override("en"):
        assert messages.message(error) == "“1.234” can be read in two ways: 1234 or 1,234."


def test_every_code_has_words():
    assert len(raised()) > 30
    assert raised() <= messages.WORDS.keys()


def test_every_word_is_used():
    assert messages.WORDS.keys() - raised() <= {"file_not_a_sheet"}


def test_every_word_is_translated_with_its_places():
    catalogue = {
        e.msgid: e.msgstr for e in polib.pofile(str(CORE.parents[1] / "locale/vi/core.po"))
    }
    with translation.override(None):
        words = [str(part) for pair in messages.WORDS.values() for part in pair]
    for word in words:
        assert catalogue.get(word), word
        assert set(PLACE.findall(word)) == set(PLACE.findall(catalogue[word])), word


@pytest.mark.parametrize("code", sorted(messages.WORDS))
def test_every_code_can_be_told(code):
    pair = [str(part) for part in messages.WORDS[code]]
    params = {name: "7" for part in pair for name in PLACE.findall(part)}
    told = messages.describe(DomainError(code=code, params=params))
    assert "%" not in told.replace("7%", "")


def test_ready_words_come_first():
    error = Refused("Không được phép.", remedy="Hỏi người phụ trách.", code="date_missing")
    assert messages.describe(error) == "Không được phép. Hỏi người phụ trách."
    assert messages.remedy(Conflict("Đã có người làm.", code="date_missing")) == ""


def test_an_unknown_code_and_missing_params_are_survived():
    assert messages.describe(DomainError(code="nothing"))
    assert messages.describe(DomainError(code="date_unreadable"))
    assert str(DomainError(code="x", params={"a": 1})) == "x {'a': 1}"
