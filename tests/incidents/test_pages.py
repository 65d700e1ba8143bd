"""The pages of incidents, at the vendor and at a municipality, as people go through them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents.models import Concerned, Incident, IncidentUpdate, Nature, State
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.incidents.broken import add_update, last_of, make_incident
from tests.people import Browser, House, browser_of, member

XSS = "<img src=x onerror=alert(1)>"


@pytest.fixture
def operator(vendor: House) -> Browser:
    return browser_of(vendor, member(vendor, "operatie"))


@pytest.fixture
def reader(at_haarlem: House) -> Browser:
    return browser_of(at_haarlem, member(at_haarlem, "lezer"))


def moment(ago: timedelta = timedelta(0)) -> str:
    return f"{timezone.localtime(timezone.now() - ago):%Y-%m-%dT%H:%M}"


def begins(**given: Any) -> dict[str, Any]:
    return {
        "title": "Zaken openen duurt lang",
        "component": "Zaken",
        "severity": "groot",
        "nature": "storing",
        "started_at": moment(timedelta(minutes=10)),
        "detected_at": moment(),
        "text": "Wij zoeken",
        "state": "onderzoek",
        "next_update": "60",
        "whom": "kies",
        "municipalities": ["haarlem"],
        **given,
    }


def says(incident: Incident, **given: Any) -> dict[str, Any]:
    return {
        "seen": last_of(incident),
        "text": "De schijf is vol",
        "state": "herstel",
        "severity": "groot",
        "nature": "storing",
        "next_update": "30",
        **given,
    }


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_told_once_and_seen_by_all_concerned(
    operator: Browser, reader: Browser, at_utrecht: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    neighbour = browser_of(at_utrecht, member(at_utrecht, "lezer"))
    operator.post("/storingen/nieuw/", begins(municipalities=["haarlem", "utrecht"]))
    incident = Incident.objects.get()
    at = f"/storingen/{incident.pk}/"

    assert operator.post(f"{at}update/", says(incident)).status_code == 303
    for browser in (reader, neighbour):
        assert "De schijf is vol" in text(browser.get(at))
        assert "Storing: Zaken openen duurt lang." in text(browser.get("/medewerkers/"))

    gone = says(incident, cause="Een volle schijf")
    assert operator.post(f"{at}oplossen/", gone).status_code == 303
    for browser in (reader, neighbour):
        assert "Een volle schijf" in text(browser.get(at))
        assert "Storing: Zaken" not in text(browser.get("/medewerkers/"))
    incident.refresh_from_db()
    assert incident.state == State.OPGELOST


@pytest.mark.parametrize(
    ("given", "concerned"),
    [
        ({"whom": "alle"}, {"haarlem", "utrecht"}),
        ({"whom": "staat", "statuses": ["actief"]}, {"utrecht"}),
        ({"whom": "staat", "statuses": ["beperkt", "actief"]}, {"haarlem", "utrecht"}),
        ({"whom": "kies", "municipalities": ["haarlem"], "statuses": ["actief"]}, {"haarlem"}),
    ],
)
def test_whom_it_concerns_is_all_those_in_a_state_or_those_that_one_chooses(
    operator: Browser,
    haarlem: Municipality,
    utrecht: Municipality,
    given: dict[str, Any],
    concerned: set[str],
) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status="beperkt")
    Municipality.objects.filter(pk=utrecht.pk).update(status="actief")

    assert operator.post("/storingen/nieuw/", begins(**given)).status_code == 303
    assert set(Concerned.objects.values_list("municipality__schema_name", flat=True)) == concerned


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"title": ""}, "Wat werkt niet?"),
        ({"title": "x" * 201}, "Wat werkt niet?"),
        ({"title": "a\x00b"}, "Wat werkt niet?"),
        ({"text": " "}, "Schrijf op wat er aan de hand is"),
        ({"text": "x" * 4001}, "Wat moeten de gemeenten weten?"),
        ({"severity": "erg"}, "Ernst"),
        ({"state": "opgelost"}, "Hoe staat het?"),
        ({"next_update": "1"}, "volgende update"),
        ({"whom": ""}, "Welke gemeenten raakt het?"),
        ({"whom": "kies", "municipalities": []}, "Kies er minstens één."),
        ({"whom": "kies", "municipalities": ["elders"]}, "Gemeenten"),
        ({"whom": "staat"}, "Kies er minstens één."),
        ({"whom": "staat", "statuses": ["in_exit"]}, "Kies welke gemeenten het raakt."),
        ({"started_at": "0001-01-01T00:00"}, "in het afgelopen jaar"),
        ({"started_at": "9999-12-31T23:59"}, "in het afgelopen jaar"),
        ({"started_at": "nu"}, "Wanneer begon het?"),
        ({"detected_at": "2999-01-01T00:00"}, "een moment dat geweest is"),
        ({"detected_at": moment(timedelta(hours=9))}, "op of na het moment dat het begon"),
    ],
)
def test_what_is_wrong_is_said_and_writes_nothing(
    operator: Browser, haarlem: Municipality, given: dict[str, Any], complaint: str
) -> None:
    answer = operator.post("/storingen/nieuw/", begins(**given))

    assert answer.status_code == 422
    assert complaint in text(answer)
    assert not Incident.objects.exists()


def test_the_same_form_twice_is_one_incident(operator: Browser, haarlem: Municipality) -> None:
    answers = [operator.post("/storingen/nieuw/", begins()).status_code for _ in range(2)]

    assert answers == [303, 422]
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    "given", [{"text": ""}, {"state": "opgelost"}, {"next_update": ""}, {"seen": "x"}, {"severity": ""}]
)
def test_an_update_that_lacks_something_is_refused(
    operator: Browser, haarlem: Municipality, given: dict[str, Any]
) -> None:
    incident = make_incident(haarlem)

    assert operator.post(f"/storingen/{incident.pk}/update/", says(incident, **given)).status_code == 422
    assert IncidentUpdate.objects.count() == 1


def test_whoever_was_second_keeps_his_text_and_reads_the_first(
    operator: Browser, haarlem: Municipality
) -> None:
    incident = make_incident(haarlem)
    given = says(incident, text="Wat ik schreef")
    other = add_update(incident, text="Wat zij schreef", author_name="Bo")

    answer = operator.post(f"/storingen/{incident.pk}/update/", given)

    page = text(answer)
    assert answer.status_code == 422
    assert "Lees die eerst" in page
    assert "Wat ik schreef" in page
    assert "Wat zij schreef" in page
    assert f'name="seen" value="{other.pk}"' in page
    again = operator.post(f"/storingen/{incident.pk}/update/", {**given, "seen": other.pk})
    assert again.status_code == 303


@pytest.mark.parametrize("act", ["heropenen", "evalueren", "aanvullen"])
def test_what_does_not_follow_says_why(operator: Browser, haarlem: Municipality, act: str) -> None:
    incident = make_incident(haarlem)

    for way in (operator.get, operator.post):
        answer = way(f"/storingen/{incident.pk}/{act}/")
        assert answer.status_code == 409
        assert "kan dit niet" in text(answer)


def test_an_act_that_is_none_is_not_there(operator: Browser, haarlem: Municipality) -> None:
    assert operator.get(f"/storingen/{make_incident(haarlem).pk}/verwijderen/").status_code == 404


def test_municipalities_are_added_and_taken_off(
    operator: Browser, reader: Browser, haarlem: Municipality, utrecht: Municipality
) -> None:
    incident = make_incident(haarlem)
    at = f"/storingen/{incident.pk}/gemeenten/"

    assert operator.get(at).status_code == 200
    added = operator.post(f"{at}toevoegen/", {"whom": "kies", "municipalities": ["utrecht"]})
    assert added.status_code == 303
    ours = Concerned.objects.get(municipality=haarlem)
    assert operator.post(f"{at}afhalen/", {"keuze": [ours.pk, "x", "9" * 40, "²"]}).status_code == 303
    assert Concerned.objects.still().get().municipality_id == utrecht.pk
    assert reader.get(f"/storingen/{incident.pk}/").status_code == 200
    assert "Storing: Zaken" not in text(reader.get("/medewerkers/"))
    assert operator.post(f"{at}afhalen/", {"keuze": []}).status_code == 409


def test_an_update_that_is_late_is_seen_by_both(
    operator: Browser, reader: Browser, haarlem: Municipality
) -> None:
    late = timezone.now() - timedelta(minutes=20)
    incident = make_incident(haarlem, next_update_at=late)

    for browser in (operator, reader):
        page = text(browser.get(f"/storingen/{incident.pk}/"))
        assert "De beloofde update is er niet" in page
        assert "20 min te laat" in page
    assert "20 min te laat" in text(reader.get("/medewerkers/"))


def test_a_late_update_stays_to_be_read_after_it_came(operator: Browser, haarlem: Municipality) -> None:
    now = timezone.now()
    incident = make_incident(haarlem, next_update_at=now + timedelta(hours=1))
    add_update(incident, at=now - timedelta(hours=2), next_update_at=now - timedelta(minutes=90))
    add_update(incident, at=now)

    assert "Die kwam 1 u 30 min te laat." in text(operator.get(f"/storingen/{incident.pk}/"))


def test_the_terms_of_a_datalek_stand_on_both_hosts(
    operator: Browser, reader: Browser, haarlem: Municipality
) -> None:
    now = timezone.now()
    incident = make_incident(haarlem, nature=Nature.DATALEK, nature_since=now)

    for browser in (operator, reader):
        page = text(browser.get(f"/storingen/{incident.pk}/"))
        assert "AVG, 72 uur" in page
        assert "Cbw, een maand" in page


def test_what_was_typed_is_text(operator: Browser, reader: Browser, haarlem: Municipality) -> None:
    incident = make_incident(
        haarlem,
        title=XSS,
        component=XSS,
        organisation_name=XSS,
        text=XSS,
        state=State.OPGELOST,
        cause=XSS,
        prevention=XSS,
    )
    running = make_incident(haarlem, title=XSS, component=XSS, text=XSS)
    add_update(running, author_name=XSS, text=XSS)
    pages = [
        browser.get(path)
        for browser in (operator, reader)
        for path in ("/storingen/", f"/storingen/{incident.pk}/", f"/storingen/{running.pk}/", "/")
    ]
    pages += [
        operator.get(f"/storingen/{pk}/{path}/")
        for pk, path in (
            (incident.pk, "evalueren"),
            (running.pk, "update"),
            (running.pk, "gemeenten"),
            (running.pk, "gemeenten/toevoegen"),
        )
    ]

    assert [page.status_code for page in pages] == [200] * len(pages)
    assert not any(XSS in text(page) for page in pages)


def test_who_sees_and_says_nothing_is_told_who_can(vendor: House, haarlem: Municipality) -> None:
    incident = make_incident(haarlem)
    browser = browser_of(vendor, member(vendor, "accountbeheer"))

    assert "eigenaar, operatie, helpdesk" in text(browser.get("/storingen/"))
    page = text(browser.get(f"/storingen/{incident.pk}/"))
    assert "Uw rol is accountbeheer" in page
    assert f"/storingen/{incident.pk}/update/" not in page


def test_what_runs_stands_in_the_menu_of_the_vendor(operator: Browser, haarlem: Municipality) -> None:
    make_incident(haarlem, next_update_at=timezone.now() + timedelta(hours=1))

    assert "1 loopt" in text(operator.get("/gemeenten/"))


def test_a_person_who_is_limited_counts_what_he_sees(
    vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    make_incident(haarlem)
    limited = browser_of(vendor, member(vendor, "helpdesk", "u@x.example", municipalities=("utrecht",)))

    page = text(limited.get("/storingen/"))
    assert "1 loopt" not in page
    assert "Zaken openen" not in page


@pytest.mark.parametrize("part", ["lopend", "opgelost", ""])
def test_the_list_has_parts(reader: Browser, haarlem: Municipality, part: str) -> None:
    make_incident(haarlem, title="Loopt nu")
    make_incident(haarlem, title="Is over", state=State.OPGELOST)

    page = text(reader.get("/storingen/", deel=part))

    main = page.partition("<main")[2]
    assert ("Loopt nu" in main) is (part != "opgelost")
    assert ("Is over" in main) is (part != "lopend")


def test_long_lists_take_few_statements(
    operator: Browser,
    reader: Browser,
    haarlem: Municipality,
    utrecht: Municipality,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(40):
        make_incident(haarlem, utrecht, title=f"Storing {number}", state=State.OPGELOST)
    incident = make_incident(haarlem, utrecht)
    for browser in (operator, reader):
        browser.get("/storingen/")

    for browser in (operator, reader):
        with django_assert_max_num_queries(14):
            assert browser.get("/storingen/", deel="opgelost", q="Storing").status_code == 200
        with django_assert_max_num_queries(14):
            assert browser.get(f"/storingen/{incident.pk}/").status_code == 200
    with django_assert_max_num_queries(14):
        assert operator.get(f"/storingen/{incident.pk}/gemeenten/", q="haar").status_code == 200


def statements(browser: Browser, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return [query["sql"] for query in captured.captured_queries if "incidents_" in query["sql"]]


def test_what_runs_costs_a_page_one_statement(
    operator: Browser, reader: Browser, haarlem: Municipality
) -> None:
    for _ in range(3):
        make_incident(haarlem)

    for browser in (operator, reader):
        assert len(statements(browser, "/medewerkers/")) == 1


def test_it_is_read_in_english(reader: Browser, haarlem: Municipality) -> None:
    incident = make_incident(haarlem)
    reader.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert "About this incident" in text(reader.get(f"/storingen/{incident.pk}/"))


def test_who_has_no_role_there_is_not_told(at_haarlem: House, haarlem: Municipality) -> None:
    make_incident(haarlem)
    membership: Membership = member(at_haarlem, "lezer")
    with at_haarlem.entered():
        membership.delete()

    assert "Zaken openen" not in text(browser_of(at_haarlem, membership).get("/"))
