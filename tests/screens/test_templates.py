"""What every template keeps: nothing inline, nothing from elsewhere, no text without translation."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parents[2]
KIT = ROOT / "platform" / "screens"
TEMPLATES = sorted(
    path
    for house in ("platform", "tenants", "billing")
    for path in ROOT.glob(f"{house}/**/templates/**/*")
    if path.is_file()
)
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
# Shown with DEBUG alone, with content that is no text of the product.
UNTRANSLATED = {KIT / "templates/screens/components.html"}
# Become a PDF, and are never sent to a browser: they have their style inside, and are in Dutch alone.
LETTERS = {
    ROOT / "tenants/onboarding/templates/onboarding/letter.html",
    ROOT / "platform/contracts/templates/contracts/brief.html",
    ROOT / "platform/contracts/templates/contracts/bewijs.html",
    ROOT / "platform/service_reports/templates/service_reports/print.html",
}
# As the documentation of the municipalities' APIs: its document is in Dutch alone.
DOCUMENTATION = ROOT / "platform/vendor_api/templates/vendor_api/documentation.html"
TRANSLATED = [path for path in PAGES if path not in {*UNTRANSLATED, *LETTERS, DOCUMENTATION}]

SPOKEN_ATTRIBUTES = {"alt", "aria-label", "content", "data-done", "placeholder", "title"}
NAMES = {"Zaakplein", "width=device-width, initial-scale=1"}
# Arguments of these are names of files, of blocks and of parts of Django.
TECHNICAL_TAGS = {"load", "include", "extends", "block", "static", "if", "elif", "get_current_language"}
TRANSLATING_TAGS = {"translate", "blocktranslate"}
LITERAL = re.compile(r"""(_\()?(["'])(.*?)\2""")
TECHNICAL_WORD = re.compile(r"[a-z0-9_#./?=&-]*")
INLINE = re.compile(
    r"""<style|\bstyle\s*=|<script(?![^>]*\bsrc=)|\bon[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE
)
ELSEWHERE = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//|@import|url\(""", re.IGNORECASE)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_is_inline(path: Path) -> None:
    assert bool(INLINE.findall(path.read_text())) == (path in LETTERS)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    assert ELSEWHERE.findall(path.read_text()) == []


def test_a_page_names_components_and_no_classes() -> None:
    pages = {path: path.read_text() for path in PAGES}
    assert pages
    assert [
        name(path)
        for path, text in pages.items()
        if KIT not in path.parents and re.search("utrecht-|zp-", text)
    ] == []


@pytest.mark.parametrize("path", TRANSLATED, ids=name)
def test_every_text_is_translated(path: Path) -> None:
    assert untranslated(path.read_text()) == []


@pytest.mark.parametrize(
    "text",
    ["<p>Hallo</p>", '<p aria-label="Kies">', '{% link "Lees verder" url %}', "{% action 'Opslaan' url %}"],
)
def test_a_text_without_translation_is_found(text: str) -> None:
    assert untranslated(text)


def untranslated(source: str) -> list[str]:
    """The words that stand in a template as they are."""
    reader = Words()
    spoken: list[str] = []
    translating = False
    for token in Lexer(source).tokenize():
        tag = token.contents.strip().partition(" ")[0]
        if token.token_type is TokenType.BLOCK:
            translating = (translating or tag == "blocktranslate") and tag != "endblocktranslate"
            spoken += [] if tag in TECHNICAL_TAGS | TRANSLATING_TAGS else literals(token.contents)
        elif token.token_type is TokenType.TEXT and not translating:
            reader.feed(token.contents)
    return [*spoken, *reader.found]


def literals(tag: str) -> list[str]:
    found = LITERAL.findall(tag)
    return [words for marked, _quote, words in found if not marked and not TECHNICAL_WORD.fullmatch(words)]


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.note(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for attribute, value in attrs:
            if attribute in SPOKEN_ATTRIBUTES:
                self.note(value or "")

    def note(self, text: str) -> None:
        words = text.strip(" -\n")
        if re.search("[A-Za-z]", words) and words not in NAMES:
            self.found.append(words)
