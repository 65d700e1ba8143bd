from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tenants.registry.connection import connection
from tenants.registry.context import WrongMunicipality, in_municipality
from tenants.registry.models import Domain, Municipality

HAARLEM = "haarlem.localhost"


def code_at(client: Client, host: str) -> str:
    """`not_found` comes from the municipality's own urls: the host is known."""
    return str(client.get("/nergens", headers={"host": host}).json()["code"])


def test_an_unknown_host_is_a_problem_404(client: Client, db: None) -> None:
    response = client.get("/", headers={"host": "nergens.localhost"})

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "unknown-host"


def test_a_malformed_host_is_an_unknown_one(client: Client, db: None) -> None:
    assert code_at(client, "haarlem_.localhost/..") == "unknown-host"


@pytest.mark.parametrize("port", ["65536", "9" * 5000], ids=["one more", "endless"])
def test_a_port_that_cannot_be_is_a_problem_400(client: Client, db: None, port: str) -> None:
    response = client.get("/", headers={"host": f"{HAARLEM}:{port}"})

    assert (response.status_code, response.json()["code"]) == (400, "malformed-host")


def test_the_highest_port_is_a_port(client: Client, db: None) -> None:
    assert code_at(client, f"{HAARLEM}:65535") == "not_found"


@pytest.mark.parametrize("host", [HAARLEM, "HAARLEM.localhost", "haarlem.localhost:8000", "127.0.0.2"])
def test_each_spelling_and_alias_of_a_host_is_the_municipality(client: Client, db: None, host: str) -> None:
    assert code_at(client, host) == "not_found"


def test_a_municipality_that_is_set_up_is_503_with_the_reason(client: Client, haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status=Municipality.Status.IN_INRICHTING)

    response = client.get("/", headers={"host": HAARLEM})

    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert "ingericht" in response.json()["detail"]


def test_its_console_is_open_while_it_is_set_up(client: Client, haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status=Municipality.Status.IN_INRICHTING)

    assert client.get("/beheer/nergens", headers={"host": HAARLEM}).status_code == 404


def test_a_municipality_that_ended_is_unknown(client: Client, haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status=Municipality.Status.BEEINDIGD)

    assert code_at(client, HAARLEM) == "unknown-host"


def test_a_new_alias_is_known_at_once(client: Client, haarlem: Municipality) -> None:
    assert code_at(client, "nieuw.localhost") == "unknown-host"

    Domain.objects.create(domain="nieuw.localhost", tenant=haarlem, is_primary=False)

    assert code_at(client, "nieuw.localhost") == "not_found"


def test_a_host_that_moves_is_the_other_municipalitys_at_once(
    client: Client, haarlem: Municipality, utrecht: Municipality
) -> None:
    Domain.objects.create(domain="samen.localhost", tenant=haarlem, is_primary=False)
    before = client.get("/", headers={"host": "samen.localhost"})

    Domain.objects.filter(domain="samen.localhost").update(tenant=utrecht)
    after = client.get("/", headers={"host": "samen.localhost"})

    assert before.wsgi_request.municipality == haarlem  # type: ignore[attr-defined]
    assert after.wsgi_request.municipality == utrecht  # type: ignore[attr-defined]


def test_what_was_rolled_back_is_forgotten(client: Client, haarlem: Municipality) -> None:
    assert code_at(client, "nieuw.localhost") == "unknown-host"


def test_a_request_costs_one_statement_for_the_municipality(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    code_at(client, HAARLEM)

    with django_assert_num_queries(1):
        code_at(client, HAARLEM)


def test_after_a_request_nobody_is_in_a_municipality(client: Client, db: None) -> None:
    code_at(client, HAARLEM)

    assert connection.schema_name == "public"


@pytest.mark.parametrize("host", ["localhost", "utrecht.localhost", "nergens.localhost"])
def test_inside_a_municipality_no_other_host_answers(
    client: Client, haarlem: Municipality, host: str
) -> None:
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        client.get("/", headers={"host": host})


def test_inside_a_municipality_its_own_host_answers(client: Client, haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        assert code_at(client, HAARLEM) == "not_found"


def test_inside_a_municipality_a_change_of_the_registry_is_noticed(
    client: Client, haarlem: Municipality
) -> None:
    Domain.objects.create(domain="nieuw.localhost", tenant=haarlem, is_primary=False)

    with in_municipality(haarlem):
        assert code_at(client, "nieuw.localhost") == "not_found"
