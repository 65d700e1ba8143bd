"""The field of a form that takes several files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.attachments import LARGEST, MOST, MOST_TOGETHER
from screens.formats import size


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Its value is a list, empty where none was chosen."""

    def __init__(self, **given: Any) -> None:  # a field's own
        super().__init__(
            **{"label": _("Bijlagen"), "required": False, "widget": ManyFiles, "max_length": 1000, **given}
        )

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        bound = super().get_bound_field(form, field_name)
        bound.help_text = bound.help_text or bounds_in_words()
        return bound

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401  # a field's own
        given = data if isinstance(data, list | tuple) else [data]
        found = [super(FilesField, self).clean(each, initial) for each in given if each]
        _check(found)
        return found


def bounds_in_words() -> str:
    return gettext(
        "Ten hoogste %(most)s bestanden van elk ten hoogste %(largest)s, samen ten hoogste %(together)s."
        " Stuur geen persoonsgegevens mee die niet nodig zijn."
    ) % {"most": MOST, "largest": size(LARGEST), "together": size(MOST_TOGETHER)}


def _check(files: Sequence[UploadedFile]) -> None:
    """Raises ValidationError with what to do."""
    if len(files) > MOST:
        raise forms.ValidationError(
            _("Kies ten hoogste %(most)s bestanden. Stuur de andere met een volgend bericht."),
            params={"most": MOST},
        )
    for file in files:
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("%(name)s is groter dan %(largest)s. Maak het bestand kleiner, of deel het op."),
                params={"name": (file.name or "")[:100], "largest": size(LARGEST)},
            )
    if sum(file.size or 0 for file in files) > MOST_TOGETHER:
        raise forms.ValidationError(
            _(
                "Samen zijn de bestanden groter dan %(together)s."
                " Stuur er een deel van met een volgend bericht."
            ),
            params={"together": size(MOST_TOGETHER)},
        )
