"""Copies of a zaaktype, and new versions of the main types beside the running ones."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factory.django import DjangoModelFactory

from api.catalogi.models import TypeRelatie, Zaaktype
from api.records.models import OutboxMessage
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, reader
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import (
    BesluittypeFactory,
    EigenschapFactory,
    InformatieobjecttypeFactory,
    ResultaattypeFactory,
    RoltypeFactory,
    StatustypeFactory,
    TypeRelatieFactory,
    ZaakobjecttypeFactory,
    ZaaktypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
)

ABSENT = f"{ROOT}/zaaktypen/00000000-0000-4000-8000-000000000000"
EVERYTHING = "statustypen.eigenschappen,resultaattypen,roltypen,eigenschappen.statustype,zaakobjecttypen"
OWN_DATES = r'"(begin|einde)(Geldigheid|Object)": ?("[^"]*"|null)'
MAIN_TYPES = [ZaaktypeFactory, InformatieobjecttypeFactory, BesluittypeFactory]
COPY = {"identificatie": "KOPIE"}
VERSION = {"beginGeldigheid": "2030-01-01"}


def furnish(zaaktype: Zaaktype, *, each: int = 1) -> None:
    """So many parts of each kind, that refer to one another and name other types."""
    names: dict[str, Any] = {"catalogus": zaaktype.catalogus}
    TypeRelatieFactory.create(zaaktype=zaaktype)
    related = {"kind": TypeRelatie.Kind.ZAAKTYPE_GERELATEERD, "aard_relatie": "vervolg", "toelichting": "x"}
    TypeRelatieFactory.create(zaaktype=zaaktype, naam="ANDER", **related)
    for _ in range(each):
        statustype = StatustypeFactory.create(zaaktype=zaaktype, begin_geldigheid=zaaktype.begin_geldigheid)
        EigenschapFactory.create(zaaktype=zaaktype, statustype=statustype)
        ZaaktypeInformatieobjecttypeFactory.create(zaaktype=zaaktype, statustype=statustype)
        resultaattype = ResultaattypeFactory.create(zaaktype=zaaktype)
        named = {"kind": TypeRelatie.Kind.RESULTAATTYPE_BESLUITTYPE, **names}
        TypeRelatieFactory.create(zaaktype=None, resultaattype=resultaattype, **named)
        RoltypeFactory.create(zaaktype=zaaktype)
        ZaakobjecttypeFactory.create(zaaktype=zaaktype)


@pytest.fixture
def running(haarlem: Municipality) -> Zaaktype:
    """A published zaaktype with one part of each kind."""
    with in_municipality(haarlem):
        zaaktype: Zaaktype = ZaaktypeFactory.create(published=True)
        furnish(zaaktype)
    return zaaktype


def contents(api: ApiClient, path: str, **without: str) -> str:
    """The whole zaaktype with its parts and documents, without keys and dates."""
    documents = api.get(f"{ROOT}/zaaktype-informatieobjecttypen?zaaktype={api.url(path)}&status=alles")
    shown = api.get(f"{path}?expand={EVERYTHING}").content.decode() + documents.content.decode()
    shown = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", re.sub(OWN_DATES, "", shown))
    shown = re.sub(r'"concept": ?(true|false)|"versiedatum": ?"[^"]*"', "", shown)
    for new, old in without.items():
        shown = shown.replace(new, old)
    return shown


def made(api: ApiClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = api.post(path, body)
    assert answer.status_code == 201, answer.content
    assert answer.headers["Location"] == answer.json()["url"]
    assert api.get(answer.json()["url"]).headers["ETag"] == answer.headers["ETag"]
    return dict(answer.json())


def test_a_copy_is_the_same_under_another_identificatie(haarlem_api: ApiClient, running: Zaaktype) -> None:
    copy = made(haarlem_api, f"{path_of(running)}/kopie", COPY)

    own = copy["url"].removeprefix(haarlem_api.url(""))
    assert contents(haarlem_api, own, KOPIE=running.identificatie) == contents(haarlem_api, path_of(running))


def test_a_new_version_is_the_same_from_another_day(haarlem_api: ApiClient, running: Zaaktype) -> None:
    version = made(haarlem_api, f"{path_of(running)}/versie", VERSION)

    own = version["url"].removeprefix(haarlem_api.url(""))
    assert contents(haarlem_api, own) == contents(haarlem_api, path_of(running))
    assert [
        version[name] for name in ("beginGeldigheid", "eindeGeldigheid", "beginObject", "versiedatum")
    ] == [
        "2030-01-01",
        None,
        "2024-01-01",
        "2030-01-01",
    ]


@pytest.mark.parametrize(("operation", "body"), [("kopie", COPY), ("versie", VERSION)])
def test_no_part_is_shared(
    haarlem_api: ApiClient, running: Zaaktype, operation: str, body: dict[str, str]
) -> None:
    source = haarlem_api.get(path_of(running)).json()
    copy = made(haarlem_api, f"{path_of(running)}/{operation}", body)

    for kind in ("statustypen", "resultaattypen", "roltypen", "eigenschappen", "zaakobjecttypen"):
        assert (len(copy[kind]), set(copy[kind]) & set(source[kind])) == (1, set())
    eigenschap = haarlem_api.get(copy["eigenschappen"][0]).json()
    assert eigenschap["statustype"] == copy["statustypen"][0]
    statustype = haarlem_api.get(copy["statustypen"][0]).json()
    assert statustype["beginGeldigheid"] == copy["beginGeldigheid"]


def test_a_copy_begins_a_life_of_its_own(haarlem_api: ApiClient, running: Zaaktype) -> None:
    copy = made(haarlem_api, f"{path_of(running)}/kopie", {**COPY, "omschrijving": "Kopie van de melding"})

    today = timezone.localdate().isoformat()
    shown = [copy[name] for name in ("omschrijving", "concept", "beginGeldigheid", "beginObject")]
    assert shown == ["Kopie van de melding", True, today, today]


@pytest.mark.parametrize("factory", MAIN_TYPES)
def test_a_new_version_leaves_the_running_one_as_it_is(
    haarlem: Municipality, haarlem_api: ApiClient, factory: type[DjangoModelFactory[Any]]
) -> None:
    path = path_of(make(haarlem, factory, published=True))
    before = haarlem_api.get(path).content

    version = made(haarlem_api, f"{path}/versie", VERSION)

    assert (version["concept"], version["beginGeldigheid"]) == (True, "2030-01-01")
    assert haarlem_api.get(path).content == before


def test_a_version_of_a_besluittype_names_what_it_named(
    haarlem: Municipality, haarlem_api: ApiClient
) -> None:
    besluittype = make(haarlem, BesluittypeFactory)
    haarlem_api.patch(path_of(besluittype), {"informatieobjecttypen": ["Foto", "Tekening"]})

    version = made(haarlem_api, f"{path_of(besluittype)}/versie", VERSION)

    assert version["informatieobjecttypeOmschrijvingen"] == ["Foto", "Tekening"]


def test_subscribers_are_told_of_a_new_type(
    haarlem: Municipality, haarlem_api: ApiClient, running: Zaaktype
) -> None:
    copy = made(haarlem_api, f"{path_of(running)}/kopie", COPY)

    with in_municipality(haarlem):
        message = OutboxMessage.objects.get()
    assert (message.kanaal, message.actie) == ("zaaktypen", "create")
    assert message.hoofd_object.endswith(copy["url"].rpartition("/")[2])


@pytest.mark.parametrize("status", ["concept", "published"])
def test_an_identificatie_in_use_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, running: Zaaktype, status: str
) -> None:
    taken = {"catalogus": running.catalogus, "identificatie": "BEZET", "published": status == "published"}
    make(haarlem, ZaaktypeFactory, **taken)

    with nothing_written(haarlem):
        refused = haarlem_api.post(f"{path_of(running)}/kopie", {"identificatie": "BEZET"})
    assert violations(refused) == [("identificatie", "unique")]


def test_an_identificatie_of_another_catalogus_is_free(
    haarlem: Municipality, haarlem_api: ApiClient, running: Zaaktype
) -> None:
    make(haarlem, ZaaktypeFactory, identificatie="KOPIE")

    made(haarlem_api, f"{path_of(running)}/kopie", COPY)


@pytest.mark.parametrize("factory", MAIN_TYPES)
def test_a_version_begins_on_a_day_of_its_own(
    haarlem: Municipality, haarlem_api: ApiClient, factory: type[DjangoModelFactory[Any]]
) -> None:
    path = path_of(make(haarlem, factory, published=True))

    with nothing_written(haarlem):
        refused = haarlem_api.post(f"{path}/versie", {"beginGeldigheid": "2024-01-01"})
    assert violations(refused) == [("beginGeldigheid", "unique")]


@pytest.mark.parametrize(
    ("operation", "body", "found"),
    [
        ("versie", {}, ("beginGeldigheid", "required")),
        ("versie", {"beginGeldigheid": None}, ("beginGeldigheid", "null")),
        ("versie", {"beginGeldigheid": "2030-02-30"}, ("beginGeldigheid", "invalid")),
        ("versie", {**VERSION, "omschrijving": "x"}, ("nonFieldErrors", "unknown-parameters")),
        ("versie", [VERSION], ("nonFieldErrors", "invalid")),
        ("kopie", {}, ("identificatie", "required")),
        ("kopie", {"identificatie": ""}, ("identificatie", "blank")),
        ("kopie", {"identificatie": "x" * 51}, ("identificatie", "max_length")),
        ("kopie", {**COPY, "omschrijving": "x" * 81}, ("omschrijving", "max_length")),
        ("kopie", {**COPY, "catalogus": "x"}, ("nonFieldErrors", "unknown-parameters")),
    ],
)
def test_a_body_that_is_not_right_is_refused(
    haarlem: Municipality,
    haarlem_api: ApiClient,
    running: Zaaktype,
    operation: str,
    body: object,
    found: tuple[str, str],
) -> None:
    with nothing_written(haarlem):
        assert violations(haarlem_api.post(f"{path_of(running)}/{operation}", body)) == [found]


@pytest.mark.parametrize(("operation", "body"), [("kopie", COPY), ("versie", VERSION)])
def test_who_only_reads_copies_nothing(
    haarlem: Municipality, running: Zaaktype, operation: str, body: dict[str, str]
) -> None:
    client = reader(haarlem)

    with nothing_written(haarlem):
        assert client.post(f"{path_of(running)}/{operation}", body).status_code == 403


@pytest.mark.parametrize("operation", ["kopie", "versie"])
def test_what_does_not_exist_is_not_copied(haarlem_api: ApiClient, operation: str) -> None:
    assert haarlem_api.post(f"{ABSENT}/{operation}", {**COPY, **VERSION}).status_code == 404
    assert haarlem_api.post(f"{ABSENT}/{operation}", {}).status_code == 404


@pytest.mark.parametrize(("operation", "body"), [("kopie", COPY), ("versie", VERSION)])
def test_sixty_parts_are_few_statements(
    haarlem: Municipality, haarlem_api: ApiClient, operation: str, body: dict[str, str]
) -> None:
    zaaktype = make(haarlem, ZaaktypeFactory, published=True)
    with in_municipality(haarlem):
        furnish(zaaktype, each=10)

    with CaptureQueriesContext(connection) as captured:
        made_of_many = haarlem_api.post(f"{path_of(zaaktype)}/{operation}", body)

    assert len(made_of_many.json()["statustypen"]) == 10
    assert len(captured) <= 25, [one["sql"][:100] for one in captured.captured_queries]


def test_a_copy_stands_in_the_same_catalogus(haarlem_api: ApiClient, running: Zaaktype) -> None:
    copy = made(haarlem_api, f"{path_of(running)}/kopie", COPY)

    assert copy["catalogus"] == haarlem_api.get(path_of(running)).json()["catalogus"]
