"""Every 403 says where it is explained, and is explained there as it was judged."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries, Settings

from api.catalogi.models import Zaaktype
from api.clients.models import Autorisatie
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.pipeline.authorise import remembered
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, Response, api_with_rights, right
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue

Monkey, Count = pytest.MonkeyPatch, DjangoAssertNumQueries

VERKLARING = "/autorisaties/api/v1/verklaring"


@pytest.fixture(autouse=True)
def nothing_kept(haarlem: Municipality) -> Iterator[None]:
    yield
    with in_municipality(haarlem):
        cache.clear()


@pytest.fixture
def lezer(catalogue: Catalogue) -> ApiClient:
    """May read zaken of the other zaaktype only."""
    return api_with_rights(
        catalogue.municipality, right("zrc", ["zaken.lezen"], catalogue.other, maximum=Level.INTERN)
    )


def explained(api: ApiClient, refusal: Response) -> dict[str, Any]:
    """What is found by following the link of a refusal."""
    assert refusal.status_code == 403, refusal.content
    url, _, relation = refusal["Link"].partition(";")
    assert relation.strip() == 'rel="describedby"'
    answer = api.get(url.strip("<>"))
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def test_the_link_of_a_refusal_leads_to_its_explanation(
    haarlem_api: ApiClient, lezer: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    refusal = lezer.get(f"{catalogue.url(zaak)}?expand=zaaktype")
    told = explained(haarlem_api, refusal)
    assert (told["toegestaan"], told["stap"], told["regel"]["nummer"]) == (False, "type-en-niveau", "zrc-006")
    assert (told["clientId"], told["methode"], told["operatie"]) == (
        lezer.client.client_id,
        "GET",
        "zaak_retrieve",
    )
    assert told["url"] == catalogue.url(zaak)
    assert told["type"]["url"] == catalogue.url(catalogue.zaaktype)
    assert [each["tekort"] for each in told["autorisaties"]] == [["ander-type"]]
    assert told["verzoek"]["code"] == "permission_denied"


def test_one_id_stands_in_header_body_and_link(lezer: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    refusal = lezer.get(catalogue.url(zaak))
    request_id = refusal["X-Request-ID"]
    assert refusal.json()["instance"] == f"urn:uuid:{request_id}"
    assert refusal["Link"].startswith(f"<{lezer.url(VERKLARING)}?verzoek={request_id}>")


def test_a_refused_write_is_explained_with_its_rule(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    catalogue.close(haarlem_api, zaak)
    behandelaar = api_with_rights(
        catalogue.municipality,
        right("zrc", ["zaken.bijwerken"], catalogue.zaaktype, maximum=Level.ZEER_GEHEIM),
    )
    told = explained(haarlem_api, behandelaar.patch(catalogue.url(zaak), {"omschrijving": "anders"}))
    assert (told["stap"], told["regel"]["nummer"]) == ("voorwaarde", "zrc-007")
    assert told["ontbrekendeScopes"] == [["zaken.geforceerd-bijwerken"]]


def test_a_refused_new_zaak_is_explained_with_its_type_and_level(
    haarlem_api: ApiClient, catalogue: Catalogue
) -> None:
    aanmaker = api_with_rights(
        catalogue.municipality, right("zrc", ["zaken.aanmaken"], catalogue.zaaktype, maximum=Level.OPENBAAR)
    )
    body = catalogue.zaak(vertrouwelijkheidaanduiding="geheim")
    told = explained(haarlem_api, aanmaker.post(ZAKEN, body))
    assert (told["vertrouwelijkheidaanduiding"], told["autorisaties"][0]["tekort"]) == (
        "geheim",
        ["niveau-te-laag"],
    )


@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        ("", "not_authenticated"),
        ("Bearer x.y.z", "jwt-decode-error"),
        ("Basic eDp5", "not_authenticated"),
    ],
)
def test_a_token_that_says_nothing_is_explained(
    haarlem_api: ApiClient, authorization: str, code: str
) -> None:
    told = explained(haarlem_api, haarlem_api.get(ZAKEN, Authorization=authorization))
    assert (told["stap"], told["clientId"], told["verzoek"]["code"]) == ("token", "", code)
    assert told["applicatie"] is None


def test_a_token_with_a_wrong_signature_is_explained_with_whom_it_names(haarlem_api: ApiClient) -> None:
    forged = ApiClient(haarlem_api.municipality, haarlem_api.client)
    token = forged.token(client_id=haarlem_api.client.client_id)
    told = explained(haarlem_api, haarlem_api.get(ZAKEN, Authorization=f"Bearer {token[:-4]}AAAA"))
    assert (told["clientId"], told["verzoek"]["code"]) == (
        haarlem_api.client.client_id,
        "invalid-jwt-signature",
    )


def test_an_old_token_is_explained(haarlem_api: ApiClient) -> None:
    old = haarlem_api.token(iat=int(time.time()) - 8000)
    told = explained(haarlem_api, haarlem_api.get(ZAKEN, Authorization=f"Bearer {old}"))
    assert (told["stap"], told["verzoek"]["code"], told["reden"]) == (
        "token",
        "jwt-expired",
        "Het token is verlopen.",
    )


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT"])
def test_every_method_is_refused_with_a_link(haarlem_api: ApiClient, method: str) -> None:
    refusal = haarlem_api.request(method, ZAKEN, Authorization="")
    assert explained(haarlem_api, refusal)["methode"] == method


def test_it_stays_as_it_was_judged(
    haarlem_api: ApiClient, lezer: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    refusal = lezer.get(catalogue.url(zaak))
    with in_municipality(catalogue.municipality):
        Autorisatie.objects.filter(applicatie__label=lezer.client.client_id).update(
            type_uuid=catalogue.zaaktype.pk
        )
    assert lezer.get(catalogue.url(zaak)).status_code == 200
    assert not explained(haarlem_api, refusal)["toegestaan"]


def test_it_outlives_what_it_was_about(
    haarlem_api: ApiClient, lezer: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    refusal = lezer.get(catalogue.url(zaak))
    with in_municipality(catalogue.municipality):
        Zaak.objects.all().delete()
        Zaaktype.objects.filter(pk=catalogue.zaaktype.pk).delete()
    assert explained(haarlem_api, refusal)["type"]["omschrijving"] == ""


def test_a_caller_cannot_choose_where_its_refusal_is_kept(
    haarlem_api: ApiClient, lezer: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    refusal = lezer.get(catalogue.url(zaak))
    other = api_with_rights(catalogue.municipality, right("ztc", ["catalogi.lezen"]))
    again = other.get(catalogue.url(zaak), X_Request_ID=refusal["X-Request-ID"])
    assert again["X-Request-ID"] != refusal["X-Request-ID"]
    assert explained(haarlem_api, refusal)["clientId"] == lezer.client.client_id


def test_no_query_and_no_body_is_kept(haarlem: Municipality, lezer: ApiClient, catalogue: Catalogue) -> None:
    bsn = "111222333"
    lezer.post(f"{ZAKEN}?bsn={bsn}", catalogue.zaak(omschrijving=bsn))
    lezer.get(f"{ZAKEN}?rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn={bsn}", Authorization="")
    with in_municipality(haarlem):
        client = cache._cache.get_client()  # type: ignore[attr-defined]
        entries = list(client.scan_iter(match=cache.make_and_validate_key("refusal:*")))
        assert len(entries) == 2
        assert not [entry for entry in entries if bsn.encode() in client.get(entry)]


def test_the_oldest_of_one_client_make_room(
    haarlem_api: ApiClient,
    lezer: ApiClient,
    catalogue: Catalogue,
    zaak: Zaak,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remembered, "KEPT_PER_CLIENT", 2)
    other = api_with_rights(catalogue.municipality, right("ztc", ["catalogi.lezen"])).get(catalogue.url(zaak))
    first, *later = [lezer.get(catalogue.url(zaak)) for _ in range(3)]
    assert haarlem_api.get(f"{VERKLARING}?verzoek={first['X-Request-ID']}").status_code == 404
    assert [explained(haarlem_api, refusal)["toegestaan"] for refusal in (other, *later)] == [False] * 3


def test_who_forges_tokens_pushes_nothing_out(
    haarlem_api: ApiClient,
    lezer: ApiClient,
    catalogue: Catalogue,
    zaak: Zaak,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remembered, "KEPT_PER_CLIENT", 1)
    refusal = lezer.get(catalogue.url(zaak))
    forged = lezer.token()[:-4] + "AAAA"
    lezer.get(ZAKEN, Authorization=f"Bearer {forged}")
    lezer.get(ZAKEN, Authorization=f"Bearer {forged}")
    assert explained(haarlem_api, refusal)["clientId"] == lezer.client.client_id


def test_without_redis_a_refusal_is_given_at_once_without_a_link(
    settings: Settings, haarlem_api: ApiClient, lezer: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    unreachable = "redis://127.0.0.1:9/0"  # nobody listens there
    settings.CACHES = {
        name: {**options, "LOCATION": unreachable} for name, options in settings.CACHES.items()
    }
    started = time.monotonic()
    refusals = [lezer.get(catalogue.url(zaak)) for _ in range(20)]
    assert time.monotonic() - started < 5
    assert [(refusal.status_code, "Link" in refusal) for refusal in refusals] == [(403, False)] * 20
    asked = haarlem_api.get(f"{VERKLARING}?verzoek={uuid4()}")
    assert (asked.status_code, asked.json()["code"]) == (503, "unavailable")


def test_remembering_costs_an_ordinary_request_nothing(
    haarlem_api: ApiClient,
    catalogue: Catalogue,
    zaak: Zaak,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    haarlem_api.get(catalogue.url(zaak))
    with django_assert_num_queries(3):
        assert "Link" not in haarlem_api.get(catalogue.url(zaak))


def test_a_refusal_of_the_neighbour_is_as_unknown_as_any(
    haarlem_api: ApiClient, utrecht_api: ApiClient, lezer: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    asked = urlsplit(lezer.get(catalogue.url(zaak))["Link"].split(">")[0].strip("<"))
    theirs = utrecht_api.get(f"{asked.path}?{asked.query}")
    nobodys = utrecht_api.get(f"{asked.path}?verzoek={uuid4()}")
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert {**theirs.json(), "instance": ""} == {**nobodys.json(), "instance": ""}


def test_what_is_no_id_is_refused(haarlem_api: ApiClient) -> None:
    assert violations(haarlem_api.get(f"{VERKLARING}?verzoek=x")) == [("verzoek", "invalid")]
    together = f"{VERKLARING}?verzoek={uuid4()}&clientId=x"
    assert violations(haarlem_api.get(together)) == [("verzoek", "invalid")]
