from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.template import Context, Template
from django.test import Client
from pytest_django import Settings

from screens.templatetags.screens import register

PAGE = Path(__file__).resolve().parents[2] / "platform/screens/templates/screens/components.html"
# Of the shell, and of other components.
INSIDE_OTHERS = {
    "htmx_settings",
    "theme_sheet",
    "due_words",
    "meter",
    "focus_of",
    "field",
    "error_title",
    "complaints",
}
WORDS = {
    "icon",
    "piece",
    "facts",
    "muted",
    "toned",
    "numbered",
    "due",
    "spark",
    "links",
    "removed",
    "added",
    "button",
    "small",
    "note",
}


def test_every_component_is_on_the_page() -> None:
    shown = set(re.findall(r"\{% (\w+)", PAGE.read_text()))
    assert set(register.tags) - shown <= INSIDE_OTHERS | WORDS


def test_the_command_writes_each_theme_in_each_language(settings: Settings, tmp_path: Path) -> None:
    settings.DEBUG = True
    call_command("components", tmp_path)

    assert {path.name for path in tmp_path.glob("*.html")} == {
        "gemeente-en.html",
        "gemeente-nl.html",
        "leverancier-en.html",
        "leverancier-nl.html",
    }
    assert (tmp_path / "static/screens/console.css").exists()


def test_a_piece_of_markup_is_escaped_where_it_is_made_and_only_there() -> None:
    source = "{% load screens %}{% piece as made %} <b>{{ name }}</b> {% endpiece %}{% kv rows %}{{ made }}"
    page = Template(source).render(Context({"name": "<i>", "rows": [("Naam", "<i>")]}))

    assert "<b>&lt;i&gt;</b>" in page
    assert "<dd>&lt;i&gt;</dd>" in page


def test_without_debug_there_is_no_page_of_components(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("components", tmp_path)


def test_without_debug_it_has_no_address(db: None, client: Client) -> None:
    assert client.get("/componenten/gemeente/nl/", headers={"host": "127.0.0.1"}).status_code == 404
