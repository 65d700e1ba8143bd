"""The texts of an app, Dutch in the source, and their English in ``locale/en``.

Django's own command for this needs programs of GNU gettext; Babel reads and writes the same files.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.utils.translation.template import templatize

LANGUAGE = "en"
ALWAYS = datetime(2026, 11, 26, tzinfo=UTC)
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}


def translated_apps() -> list[Path]:
    """The folders of our apps that have a ``locale``; those of installed packages have their own keepers."""
    folders = (Path(app.path) for app in apps.get_app_configs())
    return [
        folder for folder in folders if "site-packages" not in folder.parts and (folder / "locale").is_dir()
    ]


def catalogue_path(app: Path) -> Path:
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def texts(app: Path) -> Catalog:
    """What the sources say, with where."""
    found = Catalog(locale=LANGUAGE, fuzzy=False)
    for path, code in sources(app):
        for _line, message, comments, _context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            found.add(message, locations=[(path, 0)], auto_comments=comments)
    return found


def sources(app: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(app.rglob("*.py")):
        yield path.relative_to(app).as_posix(), path.read_text()
    for path in sorted(app.rglob("templates/**/*.html")):
        yield path.relative_to(app).as_posix(), in_one_line(templatize(path.read_text()))


def in_one_line(code: str) -> str:
    """What Django makes of a template has the words of Python, but not its lines."""
    return " ".join(code.split("\n"))


def catalogue(app: Path) -> Catalog:
    """Its head says no dates and no people: equal texts make equal files."""
    path = catalogue_path(app)
    known = read_po(io.BytesIO(path.read_bytes() if path.exists() else b""), locale=LANGUAGE)
    known.header_comment = "# The texts are Dutch in the source; this is their English.\n#"
    known.project, known.version = "Zaakplein", ""
    known.msgid_bugs_address = known.last_translator = known.language_team = ""
    known.creation_date = known.revision_date = ALWAYS
    known.fuzzy = False
    return known


def untranslated(app: Path) -> list[str]:
    """Texts without English, or that the catalogue does not know."""
    known = catalogue(app)
    return sorted(
        str(message.id) for message in texts(app) if message.id and not is_translated(known, message.id)
    )


def is_translated(known: Catalog, text: str | Sequence[str]) -> bool:
    message = known.get(text if isinstance(text, str) else text[0])
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def update(app: Path) -> None:
    """Brings the catalogue to the texts of the sources; translations stay, what nobody says any more goes."""
    known = catalogue(app)
    known.update(texts(app), no_fuzzy_matching=True)
    known.obsolete.clear()
    known.creation_date = ALWAYS
    path = catalogue_path(app)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, known, sort_output=True, include_lineno=False, width=100)
    path.with_suffix(".mo").write_bytes(compiled(app))


def compiled(app: Path) -> bytes:
    """What gettext reads at run time."""
    file = io.BytesIO()
    write_mo(file, catalogue(app))
    return file.getvalue()
