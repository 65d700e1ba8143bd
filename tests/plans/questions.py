"""What lists are asked: each filter with a value that few rows have and one that most have, orders, pages.

A test and a benchmark ask them. Every filter of these lists is here by its name: who declares one adds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import connection
from django.db.models import Model

from api.catalogi.models import Catalogus, Informatieobjecttype, Resultaattype, Roltype, Statustype, Zaaktype
from api.documenten.models import (
    EnkelvoudigInformatieObject,
    Gebruiksrechten,
    ObjectInformatieObject,
    Verzending,
)
from api.pipeline.http.resource import Resource
from api.pipeline.words import registry
from api.zaken.models import Resultaat, Rol, Status, Zaak
from tests.plans.values import SOME, Column

ZAKEN, DOCUMENTEN = "/zaken/api/v1/zaken", "/documenten/api/v1/enkelvoudiginformatieobjecten"
AREA = {"type": "Polygon", "coordinates": [[[4.0, 52.0], [6.0, 52.0], [6.0, 53.0], [4.0, 53.0], [4.0, 52.0]]]}

Values = Iterator[tuple[str, Any]]
Choice = Callable[[str], Values]
"""How much a value selects (``few``, ``most``, or what it is), and the value as it is written in a query."""


@dataclass(frozen=True, slots=True)
class Question:
    """One request of a list: a query, or the body of a search."""

    name: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    at: float = 0.0
    """Which page, from the first to the last of those that whoever asks may see."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A list, and for each of its filters the values to ask for."""

    model: type[Model]
    filters: Mapping[str, Choice]
    more: Callable[[str], Iterator[Question]] = lambda _: iter(())

    @property
    def resource(self) -> type[Resource]:
        return cast("type[Resource]", registry.resource_for(self.model))

    @property
    def path(self) -> str:
        return self.resource.root()

    @property
    def declared(self) -> set[str]:
        """The filters that the list takes."""
        return set(self.resource.operations["list"].filters)

    def questions(self, host: str) -> Iterator[Question]:
        """With values from the municipality that one is in."""
        yield from self._pages()
        for name, choice in self.filters.items():
            for label, value in choice(host):
                if value is not None:
                    yield Question(f"{name} {label}", self.path, {name: str(value)})
        yield from self.more(host)

    def _pages(self) -> Iterator[Question]:
        if not self.resource.paged:
            return
        for name, at in (("first page", 0.0), ("middle page", 0.5), ("last page", 1.0)):
            yield Question(name, self.path, at=at)


def among(table: str, value: str, where: str = "true", *, link: Any = None) -> Choice:
    """What few have and what most have; with ``link`` as the URL of the object with that key."""

    def values(host: str) -> Values:
        column = Column(table, value, where)
        for label, found in (("few", column.few()), ("most", column.most())):
            yield label, None if found is None else _written(found, host, link)

    return values


def beyond(table: str, column: str, *, upwards: bool) -> Choice:
    """From where few are left on one side, and the middle."""

    def values(_: str) -> Values:
        found = Column(table, column)
        yield "few", found.beyond(SOME, upwards=upwards)
        yield "half", found.beyond(10**9, upwards=upwards)

    return values


def each(*words: str) -> Choice:
    """These, whoever has them."""
    return lambda _: ((word, word) for word in words)


def part(table: str, value: str, *, keep: str) -> Choice:
    """Part of a text that few have, and of one that most have; ``keep`` says which part."""

    def values(_: str) -> Values:
        column = Column(table, keep.format(value))
        yield "few", column.few()
        yield "most", column.most()

    return values


def days(table: str, name: str, column: str, *comparisons: str) -> dict[str, Choice]:
    """A date by itself and compared, as the filters declare it."""
    found: dict[str, Choice] = {name: among(table, column)}
    for how in comparisons:
        declared = each("true", "false") if how == "isnull" else beyond(table, column, upwards=how[0] == "g")
        found[f"{name}__{how}"] = declared
    return found


def key(name: str, where: str = "true") -> Choice:
    """By which somebody in a rol is identified."""
    text = f"betrokkene_identificatie->>'{name}'"
    return among("zaken_rol", text, f"{text} <> '' AND {where}")


def _written(found: Any, host: str, link: Any) -> str:
    if link is None:
        return str(found)
    resource = registry.resource_for(link)
    return f"http://{host}{resource.root()}/{found}"


IDENTIFICATIES: dict[str, Choice] = {
    "natuurlijkPersoon__inpBsn": key("inpBsn"),
    "natuurlijkPersoon__anpIdentificatie": key("anpIdentificatie"),
    "natuurlijkPersoon__inpA_nummer": key("inpA_nummer"),
    "nietNatuurlijkPersoon__innNnpId": key("innNnpId"),
    "nietNatuurlijkPersoon__annIdentificatie": key("annIdentificatie"),
    "vestiging__vestigingsNummer": key("vestigingsNummer"),
    "medewerker__identificatie": key("identificatie", "betrokkene_type = 'medewerker'"),
    "organisatorischeEenheid__identificatie": key(
        "identificatie", "betrokkene_type = 'organisatorische_eenheid'"
    ),
}
BETROKKENE_TYPES = each(
    "natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging", "organisatorische_eenheid", "medewerker"
)
ARCHIEFNOMINATIES = each("vernietigen", "blijvend_bewaren")
ARCHIEFSTATUSSEN = each("nog_te_archiveren", "overgedragen", "gearchiveerd")
NIVEAUS = each("openbaar", "vertrouwelijk", "zeer_geheim")
RSINS = each("517439943", "123456782")

OF_ZAKEN: dict[str, Choice] = {
    "identificatie": among("zaken_zaak", "identificatie"),
    "bronorganisatie": RSINS,
    "bronorganisatie__in": each("517439943,123456782", "123456782"),
    "zaaktype": among("zaken_zaak", "zaaktype_id", link=Zaaktype),
    "archiefnominatie": ARCHIEFNOMINATIES,
    "archiefnominatie__in": each("vernietigen,blijvend_bewaren"),
    **days("zaken_zaak", "archiefactiedatum", "archiefactiedatum", "isnull", "lt", "gt"),
    "archiefstatus": ARCHIEFSTATUSSEN,
    "archiefstatus__in": each("overgedragen,gearchiveerd", "nog_te_archiveren,gearchiveerd"),
    **days("zaken_zaak", "startdatum", "startdatum", "gt", "gte", "lt", "lte"),
    **days("zaken_zaak", "registratiedatum", "registratiedatum", "gt", "lt"),
    **days("zaken_zaak", "einddatum", "einddatum", "isnull", "gt", "lt"),
    **days("zaken_zaak", "einddatumGepland", "einddatum_gepland", "gt", "lt"),
    **days("zaken_zaak", "uiterlijkeEinddatumAfdoening", "uiterlijke_einddatum_afdoening", "gt", "lt"),
    "rol__betrokkeneType": BETROKKENE_TYPES,
    "rol__betrokkene": among("zaken_rol", "betrokkene", "betrokkene <> ''"),
    "rol__omschrijvingGeneriek": each("initiator", "behandelaar", "adviseur"),
    "maximaleVertrouwelijkheidaanduiding": NIVEAUS,
    **{f"rol__betrokkeneIdentificatie__{name}": values for name, values in IDENTIFICATIES.items()},
    "identificatie__icontains": part("zaken_zaak", "identificatie", keep="left({}, 18)"),
    "omschrijving": part("zaken_zaak", "omschrijving", keep="split_part({}, ', ', 2)"),
    "zaaktype__omschrijving": among(
        "zaken_zaak", "(SELECT omschrijving FROM catalogi_zaaktype AS t WHERE t.uuid = zaaktype_id)"
    ),
    "kenmerk": among("zaken_zaak", "(kenmerken->0->>'bron') || ':' || (kenmerken->0->>'kenmerk')"),
    "kenmerk__bron": among("zaken_zaak", "kenmerken->0->>'bron'"),
    "status__statustype": among(
        "zaken_status", "statustype_id", "indicatie_laatst_gezette_status", link=Statustype
    ),
    "resultaat__resultaattype": among("zaken_resultaat", "resultaattype_id", link=Resultaattype),
    "rol__betrokkeneIdentificatie__vestiging__kvkNummer": key("kvkNummer"),
    "rol__machtiging": each("eigen", "gemachtigde", "machtiginggever"),
}
OF_ROLLEN: dict[str, Choice] = {
    "zaak": among("zaken_rol", "zaak_id", link=Zaak),
    "betrokkene": among("zaken_rol", "betrokkene", "betrokkene <> ''"),
    "betrokkeneType": BETROKKENE_TYPES,
    **{f"betrokkeneIdentificatie__{name}": values for name, values in IDENTIFICATIES.items()},
    "roltype": among("zaken_rol", "roltype_id", link=Roltype),
    "omschrijving": among("zaken_rol", "omschrijving"),
    "omschrijvingGeneriek": each("initiator", "behandelaar", "adviseur"),
    "betrokkeneIdentificatie__vestiging__kvkNummer": key("kvkNummer"),
    "machtiging": each("eigen", "gemachtigde", "machtiginggever"),
}
OF_STATUSSEN: dict[str, Choice] = {
    "zaak": among("zaken_status", "zaak_id", link=Zaak),
    "statustype": among("zaken_status", "statustype_id", link=Statustype),
    "indicatieLaatstGezetteStatus": each("true", "false"),
}
OF_RESULTATEN: dict[str, Choice] = {
    "zaak": among("zaken_resultaat", "zaak_id", link=Zaak),
    "resultaattype": among("zaken_resultaat", "resultaattype_id", link=Resultaattype),
}

DOCUMENT, RELATIE = "documenten_enkelvoudiginformatieobject", "documenten_objectinformatieobject"
OF_DOCUMENTEN: dict[str, Choice] = {
    "identificatie": among(DOCUMENT, "identificatie"),
    "bronorganisatie": RSINS,
    "objectinformatieobjecten_object": among(RELATIE, "object"),
    "objectinformatieobjecten_objectType": each("zaak", "besluit"),
    "trefwoorden": among(DOCUMENT, "array_to_string(trefwoorden, ',')", "trefwoorden <> '{}'"),
    "auteur": part(DOCUMENT, "auteur", keep="{}"),
    "beschrijving": part(DOCUMENT, "beschrijving", keep="nullif({}, '')"),
    "creatiedatum__gte": beyond(DOCUMENT, "creatiedatum", upwards=True),
    "creatiedatum__lte": beyond(DOCUMENT, "creatiedatum", upwards=False),
    "informatieobjecttype": among(DOCUMENT, "informatieobjecttype_id", link=Informatieobjecttype),
    "locked": each("true", "false"),
    "objectinformatieobjecten__object": among(RELATIE, "object"),
    "objectinformatieobjecten__objectType": each("zaak", "besluit"),
    "titel": among(DOCUMENT, "titel"),
    "trefwoorden__overlap": each("woz,wmo", "niets,nergens"),
    "vertrouwelijkheidaanduiding": NIVEAUS,
}
OF_RELATIES: dict[str, Choice] = {
    "object": among(RELATIE, "object"),
    "informatieobject": among(RELATIE, "informatieobject_id", link=EnkelvoudigInformatieObject),
}
OF_VERZENDINGEN: dict[str, Choice] = {
    "aardRelatie": each("geadresseerde", "afzender"),
    "informatieobject": among(
        "documenten_verzending", "informatieobject_id", link=EnkelvoudigInformatieObject
    ),
    "betrokkene": among("documenten_verzending", "betrokkene"),
}
OF_RECHTEN: dict[str, Choice] = {
    "informatieobject": among(
        "documenten_gebruiksrechten", "informatieobject_id", link=EnkelvoudigInformatieObject
    ),
    **{
        f"{name}__{how}": beyond("documenten_gebruiksrechten", name, upwards=how[0] == "g")
        for name in ("startdatum", "einddatum")
        for how in ("lt", "lte", "gt", "gte")
    },
}

STATUS, ON_A_DAY = each("alles", "concept", "definitief"), each("2026-01-01")
OF_ZAAKTYPEN: dict[str, Choice] = {
    "catalogus": among("catalogi_zaaktype", "catalogus_id", link=Catalogus),
    "identificatie": each("BEZWAAR"),
    "trefwoorden": each("niets"),
    "status": STATUS,
    "datumGeldigheid": ON_A_DAY,
    "identificatie__icontains": each("bezwaar", "melding"),
    "omschrijving__icontains": each("bezwaar", "melding"),
}
OF_INFORMATIEOBJECTTYPEN: dict[str, Choice] = {
    "catalogus": among("catalogi_informatieobjecttype", "catalogus_id", link=Catalogus),
    "status": STATUS,
    "datumGeldigheid": ON_A_DAY,
    "omschrijving": each("Bezwaarschrift"),
    "zaaktype": among("catalogi_zaaktype", "uuid", link=Zaaktype),
    "omschrijving__icontains": each("bezwaar", "besluit"),
}
OF_A_ZAAKTYPE: dict[str, Choice] = {
    "zaaktype": among("catalogi_zaaktype", "uuid", link=Zaaktype),
    "zaaktypeIdentificatie": each("BEZWAAR"),
    "status": STATUS,
    "datumGeldigheid": ON_A_DAY,
}
OF_RESULTAATTYPEN = {
    **OF_A_ZAAKTYPE,
    "zaaktype_identificatie": each("BEZWAAR"),
    "datum_geldigheid": ON_A_DAY,
}
OF_ROLTYPEN = {
    **OF_A_ZAAKTYPE,
    "omschrijvingGeneriek": each("initiator"),
    "omschrijving": each("melder", "behandelaar"),
}


def orders(path: str, *names: str) -> Iterator[Question]:
    """The first page in each order, both ways."""
    for name in names:
        for order in (name, f"-{name}"):
            yield Question(f"ordering {order}", path, {"ordering": order})


BSN = "betrokkene_identificatie->>'inpBsn'"


def more_of_zaken(host: str) -> Iterator[Question]:
    """Orders, filters together, pages of what is wide, and what a search adds."""
    path = ZAKEN
    yield from orders(
        path, "startdatum", "einddatum", "publicatiedatum", "archiefactiedatum", "registratiedatum",
        "identificatie",
    )  # fmt: skip
    of_type = Column("zaken_zaak", "zaaktype_id")
    most, few = of_type.most(), of_type.few()
    url = _written(most or few, host, Zaaktype)
    yield Question("zaaktype most, middle page", path, {"zaaktype": url}, at=0.5)
    yield Question("zaaktype most, last page", path, {"zaaktype": url}, at=1.0)
    yield Question("zaaktype most, ordering startdatum", path, {"zaaktype": url, "ordering": "startdatum"})
    month = _month_of(Column("zaken_zaak", "startdatum").beyond(10**9, upwards=True))
    yield Question("startdatum of one month", path, month)
    yield Question("startdatum of one month of zaaktype most", path, {**month, "zaaktype": url})
    still_open = {"einddatum__isnull": "true", "zaaktype": url}
    yield Question("einddatum__isnull true of zaaktype most", path, still_open)
    bsn = Column("zaken_rol", BSN, f"{BSN} <> ''").few()
    known = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
    yield Question("inpBsn few as initiator", path, {known: bsn, "rol__omschrijvingGeneriek": "initiator"})
    if few is not None:
        other = _written(few, host, Zaaktype)
        yield Question("_zoek zaaktype__in few", f"{path}/_zoek", body={"zaaktype__in": [other]})
    yield Question("_zoek zaaktype__in most", f"{path}/_zoek", body={"zaaktype__in": [url]})
    yield Question("_zoek zaaktype__not_in", f"{path}/_zoek", body={"zaaktype__not_in": [url]})
    yield Question("_zoek zaakgeometrie all", f"{path}/_zoek", body=_within(AREA))
    yield Question("_zoek zaakgeometrie few", f"{path}/_zoek", body=_within(_small_area()))
    keys = _some_keys(Zaak)
    yield Question("_zoek uuid__in", f"{path}/_zoek", body={"uuid__in": keys})


def more_of_documenten(_: str) -> Iterator[Question]:
    """Orders, and the search."""
    path = DOCUMENTEN
    yield from orders(
        path, "auteur", "bestandsomvang", "creatiedatum", "formaat", "status", "titel",
        "vertrouwelijkheidaanduiding",
    )  # fmt: skip
    keys = _some_keys(EnkelvoudigInformatieObject)
    yield Question("_zoek uuid__in", f"{path}/_zoek", body={"uuid__in": keys})


def _within(area: dict[str, Any]) -> dict[str, Any]:
    return {"zaakgeometrie": {"within": area}}


def _month_of(day: Any) -> dict[str, str]:
    first = day.replace(day=1)
    return {"startdatum__gte": f"{first}", "startdatum__lt": f"{first.replace(day=28)}"}


def _some_keys(model: type[Model]) -> list[str]:
    found = model._default_manager.order_by("identificatie").values_list("pk", flat=True)
    return [str(each) for each in found[:20]]


def _small_area() -> dict[str, Any]:
    """A square around some ``SOME`` zaken, whose place is spread evenly."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_XMin(box), ST_XMax(box), ST_YMin(box), ST_YMax(box), n"
            " FROM (SELECT ST_Extent(zaakgeometrie) AS box, count(*) AS n FROM zaken_zaak) AS all_of_them"
        )
        ((west, east, south, north, count),) = cursor.fetchall()
    half = min(1.0, (SOME / count) ** 0.5) / 2
    x, y, wide, high = (west + east) / 2, (south + north) / 2, (east - west) * half, (north - south) * half
    corners = [[x - wide, y - high], [x + wide, y - high], [x + wide, y + high], [x - wide, y + high]]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


ASKED = (
    Asking(Zaak, OF_ZAKEN, more_of_zaken),
    Asking(Rol, OF_ROLLEN),
    Asking(Status, OF_STATUSSEN),
    Asking(Resultaat, OF_RESULTATEN),
    Asking(EnkelvoudigInformatieObject, OF_DOCUMENTEN, more_of_documenten),
    Asking(ObjectInformatieObject, OF_RELATIES),
    Asking(Verzending, OF_VERZENDINGEN),
    Asking(Gebruiksrechten, OF_RECHTEN),
    Asking(Zaaktype, OF_ZAAKTYPEN),
    Asking(Informatieobjecttype, OF_INFORMATIEOBJECTTYPEN),
    Asking(Statustype, OF_A_ZAAKTYPE),
    Asking(Resultaattype, OF_RESULTAATTYPEN),
    Asking(Roltype, OF_ROLTYPEN),
)
"""The lists that grow with a municipality."""
