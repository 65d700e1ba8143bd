"""What a person of the vendor sees of a municipality's zaken and zaaktypen with a grant that runs."""

from __future__ import annotations

from functools import cache, wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from access.models import Scope
from access.refusals import AccessRefused
from access.states import AREA
from api.catalogi.models import Zaaktype
from api.pipeline.represent.expand import parse
from api.pipeline.sql.tree import Tree
from api.pipeline.words.refusals import Invalid
from api.zaken.models import Rol, Status, Zaak
from backoffice.looking.found import SIZE, Asked
from backoffice.looking.looking import look
from backoffice.looking.reading import Document, Part, Reader, expanded
from backoffice.looking.tables import (
    PARTS,
    around,
    links_of_part,
    order_of_part,
    resultaat_of,
    rol_of,
    shown_of,
    status_now,
    table_of_part,
    table_of_statussen,
    words_of_part,
    zaak_row,
    zaaktype_row,
    zaken_beside,
)
from screens.parts import Crumb
from screens.tables import Heading
from tenants.accounts.pages import PageRequest, View, page, refused
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.visits.models import Page

MOST = 100
"""Of what belongs to one zaak or zaaktype, on its page."""


@cache
def tree_of(model: type[Model], *paths: str) -> Tree:
    return parse(paths, model)


def by_grant(view: View) -> View:
    """Tells why a grant of one's own does not open the page; another's is not there (404)."""

    @wraps(view)
    def wrapped(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except AccessRefused as no:
            return refused(request, title=gettext("U hebt hier geen toegang"), why=str(no))
        except Invalid:
            return refused(
                request,
                title=gettext("Dit is te veel voor één pagina"),
                why=gettext("Wat hieraan vastzit is groter dan een pagina kan tonen."),
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
            )

    return wrapped


@page(area=AREA, level=Level.CHANGE)
@by_grant
def grant_zaken(request: PageRequest, pk: int) -> HttpResponseBase:
    asked = Asked(request.GET)
    tree = tree_of(Zaak, "zaaktype", "status.statustype")

    def read(reader: Reader) -> Part:
        rows = asked.narrowed(reader.rows(Zaak)).order_by("-volgorde")
        return reader.collection(Zaak, rows, size=SIZE, offset=asked.offset, tree=tree)

    seen = look(request, pk, needs=Scope.ZAAKGEGEVENS, page=Page.ZAKEN, read=read)
    grant = seen.grant
    words = ("Zaak", gettext("Zaaktype"), gettext("Status"), gettext("Gestart"), gettext("Afgesloten"))
    found = asked.found(
        seen.found,
        [zaak_row(grant, document) for document in seen.found.documents],
        headings=[Heading(word) for word in words],
        caption=gettext("Zaken"),
        counted=gettext("%(count)s zaken"),
        nothing=gettext("Geen zaken"),
    )
    return show_page(request, "backoffice/grant_zaken.html", {**around(grant), "found": found})


@page(area=AREA, level=Level.CHANGE)
@by_grant
def grant_zaak(request: PageRequest, pk: int, key: UUID) -> HttpResponseBase:
    tree = tree_of(Zaak, "zaaktype", "status.statustype", "resultaat.resultaattype", "hoofdzaak")

    def read(reader: Reader) -> dict[str, Any]:
        zaak = reader.one(Zaak, key, tree)
        of_zaak = {"zaak": key}
        return {
            "zaak": zaak,
            "deelzaken": reader.part(reader.rows(Zaak).filter(hoofdzaak=key).order_by("volgorde"), size=MOST),
            "statussen": reader.part(
                reader.rows(Status).filter(**of_zaak).order_by("-datum_status_gezet", "pk"),
                size=MOST,
                tree=tree_of(Status, "statustype"),
            ),
            "rollen": reader.part(
                reader.rows(Rol).filter(**of_zaak).order_by("registratiedatum", "pk"), size=MOST
            ),
        }

    seen = look(request, pk, needs=Scope.ZAAKGEGEVENS, page=Page.ZAAK, read=read)
    grant, found = seen.grant, seen.found
    zaak = found["zaak"]
    shown, of_type = shown_of(grant, "zaak", zaak), shown_of(grant, "zaaktype", expanded(zaak, "zaaktype"))
    context = {
        **around(grant, Crumb(gettext("Zaken"), reverse("grant_zaken", args=[grant.pk]))),
        "title": shown.at("identificatie"),
        "facts": [
            fact
            for fact in (
                of_type.at("omschrijving"),
                status_now(grant, zaak),
                gettext("Vertrouwelijkheid: %(level)s") % {"level": shown.at("vertrouwelijkheidaanduiding")},
            )
            if fact
        ],
        "rows": shown.rows(),
        "resultaat": resultaat_of(grant, zaak),
        "statussen": table_of_statussen(grant, found["statussen"]),
        "rollen": [rol_of(grant, rol) for rol in found["rollen"].documents],
        "more_rollen": max(0, found["rollen"].count - MOST),
        "more_statussen": max(0, found["statussen"].count - MOST),
        "beside": zaken_beside(grant, zaak, found["deelzaken"]),
    }
    return show_page(request, "backoffice/grant_zaak.html", context)


@page(area=AREA, level=Level.CHANGE)
@by_grant
def grant_zaaktypen(request: PageRequest, pk: int) -> HttpResponseBase:
    asked = Asked(request.GET)

    def read(reader: Reader) -> Part:
        rows = asked.narrowed(reader.rows(Zaaktype)).order_by("identificatie", "-begin_geldigheid", "pk")
        return reader.collection(Zaaktype, rows, size=SIZE, offset=asked.offset)

    seen = look(request, pk, needs=Scope.INSTELLINGEN, page=Page.ZAAKTYPEN, read=read)
    grant = seen.grant
    words = (
        gettext("Zaaktype"),
        gettext("Identificatie"),
        gettext("Geldig vanaf"),
        gettext("Geldig tot"),
        gettext("Concept"),
    )
    found = asked.found(
        seen.found,
        [zaaktype_row(grant, document) for document in seen.found.documents],
        headings=[Heading(word) for word in words],
        caption=gettext("Zaaktypen"),
        counted=gettext("%(count)s versies van zaaktypen"),
        nothing=gettext("Geen zaaktypen"),
    )
    return show_page(request, "backoffice/grant_zaaktypen.html", {**around(grant), "found": found})


@page(area=AREA, level=Level.CHANGE)
@by_grant
def grant_zaaktype(request: PageRequest, pk: int, key: UUID) -> HttpResponseBase:
    def read(reader: Reader) -> tuple[Document, dict[type[Model], Part]]:
        zaaktype = reader.one(Zaaktype, key)
        return zaaktype, {
            model: reader.part(
                reader.rows(model).filter(zaaktype=key).order_by(*order_of_part(model)),
                size=MOST,
                tree=tree_of(model, *links_of_part(model, members)),
            )
            for model, members in PARTS
        }

    seen = look(request, pk, needs=Scope.INSTELLINGEN, page=Page.ZAAKTYPE, read=read)
    grant, (zaaktype, parts) = seen.grant, seen.found
    shown = shown_of(grant, "zaaktype", zaaktype)
    context = {
        **around(grant, Crumb(gettext("Zaaktypen"), reverse("grant_zaaktypen", args=[grant.pk]))),
        "title": shown.at("omschrijving") or shown.at("identificatie"),
        "facts": [fact for fact in (shown.at("identificatie"), shown.at("beginGeldigheid")) if fact],
        "rows": shown.rows(),
        "parts": [
            (*words_of_part(model), table_of_part(grant, model, members, parts[model]))
            for model, members in PARTS
        ],
    }
    return show_page(request, "backoffice/grant_zaaktype.html", context)
