"""x-drc-08: from whom a document came, and to whom it went."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.documenten.conftest import ROOT, Archive
from tests.api.refusals import violations

SENT = f"{ROOT}/verzendingen"
OBJECT = "nonFieldErrors"
HOME = {"huisnummer": 1, "naamOpenbareRuimte": "Zijlstraat", "woonplaatsnaam": "Haarlem"}
ABROAD = {"adresBuitenland1": "Rue 1", "landPostadres": "http://landen.example/fr"}
BOX = {
    "postBusOfAntwoordnummer": 1,
    "postadresPostcode": "2000AA",
    "postadresType": "postbusnummer",
    "woonplaatsnaam": "Haarlem",
}
FORMS: dict[str, Any] = {
    "binnenlandsCorrespondentieadres": HOME,
    "buitenlandsCorrespondentieadres": ABROAD,
    "correspondentiePostadres": BOX,
    "faxnummer": "0235113000",
    "emailadres": "suzanne@moulin.example",
    "mijnOverheid": True,
    "telefoonnummer": "0235113000",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def verzending(archive: Archive) -> dict[str, Any]:
    """The smallest body, without an address."""
    return {
        "informatieobject": archive.made()["url"],
        "betrokkene": "http://partijen.example/1",
        "contactPersoon": "http://partijen.example/2",
        "aardRelatie": "geadresseerde",
    }


def test_each_form_of_address_is_kept_by_itself(archive: Archive, verzending: dict[str, Any]) -> None:
    for name, value in FORMS.items():
        made = archive.answered(archive.api.post(SENT, {**verzending, name: value}), 201)
        shown = made[name]
        assert shown == value or {key: shown[key] for key in value} == value
        assert archive.answered(archive.api.put(made["url"], made), 200) == made


def test_none_and_two_are_refused(archive: Archive, verzending: dict[str, Any]) -> None:
    refused = [(OBJECT, "invalid-address")]
    assert violations(archive.api.post(SENT, verzending)) == refused
    two = {"emailadres": FORMS["emailadres"], "mijnOverheid": True}
    assert violations(archive.api.post(SENT, {**verzending, **two})) == refused
    made = archive.answered(archive.api.post(SENT, {**verzending, "mijnOverheid": True}), 201)
    assert violations(archive.api.patch(made["url"], {"mijnOverheid": False})) == refused
    moved = archive.api.patch(made["url"], {"mijnOverheid": False, "telefoonnummer": "023"})
    assert archive.answered(moved, 200)["telefoonnummer"] == "023"


def test_an_address_is_whole(archive: Archive, verzending: dict[str, Any]) -> None:
    wrong = {"binnenlandsCorrespondentieadres": {"huisnummer": 0, "naamOpenbareRuimte": "Zijlstraat"}}
    assert violations(archive.api.post(SENT, {**verzending, **wrong})) == [
        ("binnenlandsCorrespondentieadres.huisnummer", "min_value"),
        ("binnenlandsCorrespondentieadres.woonplaatsnaam", "required"),
    ]


def test_a_document_has_one_afzender_of_whom_it_was_received(
    archive: Archive, verzending: dict[str, Any]
) -> None:
    sender = {**verzending, "aardRelatie": "afzender", "mijnOverheid": True}
    assert violations(archive.api.post(SENT, sender)) == [("ontvangstdatum", "required")]

    received = {**sender, "ontvangstdatum": "2026-01-05"}
    made = archive.answered(archive.api.post(SENT, received), 201)
    assert violations(archive.api.post(SENT, received)) == [("aardRelatie", "unique")]
    assert archive.api.put(made["url"], received).status_code == 200
    assert archive.api.post(SENT, {**verzending, "mijnOverheid": True}).status_code == 201
    found = {"aardRelatie=afzender": 1, f"informatieobject={verzending['informatieobject']}": 2}
    found["betrokkene=http://partijen.example/1"] = 2
    assert {query: archive.api.get(f"{SENT}?{query}").json()["count"] for query in found} == found
