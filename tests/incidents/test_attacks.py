"""A municipality sees what concerns it, and of whom else it concerns neither names nor numbers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from incidents.concerning import our_running, our_updates, ours
from incidents.models import Concerned, Incident, IncidentUpdate, State
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.handover.moves import other_vendor
from tests.incidents.broken import NOW, make_incident
from tests.people import House, browser_of, member, partner_organisation

TABLES = ("incidents_incident", "incidents_incidentupdate", "incidents_concerned")


def asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def counts() -> list[int]:
    return [asked(f"SELECT count(*) FROM public.{table}")[0][0] for table in TABLES]  # noqa: S608  # of our own


def test_a_neighbour_finds_nothing_whatever_it_asks(haarlem: Municipality, utrecht: Municipality) -> None:
    incident = make_incident(haarlem)

    with in_municipality(utrecht):
        assert counts() == [0, 0, 0]
        assert asked(f"SELECT id FROM public.incidents_incident WHERE id = {incident.pk}") == []  # noqa: S608
        assert not ours().exists()
        assert our_updates(incident) == []
        assert not IncidentUpdate.objects.behind_the_door().exists()
    with in_municipality(haarlem):
        assert counts() == [1, 1, 1]


def test_whom_else_it_concerns_is_not_to_be_had(haarlem: Municipality, utrecht: Municipality) -> None:
    incident = make_incident(haarlem, utrecht)

    for municipality in (haarlem, utrecht):
        with in_municipality(municipality):
            assert asked("SELECT municipality_id FROM public.incidents_concerned") == [(municipality.pk,)]
            assert counts() == [1, 1, 1]
            assert ours().filter(concerned__municipality=municipality.pk).count() == 1
            assert Concerned.objects.behind_the_door().filter(incident=incident.pk).count() == 1
            joined = (
                "FROM public.incidents_incident i JOIN public.incidents_concerned c ON c.incident_id = i.id"
            )
            assert asked(f"SELECT count(*) {joined}") == [(1,)]


@pytest.mark.parametrize("column", ["organisation_id", "created_by_id"])
def test_who_wrote_it_down_is_hidden(haarlem: Municipality, column: str) -> None:
    make_incident(haarlem)

    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        asked(f"SELECT {column} FROM public.incidents_incident")  # noqa: S608


def test_whether_a_mail_still_goes_is_hidden(haarlem: Municipality) -> None:
    make_incident(haarlem)

    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        asked("SELECT to_tell FROM public.incidents_concerned")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO public.incidents_concerned (incident_id, municipality_id, since) SELECT 1, 1, now()",
        "UPDATE public.incidents_concerned SET until = now()",
        "INSERT INTO public.incidents_incidentupdate (incident_id, text) VALUES (1, 'x')",
        "UPDATE public.incidents_incident SET title = 'x'",
        "DELETE FROM public.incidents_incident",
    ],
)
def test_a_municipality_writes_nothing(haarlem: Municipality, statement: str) -> None:
    make_incident(haarlem)

    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_concerned_it_once_stays_to_be_seen(haarlem: Municipality, utrecht: Municipality) -> None:
    incident = make_incident(haarlem, utrecht)
    Concerned.objects.filter(incident=incident, municipality=haarlem).update(until=NOW)

    with in_municipality(haarlem):
        assert ours().count() == 1
        assert len(our_updates(incident)) == 1
        assert not our_running().exists()


def test_the_pages_of_a_neighbour_name_nobody(
    at_haarlem: House, at_utrecht: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    both, other = make_incident(haarlem, utrecht), make_incident(utrecht, title="Alleen daar")
    ours_browser = browser_of(at_haarlem, member(at_haarlem, "beheerder"))
    pages = [
        ours_browser.get(path)
        for path in ("/storingen/", f"/storingen/{both.pk}/", "/storingen/?export=csv", "/")
    ]

    assert [page.status_code for page in pages] == [200] * 4
    assert not any("Utrecht" in page.content.decode() for page in pages)
    assert not any("Alleen daar" in page.content.decode() for page in pages)
    assert ours_browser.get(f"/storingen/{other.pk}/").status_code == 404


def test_a_partner_sees_of_whom_it_concerns_only_its_own(
    vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner)
    theirs = browser_of(vendor, member(vendor, "eigenaar", "p@partner.example", organisation=partner))
    both, ours_alone = make_incident(haarlem, utrecht), make_incident(haarlem)

    pages = [theirs.get(f"/storingen/{path}") for path in ("", f"{both.pk}/", f"{both.pk}/gemeenten/")]

    assert [page.status_code for page in pages] == [200] * 3
    assert not any("Haarlem" in page.content.decode() for page in pages)
    assert theirs.get(f"/storingen/{ours_alone.pk}/").status_code == 404
    for path in ("update/", "gemeenten/toevoegen/"):
        assert theirs.get(f"/storingen/{both.pk}/{path}").status_code == 409
    assert Incident.objects.filter(state=State.ONDERZOEK).count() == 2


def test_another_vendor_finds_nothing(vendor: House, haarlem: Municipality) -> None:
    incident = make_incident(haarlem)
    outsider = browser_of(vendor, member(vendor, "eigenaar", "d@d.example", organisation=other_vendor()))

    assert outsider.get(f"/storingen/{incident.pk}/").status_code == 404
    assert outsider.post(f"/storingen/{incident.pk}/update/", {"text": "x"}).status_code == 404
    assert incident.title not in outsider.get("/storingen/").content.decode()
