"""The translations are whole, and the tool that says so can tell."""

import gettext
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from iopguide import catalog


def test_every_string_is_translated() -> None:
    found = catalog.find(settings.BASE_DIR)

    for code in catalog.codes():
        assert catalog.problems(code, found) == []


@pytest.fixture
def small_project(tmp_path: Path, settings: Settings) -> Path:
    (tmp_path / "screening").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "screening/words.py").write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext\n"
        "# Translators: on the first page\n"
        "A = _('Hello %(name)s')\nB = ngettext('%(n)s day', '%(n)s days', n)\nC = pgettext('button', 'Leave')\n"
        "D = _('One sentence '\n      'in two parts')\n"
    )
    (tmp_path / "templates/page.html").write_text(
        "{% load i18n %}\n    <p>\n  {% trans 'Start here' %} don't \"mind\n{% blocktrans %}You have {{ count }} steps{% endblocktrans %}\n"
        "{% blocktrans count n=n %}{{ n }} step{% plural %}{{ n }} steps{% endblocktrans %} {% translate \"It's you\" context 'c' %}"
    )
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.BASE_DIR = tmp_path
    return tmp_path


def test_strings_are_found_in_python_and_in_templates(small_project: Path) -> None:
    found = catalog.find(small_project)

    assert set(found) == {
        (None, "Hello %(name)s"),
        (None, "%(n)s day"),
        ("button", "Leave"),
        (None, "One sentence in two parts"),
        (None, "Start here"),
        (None, "You have %(count)s steps"),
        (None, "%(n)s step"),
        ("c", "It's you"),
    }
    assert found[None, "%(n)s day"].plural == "%(n)s days"
    assert found[None, "Hello %(name)s"].notes == ["on the first page"]
    assert found[None, "Start here"].files == {"templates/page.html"}


def _translate(path: Path) -> polib.POFile:
    file = polib.pofile(str(path))
    for entry in file:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid
    file.save()
    return file


def test_a_whole_language_passes_and_compiles_to_what_the_server_reads(small_project: Path) -> None:
    call_command("translations", "--update", verbosity=0)
    file = _translate(catalog.path_of("es"))
    file.find("Leave", msgctxt="button").msgstr = "Salir"
    file.save()

    call_command("translations", "--compile", "--check")

    with catalog.path_of("es").with_suffix(".mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)
    assert words.pgettext("button", "Leave") == "Salir"
    assert words.ngettext("%(n)s day", "%(n)s days", 2) == "%(n)s days"


def test_collecting_twice_changes_nothing_and_keeps_translations(small_project: Path) -> None:
    call_command("translations", "--update")
    _translate(catalog.path_of("es"))
    call_command("translations", "--update")
    before = catalog.path_of("es").read_text()
    call_command("translations", "--update")

    assert catalog.path_of("es").read_text() == before
    assert 'msgstr "Start here"' in before


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda file: file.remove(file.find("Start here")), "missing: Start here"),
        (lambda file: file.append(polib.POEntry(msgid="Gone", msgstr="Ido")), "unused: Gone"),
        (lambda file: setattr(file.find("Start here"), "msgstr", ""), "not translated: Start here"),
        (lambda file: file.find("Start here").flags.append("fuzzy"), "fuzzy: Start here"),
        (lambda file: setattr(file.find("Hello %(name)s"), "msgstr", "Hola"), "placeholders differ"),
        (
            lambda file: setattr(file.find("Hello %(name)s"), "msgstr", "Hola %(nombre)s"),
            "placeholders differ",
        ),
        (lambda file: file.find("%(n)s day").msgstr_plural.update({1: "days"}), "placeholders differ"),
        (lambda file: file.find("%(n)s day").msgstr_plural.update({1: ""}), "not translated"),
        (lambda file: setattr(file.find("Start here"), "msgstr", "Empiece "), "space at an end differs"),
    ],
)
def test_a_language_with_a_hole_is_refused(small_project: Path, spoil: object, complaint: str) -> None:
    call_command("translations", "--update")
    file = _translate(catalog.path_of("es"))
    spoil(file)  # type: ignore[operator]
    file.save()

    assert any(complaint in line for line in catalog.problems("es", catalog.find(small_project)))
    with pytest.raises(CommandError):
        call_command("translations", "--check")
