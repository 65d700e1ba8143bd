"""What of an object is shown as it is. Everything else is masked, in the page itself.

The lists name what is *not* about a person, member by member. A member that nobody listed is masked, so one
that the standard adds is masked until somebody decides about it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from api.catalogi.models import (
    Eigenschap,
    Informatieobjecttype,
    Resultaattype,
    Roltype,
    Statustype,
    Zaakobjecttype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)
from api.pipeline.represent.members import Geometry
from api.pipeline.words import registry
from api.zaken.models import Resultaat, Rol, Status, Zaak

MASK = "•••"

# Which object it is and what it stands beside: the page shows those by name, each as far as it may be seen.
APART = frozenset(
    {
        "url", "uuid", "_expand", "zaak", "zaaktype", "catalogus", "status", "statustype", "resultaat",
        "resultaattype", "roltype", "rollen", "statussen", "gezetdoor", "hoofdzaak", "deelzaken",
        "zaakinformatieobjecten", "zaakobjecten", "eigenschappen", "zaakobjecttypen", "statustypen",
        "resultaattypen", "roltypen", "informatieobjecttypen", "besluittypen", "deelzaaktypen",
    }
)  # fmt: skip

OPEN: Mapping[type[Model], frozenset[str]] = {
    Zaak: frozenset(
        {
            "identificatie", "bronorganisatie", "verantwoordelijkeOrganisatie", "registratiedatum",
            "startdatum", "einddatum", "einddatumGepland", "uiterlijkeEinddatumAfdoening",
            "publicatiedatum", "communicatiekanaal", "productenOfDiensten", "vertrouwelijkheidaanduiding",
            "betalingsindicatie", "betalingsindicatieWeergave", "laatsteBetaaldatum", "verlenging.duur",
            "opschorting.indicatie", "selectielijstklasse", "relevanteAndereZaken.aardRelatie",
            "archiefnominatie", "archiefstatus", "archiefactiedatum", "startdatumBewaartermijn",
        }
    ),
    Status: frozenset({"datumStatusGezet", "indicatieLaatstGezetteStatus"}),
    Resultaat: frozenset(),
    Rol: frozenset(
        {
            "betrokkeneType", "omschrijving", "omschrijvingGeneriek", "registratiedatum",
            "indicatieMachtiging",
        }
    ),
    Zaaktype: frozenset(
        {
            "identificatie", "omschrijving", "omschrijvingGeneriek", "vertrouwelijkheidaanduiding", "doel",
            "aanleiding", "toelichting", "indicatieInternOfExtern", "handelingInitiator", "onderwerp",
            "handelingBehandelaar", "doorlooptijd", "servicenorm", "opschortingEnAanhoudingMogelijk",
            "verlengingMogelijk", "verlengingstermijn", "trefwoorden", "publicatieIndicatie",
            "publicatietekst", "verantwoordingsrelatie", "productenOfDiensten", "selectielijstProcestype",
            "referentieproces.naam", "referentieproces.link", "broncatalogus.url", "broncatalogus.domein",
            "broncatalogus.rsin", "bronzaaktype.url", "bronzaaktype.identificatie",
            "bronzaaktype.omschrijving", "resultaattypeOmschrijving", "informatieobjecttypeOmschrijving",
            "besluittypeOmschrijving", "deelzaaktypeIdentificaties",
            "gerelateerdeZaaktypen.zaaktypeIdentificatie", "gerelateerdeZaaktypen.aardRelatie",
            "beginGeldigheid", "eindeGeldigheid", "beginObject", "eindeObject", "versiedatum", "concept",
        }
    ),
    Statustype: frozenset({"volgnummer", "omschrijving", "isEindstatus", "doorlooptijd", "informeren"}),
    Resultaattype: frozenset(
        {
            "omschrijving", "archiefnominatie", "archiefactietermijn",
            "brondatumArchiefprocedure.afleidingswijze", "selectielijstklasse",
        }
    ),
    Roltype: frozenset({"omschrijving", "omschrijvingGeneriek"}),
    Eigenschap: frozenset({"naam", "definitie", "specificatie.formaat", "specificatie.lengte"}),
    Informatieobjecttype: frozenset({"omschrijving"}),
    ZaaktypeInformatieobjecttype: frozenset({"informatieobjecttype", "volgnummer", "richting"}),
    Zaakobjecttype: frozenset({"relatieOmschrijving", "objecttype", "anderObjecttype"}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an object, by its path: ``verlenging.duur``, ``kenmerken.0.bron``."""

    path: str
    value: Any
    """The empty text where it is masked: what is masked goes no further."""
    masked: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.masked and self.value in (None, "", [], {})


def values_of(model: type[Model], document: Mapping[str, Any], *, mask: bool) -> list[Value]:
    """What the document holds but for what stands apart; of what is empty is told that it is."""
    return [_masked(model, each) if mask else each for each in _values(model, document)]


def value_at(model: type[Model], document: Mapping[str, Any], path: str) -> Value | None:
    """A value that is masked otherwise, unmasked; ``None`` where there is none, or nothing to mask."""
    for each in _values(model, document):
        if each.path == path and _masked(model, each).masked:
            return each
    return None


def is_open(model: type[Model], path: str) -> bool:
    """Whether the member is listed; the place in a list does not count."""
    named = ".".join(step for step in path.split(".") if not step.isdigit())
    return named in OPEN.get(model, frozenset())


def _masked(model: type[Model], each: Value) -> Value:
    return each if each.is_empty or is_open(model, each.path) else Value(each.path, "", masked=True)


def _values(model: type[Model], document: Mapping[str, Any]) -> Iterator[Value]:
    members = registry.resource_for(model).representation.members
    for name, value in document.items():
        if name in APART:
            continue
        if isinstance(members.get(name), Geometry):
            yield Value(name, value)
        else:
            yield from _leaves(name, value)


def _leaves(path: str, value: Any) -> Iterator[Value]:  # noqa: ANN401  # members of JSON
    if isinstance(value, dict) and value:
        for name, below in value.items():
            yield from _leaves(f"{path}.{name}", below)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for place, each in enumerate(value):
            yield from _leaves(f"{path}.{place}", each)
    else:
        yield Value(path, value)
