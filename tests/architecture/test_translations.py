"""The Vietnamese is complete: our own words and those of the packages whose screens we show."""

import importlib.machinery
import importlib.util
import os
import re
from pathlib import Path
from types import ModuleType

import polib
import pytest
from django.apps import apps
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
# Installed packages that say nothing to people.
SILENT = {"modelcluster", "django_htmx", "csp", "whitenoise", "rest_framework", "laces", "ninja"}
# Tone marks stand on the first vowel of an open pair: hòa, khỏe, thủy ("quý" is another sound).
NEW_TONE_PLACEMENT = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def load() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("translations", str(ROOT / "script/translations"))
    spec = importlib.util.spec_from_loader("translations", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


tool = load()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder of source catalogues with the tool looking at it."""
    monkeypatch.setattr(tool, "SOURCES", tmp_path)
    (tmp_path / "djangojs.po").write_text(HEADER, "utf-8")
    return tmp_path


def write(folder, name, *pairs):
    entries = (f'msgid "{english}"\nmsgstr "{vietnamese}"\n' for english, vietnamese in pairs)
    (folder / name).write_text(HEADER + "\n".join(entries), "utf-8")


def compiled(folder):
    tool.compile_all()
    return {
        entry.msgid: entry.msgstr for entry in polib.mofile(str(folder / "LC_MESSAGES/django.mo"))
    }


def shown(messages):
    return "\n".join(f"{item.where}: {item.singular!r}" for item in messages)


def test_it_works(folder):
    write(folder, "movements.po", ("Movement", "Phong trào"))

    assert compiled(folder) == {"Movement": "Phong trào"}


def test_our_catalogues_compile():
    assert tool.merge(tool.sources("django"))
    assert tool.merge(tool.sources("djangojs"))


def test_nothing_of_the_packages_is_missing():
    missing = tool.missing_upstream()

    assert not missing, shown(missing)


def test_nothing_of_ours_is_missing():
    missing = tool.missing_ours()

    assert not missing, shown(missing)


def test_every_installed_package_is_read():
    installed = {config.name.partition(".")[0] for config in apps.get_app_configs()}

    assert installed - {"kheo"} - SILENT <= set(tool.UPSTREAM)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "locale/vi").glob("*.po")), ids=lambda path: path.name
)
def test_tone_marks_stand_in_the_old_places(path):
    texts = [tool.text(entry) for entry in polib.pofile(str(path))]

    assert [text for text in texts if NEW_TONE_PLACEMENT.search(text)] == []


def test_overlay_reaches_the_screen():
    tool.compile_all()
    with translation.override("vi"):
        assert translation.gettext("Unpublish") == "Gỡ xuất bản"
        assert translation.gettext("Authenticator App") == "Ứng dụng xác thực"
        assert translation.ngettext("%(num)d day", "%(num)d days", 3) % {"num": 3} == "3 ngày"
        assert translation.pgettext("abbrev. month", "March") == "thg 3"


def test_area_overrides_an_overlay(folder):
    write(folder, "wagtail_overlay.po", ("Home", "Trang chủ"))
    write(folder, "desk.po", ("Home", "Bàn làm việc"))

    assert compiled(folder) == {"Home": "Bàn làm việc"}


def test_two_areas_may_agree(folder):
    write(folder, "desk.po", ("Save", "Lưu"))
    write(folder, "portal.po", ("Save", "Lưu"))

    assert compiled(folder) == {"Save": "Lưu"}


def test_two_areas_that_disagree_are_refused(folder):
    write(folder, "desk.po", ("State", "Trạng thái"))
    write(folder, "portal.po", ("State", "Nhà nước"))

    with pytest.raises(tool.CatalogueError, match=r"desk\.po and portal\.po: 'State'"):
        tool.compile_all()
    assert not (folder / "LC_MESSAGES" / "django.mo").exists()


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("%(count)s units", "%(number)s đơn vị"),
        ("%(count)s units", "đơn vị"),
        ("{name} is late", "trễ hạn"),
        ("%s of %s", "%s"),
        ("Units", "%(count)s đơn vị"),
    ],
)
def test_changed_placeholder_is_refused(folder, english, vietnamese):
    write(folder, "desk.po", (english, vietnamese))

    with pytest.raises(tool.CatalogueError, match="placeholders"):
        tool.compile_all()


def test_letters_in_pieces_are_refused(folder):
    write(folder, "desk.po", ("Unit", "Đo\u031bn vị"))

    with pytest.raises(tool.CatalogueError, match="NFC"):
        tool.compile_all()


def test_broken_file_is_named(folder):
    (folder / "desk.po").write_text('msgid "a\nmsgstr', "utf-8")

    with pytest.raises(tool.CatalogueError, match=r"desk\.po"):
        tool.compile_all()


def test_up_to_date_is_left_alone(folder):
    write(folder, "desk.po", ("Save", "Lưu"))

    assert len(tool.compile_all()) == 2
    assert tool.compile_all() == []


def test_changed_source_is_compiled_again(folder):
    write(folder, "desk.po", ("Save", "Lưu"))
    tool.compile_all()
    later = (folder / "LC_MESSAGES" / "django.mo").stat().st_mtime + 5
    os.utime(folder / "desk.po", (later, later))

    assert tool.compile_all() == [folder / "LC_MESSAGES" / "django.mo"]


def test_strings_of_python_are_found():
    source = (
        "from django.utils.translation import gettext_lazy as _, ngettext as _n, override\n"
        "a = _('One ' 'line')\n"
        "b = _n('%(n)s unit', '%(n)s units', n)\n"
        "c = pgettext('verb', 'Report')\n"
        "d = _(variable)\n"
        "override('vi')\n"
    )

    found = [item[:3] for item in tool.in_python(source, "x.py")]

    assert found == [
        (None, "One line", None),
        (None, "%(n)s unit", "%(n)s units"),
        ("verb", "Report", None),
    ]


def test_strings_of_templates_are_found():
    source = (
        "{% load i18n %}{% translate \"It's late\" %}{% translate 'Report' context 'verb' %}"
        "{% blocktranslate trimmed count counter=n %}\n  {{ counter }} unit\n"
        "{% plural %}\n  {{ counter }} units\n{% endblocktranslate %}"
        '{{ value|default:_("None yet") }}'
    )

    found = [item[:3] for item in tool.in_template(source, "x.html")]

    assert found == [
        (None, "It's late", None),
        ("verb", "Report", None),
        (None, "%(counter)s unit", "%(counter)s units"),
        (None, "None yet", None),
    ]


def test_a_singular_does_not_answer_for_a_plural():
    done = tool.Catalogue([polib.POEntry(msgid="unit", msgstr="đơn vị")])

    assert done.has(tool.Message(None, "unit", None, ""))
    assert not done.has(tool.Message(None, "unit", "units", ""))


def test_entries_to_fill_in_are_a_catalogue():
    wanted = [
        tool.Message(None, "%(n)s unit", "%(n)s units", "kheo/desk/views.py:7"),
        tool.Message(None, "%(n)s unit", "%(n)s units", "kheo/desk/views.py:9"),
    ]

    (entry,) = polib.pofile(tool.po_entries(wanted))

    assert (entry.msgid, entry.msgstr_plural) == ("%(n)s unit", {0: ""})
    assert entry.occurrences == [("kheo/desk/views.py", "7"), ("kheo/desk/views.py", "9")]
    assert "python-format" in entry.flags
