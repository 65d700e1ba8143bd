"""A page of documents as a list of the kit, which otherwise reads models."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.looking.reading import Part
from screens.formats import number
from screens.inline import link
from screens.listing.filters import control_of
from screens.listing.found import FilterField, Found, Pager
from screens.listing.query import PAGE, changed, whole
from screens.tables import Heading, Row, Table

SIZE = 15
LONGEST = 50


class IdentificatieForm(forms.Form):
    """Whole, as applications ask for it: a part of one would tell what else there is."""

    q = forms.CharField(
        label=_("Identificatie, helemaal"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )


class Asked:
    """What the query of a list asks for: which page, and one identificatie or all."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.form = IdentificatieForm(query)
        self.is_valid = self.form.is_valid()
        self.identificatie: str = self.form.cleaned_data.get("q", "") if self.is_valid else ""
        self.page = whole(query, PAGE, 1)

    @property
    def offset(self) -> int:
        return (self.page - 1) * SIZE

    def narrowed(self, rows: QuerySet[Model]) -> QuerySet[Model]:
        if not self.is_valid:
            return rows.none()
        return rows.filter(identificatie=self.identificatie) if self.identificatie else rows

    def found(  # noqa: PLR0913  # each is a word of the list
        self,
        part: Part,
        rows: Sequence[Row],
        *,
        headings: Sequence[Heading],
        caption: str,
        counted: str,
        nothing: str,
    ) -> Found:
        return Found(
            table=Table(caption=caption, headings=headings, rows=rows, described_by="resultaat"),
            pager=self._pager(part, len(rows)),
            found=counted % {"count": number(part.count)},
            nothing=nothing,
            nothing_found=gettext("Niets gevonden"),
            advice=self._advice(),
            filter_label=caption,
            filters=[FilterField(self.form["q"], control_of(self.form["q"]), wide=True)],
            kept=[],
            chips=self._chips(),
            exports=[],
            bulk=[],
        )

    def _pager(self, part: Part, shown: int) -> Pager:
        words = gettext("%(first)s tot en met %(last)s van %(all)s") % {
            "first": number(self.offset + 1),
            "last": number(self.offset + shown),
            "all": number(part.count),
        }
        return Pager(
            words,
            sizes=[],
            previous=changed(self.query, **{PAGE: str(self.page - 1)}) if self.page > 1 else "",
            next=changed(self.query, **{PAGE: str(self.page + 1)})
            if self.offset + shown < part.count
            else "",
        )

    def _chips(self) -> list[tuple[str, str]]:
        given = self.query.get("q", "").strip()
        return [(given, changed(self.query, q=None))] if given else []

    def _advice(self) -> str:
        return format_html(
            gettext("Controleer de spelling of {link}. Wat deze toegang niet omvat, staat hier niet."),
            link=link(gettext("wis de filters"), changed(self.query, q=None)),
        )
