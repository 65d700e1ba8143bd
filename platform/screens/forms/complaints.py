"""What is wrong with a field, as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape

from django import forms
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Complaint:
    """``words`` stand at the field, ``apart`` where nothing else names it."""

    words: str
    apart: str


def complaints(field: forms.BoundField) -> list[Complaint]:
    """Of an empty field what to do, unless its form says so in words of its own."""
    label = str(field.label).replace("?", "")
    found = []
    for error in field.errors.as_data():
        if error.code == "required" and error.message == forms.Field.default_error_messages["required"]:
            words = todo(field) % {"label": label}
            found.append(Complaint(words, words))
        else:
            found.extend(Complaint(each, f"{label}: {plain(each)}") for each in error.messages)
    return found


def plain(words: str) -> str:
    """Without a link: in the summary all of it is one."""
    return unescape(strip_tags(words)) if isinstance(words, SafeString) else words


def todo(field: forms.BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return _("Vink aan: %(label)s")
    if isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple | forms.FileInput):
        return _("Kies: %(label)s")
    return _("Vul in: %(label)s")
