from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from screens import translations

APPS = translations.translated_apps()


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_text_has_its_english(app: Path) -> None:
    assert translations.untranslated(app) == [], (
        "add the English in its locale folder; manage.py translate lists them"
    )


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_no_english_is_left_of_a_text_that_is_gone(app: Path) -> None:
    said = {message.id for message in translations.texts(app)}
    assert {message.id for message in translations.catalogue(app)} - said == set()


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_what_runs_is_compiled_from_what_is_kept(app: Path) -> None:
    assert translations.catalogue_path(app).with_suffix(".mo").read_bytes() == translations.compiled(app)


def test_texts_of_templates_and_of_code_are_found() -> None:
    kit = next(app for app in APPS if app.name == "screens")
    found = {message.id for message in translations.texts(kit)}
    assert {
        "Naar de inhoud",
        "Annuleren",
        "Toon %(size)s per pagina",
        ("%(days)s dag", "%(days)s dagen"),
    } <= found


def test_without_babel_the_command_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "screens.translations", None)  # as Python marks what cannot be imported

    with pytest.raises(CommandError, match="infra/format and infra/test install"):
        call_command("translate")
