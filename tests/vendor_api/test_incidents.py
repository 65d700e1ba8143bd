"""Incidents over the API: told once for all whom they concern, and read by whom they concern."""

from __future__ import annotations

from typing import Any

import pytest

from incidents.models import Concerned, Incident, IncidentUpdate, State
from tenants.registry.models import Municipality
from tests.handover.moves import other_vendor
from tests.incidents.broken import make_incident
from tests.people import partner_organisation
from tests.vendor_api.conftest import Program, key_of
from vendor_api.models import WebhookEvent
from vendor_api.scopes import SCOPES

SAID = {
    "text": "Wij zoeken.",
    "severity": "groot",
    "nature": "storing",
    "state": "onderzoek",
    "nextUpdateMinutes": 60,
}


def began(*municipalities: Municipality, **given: Any) -> dict[str, Any]:
    return {
        **SAID,
        "title": "Zaken openen duurt lang",
        "component": "Zaken",
        "startedAt": "2026-11-26T08:00:00Z",
        "detectedAt": "2026-11-26T08:05:00Z",
        "municipalities": [each.pk for each in municipalities],
        **given,
    }


def say(program: Program, pk: int, what: str, body: dict[str, Any]) -> Any:
    etag = program.get(f"/incidents/{pk}").headers["ETag"]
    return program.post(f"/incidents/{pk}/{what}", body, If_Match=etag)


def test_an_incident_begins_is_told_of_and_is_mended(
    program: Program, haarlem: Municipality, utrecht: Municipality
) -> None:
    answer = program.post("/incidents", began(haarlem))
    pk = answer.json()["id"]
    more = say(program, pk, "municipalities", {"municipalities": [utrecht.pk]})
    mended = say(
        program,
        pk,
        "updates",
        {
            **SAID,
            "act": "oplossen",
            "state": "opgelost",
            "cause": "Een volle schijf",
            "nextUpdateMinutes": None,
        },
    )

    assert (answer.status_code, more.status_code, mended.status_code) == (201, 200, 201)
    assert (answer.json()["municipalities"], more.json()["municipalities"]) == (1, 2)
    assert (mended.json()["state"], mended.json()["cause"]) == ("opgelost", "Een volle schijf")
    updates = program.get(f"/incidents/{pk}/updates").json()["results"]
    assert [each["state"] for each in updates] == ["opgelost", "onderzoek"]
    concerned = program.get(f"/incidents/{pk}/municipalities").json()["results"]
    assert [each["municipality"] for each in concerned] == [haarlem.pk, utrecht.pk]


def test_each_is_heard_of_with_all_whom_it_concerns(
    program: Program, haarlem: Municipality, utrecht: Municipality
) -> None:
    pk = program.post("/incidents", began(haarlem)).json()["id"]
    say(program, pk, "municipalities", {"municipalities": [utrecht.pk]})

    heard = [(each.what, each.subject, each.municipalities) for each in WebhookEvent.objects.order_by("pk")]

    assert heard == [
        ("created", pk, [haarlem.pk]),
        ("changed", pk, sorted([haarlem.pk, utrecht.pk])),
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("running=true", 1),
        ("running=false", 1),
        ("state=opgelost", 1),
        ("severity=groot", 2),
        ("nature=datalek", 0),
        ("startedSince=2026-11-27T00:00:00Z", 0),
        ("startedUntil=2026-11-27T00:00:00Z", 2),
    ],
)
def test_incidents_are_filtered(program: Program, haarlem: Municipality, query: str, count: int) -> None:
    make_incident(haarlem)
    make_incident(haarlem, state=State.OPGELOST)

    assert program.get(f"/incidents?{query}").json()["count"] == count


def test_what_concerns_a_municipality_is_found_by_it(
    program: Program, haarlem: Municipality, utrecht: Municipality
) -> None:
    ours = make_incident(haarlem)
    make_incident(utrecht)

    found = program.get(f"/incidents?municipality={haarlem.pk}").json()["results"]

    assert [each["id"] for each in found] == [ours.pk]


def test_of_whom_else_it_concerns_one_reads_nothing(haarlem: Municipality, utrecht: Municipality) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner)
    both, alone = make_incident(haarlem, utrecht), make_incident(haarlem)
    theirs = key_of("storingen:write", organisation=partner)

    shown = theirs.get(f"/incidents/{both.pk}").json()
    concerned = theirs.get(f"/incidents/{both.pk}/municipalities").json()["results"]

    assert shown["municipalities"] == 1
    assert [each["municipality"] for each in concerned] == [utrecht.pk]
    assert theirs.get(f"/incidents/{alone.pk}").status_code == 404
    assert theirs.get(f"/incidents?municipality={haarlem.pk}").json()["count"] == 0


def test_who_does_not_mend_it_says_nothing_of_it(haarlem: Municipality, utrecht: Municipality) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner)
    incident = make_incident(utrecht)
    theirs = key_of("storingen:write", organisation=partner)

    answer = say(theirs, incident.pk, "updates", SAID)

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")
    assert IncidentUpdate.objects.filter(incident=incident).count() == 1


@pytest.mark.parametrize("who", ["other", "limited"])
def test_an_incident_of_others_is_not_there(haarlem: Municipality, who: str) -> None:
    incident = make_incident(haarlem)
    stranger = (
        key_of("storingen:write", organisation=other_vendor())
        if who == "other"
        else key_of("storingen:write", schemas=("utrecht",))
    )

    assert stranger.get("/incidents").json()["count"] == 0
    for below in ("", "/updates", "/municipalities"):
        assert stranger.get(f"/incidents/{incident.pk}{below}").status_code == 404
    assert stranger.post(f"/incidents/{incident.pk}/updates", SAID, If_Match='"x"').status_code == 404
    assert stranger.post("/incidents", began(haarlem)).status_code == 400


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"municipalities": []}, "municipalities"),
        ({"municipalities": [999_999]}, "municipalities.0"),
        ({"title": ""}, "title"),
        ({"severity": "erg"}, "severity"),
        ({"nextUpdateMinutes": 4}, "nextUpdateMinutes"),
        ({"nextUpdateMinutes": 4321}, "nextUpdateMinutes"),
        ({"startedAt": "gisteren"}, "startedAt"),
        ({"text": "x" * 4001}, "text"),
    ],
)
def test_an_incident_that_cannot_be_is_refused(
    program: Program, haarlem: Municipality, given: dict[str, Any], name: str
) -> None:
    answer = program.post("/incidents", began(haarlem, **given))

    assert answer.status_code == 400
    assert [each["name"] for each in answer.json()["invalidParams"]] == [name]
    assert not Incident.objects.exists()


def test_an_incident_does_not_begin_in_another_year(program: Program, haarlem: Municipality) -> None:
    answer = program.post("/incidents", began(haarlem, startedAt="2019-11-26T08:00:00Z"))

    assert (answer.status_code, Incident.objects.count()) == (409, 0)
    assert "afgelopen jaar" in answer.json()["detail"]


@pytest.mark.parametrize(
    "given",
    [
        {"act": "oplossen", "state": "opgelost", "nextUpdateMinutes": None},
        {"nextUpdateMinutes": None},
        {"act": "evalueren", "state": "geevalueerd", "nextUpdateMinutes": None},
        {"state": "opgelost"},
    ],
)
def test_what_the_table_does_not_allow_is_not_said(
    program: Program, haarlem: Municipality, given: dict[str, Any]
) -> None:
    incident = make_incident(haarlem)

    answer = say(program, incident.pk, "updates", {**SAID, **given})

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")
    assert IncidentUpdate.objects.count() == 1


def test_a_municipality_is_added_once(program: Program, haarlem: Municipality) -> None:
    incident = make_incident(haarlem)

    answer = say(program, incident.pk, "municipalities", {"municipalities": [haarlem.pk, haarlem.pk]})

    assert answer.status_code == 200
    assert Concerned.objects.count() == 1


def test_a_municipality_is_released_and_goes_on_to_see_what_was_said(
    program: Program, haarlem: Municipality, utrecht: Municipality
) -> None:
    """By a key that sees it; the last one stays."""
    incident = make_incident(haarlem, utrecht)
    limited = key_of(*SCOPES, schemas=("utrecht",))

    unseen = say(limited, incident.pk, "releases", {"municipalities": [haarlem.pk]})
    nobody = say(program, incident.pk, "releases", {"municipalities": [haarlem.pk, 999_999]})
    answer = say(program, incident.pk, "releases", {"municipalities": [haarlem.pk]})
    again = say(program, incident.pk, "releases", {"municipalities": [haarlem.pk]})
    last = say(program, incident.pk, "releases", {"municipalities": [utrecht.pk]})

    assert [each.status_code for each in (unseen, nobody, answer, again, last)] == [400, 400, 200, 400, 409]
    assert nobody.json()["invalidParams"][0]["name"] == "municipalities.1"
    assert answer.json()["municipalities"] == 1
    concerned = program.get(f"/incidents/{incident.pk}/municipalities").json()["results"]
    assert {each["municipality"]: each["until"] is None for each in concerned} == {
        haarlem.pk: False,
        utrecht.pk: True,
    }
