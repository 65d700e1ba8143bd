"""The pieces of which the pages of a grant are made: rows and tables of documents."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext

from access.models import Grant
from api.catalogi.models import (
    Eigenschap,
    Resultaattype,
    Roltype,
    Statustype,
    Zaakobjecttype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)
from api.zaken.models import Resultaat, Rol, Status, Zaak
from backoffice.looking.reading import Document, Part, expanded, key_of
from backoffice.looking.showing import Shown, link_of, words_of
from screens.inline import link
from screens.parts import Crumb
from screens.tables import Cell, Heading, Row, Table

KINDS: dict[str, type[Model]] = {
    "zaak": Zaak,
    "status": Status,
    "rol": Rol,
    "resultaat": Resultaat,
    "zaaktype": Zaaktype,
}
"""Whose masked values can be shown, by the word in the address."""
PARTS: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Statustype, ("omschrijving", "volgnummer", "isEindstatus", "doorlooptijd")),
    (
        Resultaattype,
        (
            "omschrijving",
            "archiefnominatie",
            "archiefactietermijn",
            "brondatumArchiefprocedure.afleidingswijze",
        ),
    ),
    (Roltype, ("omschrijving", "omschrijvingGeneriek")),
    (Eigenschap, ("naam", "definitie", "specificatie.formaat", "specificatie.lengte")),
    (
        ZaaktypeInformatieobjecttype,
        ("informatieobjecttype.omschrijving", "volgnummer", "richting", "statustype.omschrijving"),
    ),
    (Zaakobjecttype, ("relatieOmschrijving", "objecttype", "anderObjecttype")),
)
"""The parts of a zaaktype, and the members of each in its table; those of what it leads to too."""


def around(grant: Grant, *crumbs: Crumb) -> dict[str, Any]:
    """What every page tells: by which grant it is seen, and where that stands."""
    own = Crumb(f"{grant.number} {grant.municipality.naam}", reverse("grant", args=[grant.pk]))
    return {"grant": grant, "gemeente": grant.municipality, "crumbs": [own, *crumbs]}


def shown_of(grant: Grant, kind: str, document: Document) -> Shown:
    """With a way to each masked value, where the object is one that the grant shows by itself."""
    if not document:
        return Shown(KINDS[kind], {}, mask=grant.mask_personal_data)
    key = key_of(document["url"])
    return Shown(
        KINDS[kind],
        document,
        mask=grant.mask_personal_data,
        to_reveal=lambda path: reverse("reveal", args=[grant.pk, kind, key, path]),
    )


def zaak_row(grant: Grant, document: Document) -> Row:
    zaak = shown_of(grant, "zaak", document)
    address = reverse("grant_zaak", args=[grant.pk, key_of(document["url"])])
    return Row(
        [
            Cell(link(zaak.at("identificatie"), address), nowrap=True),
            Cell(shown_of(grant, "zaaktype", expanded(document, "zaaktype")).at("omschrijving")),
            Cell(status_now(grant, document), label=gettext("Status")),
            Cell(zaak.at("startdatum"), label=gettext("Gestart"), nowrap=True),
            Cell(zaak.at("einddatum"), label=gettext("Afgesloten"), nowrap=True),
        ]
    )


def status_now(grant: Grant, zaak: Document) -> str:
    """Where the zaak is, by the name of its statustype."""
    statustype = expanded(zaak, "status", "statustype")
    return Shown(Statustype, statustype, mask=grant.mask_personal_data).at("omschrijving")


def resultaat_of(grant: Grant, zaak: Document) -> list[tuple[str, str]]:
    resultaat = expanded(zaak, "resultaat")
    if not resultaat:
        return []
    of_type = Shown(Resultaattype, expanded(resultaat, "resultaattype"), mask=grant.mask_personal_data)
    return [
        (gettext("Resultaattype"), of_type.at("omschrijving")),
        *shown_of(grant, "resultaat", resultaat).rows(),
    ]


def table_of_statussen(grant: Grant, part: Part) -> Table:
    rows = []
    for document in part.documents:
        status = shown_of(grant, "status", document)
        of_type = Shown(Statustype, expanded(document, "statustype"), mask=grant.mask_personal_data)
        rows.append(
            Row(
                [
                    Cell(of_type.at("omschrijving")),
                    Cell(status.at("datumStatusGezet"), label=gettext("Gezet"), nowrap=True),
                    Cell(status.at("statustoelichting"), label=gettext("Toelichting")),
                ]
            )
        )
    words = (gettext("Status"), gettext("Gezet"), gettext("Toelichting"))
    return Table(caption=gettext("Statussen"), headings=[Heading(word) for word in words], rows=rows)


def rol_of(grant: Grant, document: Document) -> tuple[str, list[tuple[str, str]]]:
    rol = shown_of(grant, "rol", document)
    return rol.at("omschrijving"), rol.rows()


def zaken_beside(grant: Grant, zaak: Document, deelzaken: Part) -> list[tuple[str, str]]:
    """The zaken above and below it that the grant covers too."""
    above = expanded(zaak, "hoofdzaak")
    found = [(gettext("Hoofdzaak %(zaak)s"), above)] if above else []
    found += [(gettext("Deelzaak %(zaak)s"), each) for each in deelzaken.documents]
    return [
        (
            words % {"zaak": shown_of(grant, "zaak", each).at("identificatie")},
            reverse("grant_zaak", args=[grant.pk, key_of(each["url"])]),
        )
        for words, each in found
    ]


def zaaktype_row(grant: Grant, document: Document) -> Row:
    zaaktype = shown_of(grant, "zaaktype", document)
    address = reverse("grant_zaaktype", args=[grant.pk, key_of(document["url"])])
    name = zaaktype.at("omschrijving") or zaaktype.at("identificatie")
    return Row(
        [
            Cell(link(name, address)),
            Cell(zaaktype.at("identificatie"), label=gettext("Identificatie"), nowrap=True),
            Cell(zaaktype.at("beginGeldigheid"), label=gettext("Geldig vanaf"), nowrap=True),
            Cell(zaaktype.at("eindeGeldigheid"), label=gettext("Geldig tot"), nowrap=True),
            Cell(zaaktype.at("concept"), label=gettext("Concept")),
        ]
    )


def links_of_part(model: type[Model], members: tuple[str, ...]) -> tuple[str, ...]:
    """What has to be expanded for its table."""
    return tuple(first for first in (each.partition(".")[0] for each in members) if link_of(model, first))


def order_of_part(model: type[Model]) -> tuple[str, ...]:
    """By its volgnummer where it has one, which is how a zaak goes through them."""
    return ("volgnummer", "pk") if hasattr(model, "volgnummer") else ("pk",)


def words_of_part(model: type[Model]) -> tuple[str, str]:
    """Its heading and its anchor."""
    words: dict[type[Model], str] = {
        Statustype: gettext("Statustypen"),
        Resultaattype: gettext("Resultaattypen"),
        Roltype: gettext("Roltypen"),
        Eigenschap: gettext("Eigenschappen"),
        ZaaktypeInformatieobjecttype: gettext("Informatieobjecttypen"),
        Zaakobjecttype: gettext("Zaakobjecttypen"),
    }
    return words[model], str(model._meta.model_name)


def table_of_part(grant: Grant, model: type[Model], members: tuple[str, ...], part: Part) -> Table | None:
    if not part.documents:
        return None
    words = [words_of(_name_of(model, member)) for member in members]
    return Table(
        caption=words_of_part(model)[0],
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(Shown(model, document, mask=grant.mask_personal_data).at(member), label=label)
                    for member, label in zip(members, ["", *words[1:]], strict=True)
                ]
            )
            for document in part.documents
        ],
    )


def _name_of(model: type[Model], member: str) -> str:
    """What a column is called: after the link where it shows something of what that leads to."""
    first, _point, rest = member.partition(".")
    return first if rest and link_of(model, first) else member.rpartition(".")[2]
