"""Values of an object as a page shows them: by the names of the standard, and masked in the markup itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.html import format_html
from django.utils.translation import gettext

from api.pipeline.represent.members import Choice, Field, Member
from api.pipeline.words import registry
from backoffice.looking.masking import MASK, Value, is_open, values_of
from backoffice.looking.reading import expanded, path_of
from screens.formats import day, local
from screens.inline import link, muted

SOFT_HYPHEN = "\u00ad"
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A document and how it is shown. ``to_reveal`` gives the page that asks why, for a masked value."""

    model: type[Model]
    document: Mapping[str, Any]
    mask: bool
    to_reveal: Callable[[str], str] | None = None

    def rows(self) -> list[tuple[str, str]]:
        """Each value by its name, for ``{% kv %}``."""
        values = values_of(self.model, self.document, mask=self.mask)
        return [(words_of(each.path), self.text(each)) for each in values]

    def at(self, path: str) -> str:
        """One value, for a cell; nothing where it is empty. A path may lead on to what a link expanded to."""
        first, _point, rest = path.partition(".")
        leads_to = link_of(self.model, first) if rest else None
        if leads_to is not None:
            below = expanded(self.document, first)
            # a name that leads to no version of today stands there as it is
            return Shown(leads_to, below, self.mask).at(rest) if below else self.at(first)
        found: Any = self.document
        for step in path.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
        value = Value(path, found)
        if value.is_empty:
            return ""
        masked = self.mask and not is_open(self.model, path)
        return self.text(Value(path, "", masked=True) if masked else value)

    def text(self, each: Value) -> str:
        if not each.masked:
            return muted(gettext("leeg")) if each.is_empty else in_words(self.model, each)
        if self.to_reveal is None:
            return muted(MASK)
        words = words_of(each.path)
        return format_html(
            "{} {}", muted(MASK), link(gettext("Toon"), self.to_reveal(each.path), hidden=words)
        )


def link_of(model: type[Model], name: str) -> type[Model] | None:
    """The model that this member of the document leads to; None where it is no link."""
    member = registry.resource_for(model).representation.members.get(name)
    return None if member is None else member.target(model)


def in_words(model: type[Model], each: Value) -> str:
    """A value of a closed set by its word, any other in its form."""
    known = choices_of(model, each.path)
    return known.get(str(each.value)) or plain(each.value)


def choices_of(model: type[Model], path: str) -> dict[str, str]:
    """Of a member that is a closed set, what the APIs say and the word for it; nothing of any other."""
    members: Mapping[str, Member] = registry.resource_for(model).representation.members
    member: Member | None = None
    for step in path.split("."):
        member = members.get(step)
        members = getattr(member, "members", {})
    if not isinstance(member, Field):
        return {}
    choices = model._meta.get_field(member.attribute).choices or []  # type: ignore[union-attr]  # a column
    # of one that is kept as its order the label is what the APIs say
    said = [(label if isinstance(member, Choice) else value, label) for value, label in choices]
    return {str(value): _as_words(str(label)) for value, label in said}


def _as_words(label: str) -> str:
    words = label.replace("_", " ")
    return words[:1].upper() + words[1:]


def words_of(path: str) -> str:
    """The names of the standard as words: ``verlenging.duur`` is "Verlenging, duur"."""
    steps = [str(int(step) + 1) if step.isdigit() else HUMP.sub(" ", step) for step in path.split(".")]
    words = ", ".join(steps).replace("_", " ").lower().replace("heidaand", f"heid{SOFT_HYPHEN}aand")
    return words[:1].upper() + words[1:]


def plain(value: Any) -> str:  # noqa: ANN401  # members of JSON
    """A value that may be seen; days, moments and URLs of the municipality in their form."""
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    if isinstance(value, list):
        return ", ".join(plain(each) for each in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    text = path_of(str(value))
    if DAY.fullmatch(text):
        return _in_form(text, date.fromisoformat, day)
    if MOMENT.match(text):
        return _in_form(text, datetime.fromisoformat, moment)
    return text


def moment(when: datetime) -> str:
    return f"{local(when):%d-%m-%Y %H:%M}"


def _in_form(text: str, read: Callable[[str], Any], shown: Callable[[Any], str]) -> str:
    """What only looks like a day stays the text that it is."""
    try:
        return shown(read(text))
    except ValueError:
        return text
