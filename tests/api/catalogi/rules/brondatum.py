"""What ``brondatumArchiefprocedure`` has to hold for each afleidingswijze, as the standard tabulates it."""

from __future__ import annotations

from typing import Any

from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, resultaattype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import BLIJVEND_BEWAREN, ResultaattypeFactory, ZaaktypeFactory

FILLED: dict[str, Any] = {
    "datumkenmerk": "vervaldatum",
    "einddatumBekend": True,
    "objecttype": "pand",
    "registratie": "BAG",
    "procestermijn": "P5Y",
}
EMPTY: dict[str, Any] = {
    "datumkenmerk": "",
    "einddatumBekend": False,
    "objecttype": "",
    "registratie": "",
    "procestermijn": None,
}

# datumkenmerk, einddatumBekend, objecttype, registratie, procestermijn: required, empty or optional
TABLE = {
    "afgehandeld": "eeeee",
    "ander_datumkenmerk": "rorre",
    "eigenschap": "roeee",
    "gerelateerde_zaak": "eoeee",
    "hoofdzaak": "eoeee",
    "ingangsdatum_besluit": "eoeee",
    "termijn": "eeeer",
    "vervaldatum_besluit": "eoeee",
    "zaakobject": "roree",
}


def asked(afleidingswijze: str, member: str) -> str:
    """``r``, ``e`` or ``o``."""
    return TABLE[afleidingswijze][list(FILLED).index(member)]


def filled_in(afleidingswijze: str) -> dict[str, Any]:
    """The group with what is required and nothing else."""
    required = {name: FILLED[name] for name in FILLED if asked(afleidingswijze, name) == "r"}
    return {"afleidingswijze": afleidingswijze, **required}


def holds_to_the_table(api: ApiClient, afleidingswijze: str, member: str) -> None:
    """One member given, and one member empty, when it is created and when it is changed."""
    municipality, asks = api.municipality, asked(afleidingswijze, member)
    zaaktype = make(municipality, ZaaktypeFactory)
    resultaattype = make(
        municipality, ResultaattypeFactory, zaaktype=zaaktype, selectielijstklasse=BLIJVEND_BEWAREN
    )
    for value, refusing, code in ((FILLED, "e", "must-be-empty"), (EMPTY, "r", "required")):
        group = {"brondatumArchiefprocedure": {**filled_in(afleidingswijze), member: value[member]}}
        whole = resultaattype_body(api.url(path_of(zaaktype)), selectielijstklasse=BLIJVEND_BEWAREN, **group)
        requests = (
            lambda whole=whole: api.post(f"{ROOT}/resultaattypen", whole),
            lambda whole=whole: api.put(path_of(resultaattype), whole),
            lambda group=group: api.patch(path_of(resultaattype), group),
        )
        for request in requests:
            if asks != refusing:
                answer = request()
                assert answer.status_code in (200, 201), answer.content
                continue
            with nothing_written(municipality):
                assert violations(request()) == [(f"brondatumArchiefprocedure.{member}", code)]
