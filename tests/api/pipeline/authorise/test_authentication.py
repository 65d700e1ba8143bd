"""Tokens: every problem is a 403 that says which, and no part of a token is kept or logged."""

from __future__ import annotations

import base64
import hmac
import json
import logging
import time
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from django.utils import timezone

from api.clients.client import Client
from api.clients.lookup import Found
from api.clients.models import Applicatie, Credential
from api.pipeline.authorise.authentication import _check_end
from api.pipeline.words.refusals import NotAuthenticated
from api.records.models import AuditTrail
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, Response
from tests.factories.zaken import ZaakFactory

CATALOGUSSEN = "/catalogi/api/v1/catalogussen"


def unsigned(claims: dict[str, Any], **header: str) -> str:
    parts = [json.dumps(part).encode() for part in ({"typ": "JWT", **header}, claims)]
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])


def claims_of(api: ApiClient, **more: Any) -> dict[str, Any]:
    """Those of a good token; a claim of ``None`` is left out."""
    claims = {"iat": int(time.time()), "client_id": api.client.client_id, **more}
    return {name: value for name, value in claims.items() if value is not None}


def signed(api: ApiClient, **more: Any) -> str:
    return jwt.encode(claims_of(api, **more), api.client.secret, algorithm="HS256")


def answer_to(api: ApiClient, token: str) -> Response:
    return api.get(CATALOGUSSEN, Authorization=f"Bearer {token}")


def refused(answer: Response) -> str:
    """The code of a 403 in the form of the standard."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    problem = answer.json()
    assert problem.keys() == {"type", "code", "title", "status", "detail", "instance"}
    assert (problem["status"], problem["type"]) == (403, "about:blank")
    assert problem["instance"].startswith("urn:uuid:")
    return str(problem["code"])


def test_a_good_token_is_let_in(haarlem_api: ApiClient) -> None:
    assert answer_to(haarlem_api, signed(haarlem_api)).status_code == 200


@pytest.mark.parametrize("header", ["", "Basic YTpi", "Token abc", "abc"])
def test_without_a_bearer_token(haarlem_api: ApiClient, header: str) -> None:
    assert refused(haarlem_api.get(CATALOGUSSEN, Authorization=header)) == "not_authenticated"


@pytest.mark.parametrize("token", ["", "rommel", "a.b.c", "....", "é.è.ê", "eyJhbGciOiJIUzI1NiJ9.W10.x"])
def test_what_cannot_be_read(haarlem_api: ApiClient, token: str) -> None:
    assert refused(answer_to(haarlem_api, token)) == "jwt-decode-error"


def test_a_token_that_is_not_signed(haarlem_api: ApiClient) -> None:
    assert refused(answer_to(haarlem_api, unsigned(claims_of(haarlem_api), alg="none"))) == "jwt-decode-error"


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_another_algorithm_with_the_right_secret(haarlem_api: ApiClient, algorithm: str) -> None:
    token = jwt.encode(claims_of(haarlem_api), haarlem_api.client.secret, algorithm=algorithm)
    assert refused(answer_to(haarlem_api, token)) == "jwt-decode-error"


def test_a_token_that_says_it_has_a_public_key(haarlem_api: ApiClient) -> None:
    token = unsigned(claims_of(haarlem_api), alg="RS256") + "c2lnbmF0dXJl"
    assert refused(answer_to(haarlem_api, token)) == "jwt-decode-error"


def test_a_token_with_a_demand_that_nobody_knows(haarlem_api: ApiClient) -> None:
    """What `crit` names has to be understood, or the token does not count (RFC 7515)."""
    token = jwt.encode(
        claims_of(haarlem_api), haarlem_api.client.secret, algorithm="HS256", headers={"crit": ["x"], "x": 1}
    )
    assert refused(answer_to(haarlem_api, token)) == "jwt-decode-error"


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_without_a_secret_nobody_can_sign(haarlem_api: ApiClient) -> None:
    header, claims, _ = signed(haarlem_api).split(".")
    signature = hmac.digest(b"", f"{header}.{claims}".encode(), "sha256")
    with in_municipality(haarlem_api.municipality):
        Credential.objects.filter(client_id=haarlem_api.client.client_id).update(secret="")

    token = f"{header}.{claims}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
    assert refused(answer_to(haarlem_api, token)) == "invalid-jwt-signature"


def test_an_overlong_token(haarlem_api: ApiClient) -> None:
    token = signed(haarlem_api, user_representation="x" * 5000)
    assert refused(answer_to(haarlem_api, token)) == "jwt-decode-error"


def end(api: ApiClient, moment: datetime) -> None:
    with in_municipality(api.municipality):
        Credential.objects.filter(client_id=api.client.client_id).update(valid_until=moment)


def test_a_key_that_has_ended(haarlem_api: ApiClient) -> None:
    end(haarlem_api, timezone.now())
    assert refused(answer_to(haarlem_api, signed(haarlem_api))) == "credential-ended"


def test_a_key_that_ends_later(haarlem_api: ApiClient) -> None:
    end(haarlem_api, timezone.now() + timedelta(minutes=1))
    assert answer_to(haarlem_api, signed(haarlem_api)).status_code == 200


def test_the_end_of_a_key_is_said_in_the_time_of_amsterdam(haarlem_api: ApiClient) -> None:
    end(haarlem_api, datetime(2026, 1, 2, 23, 30, tzinfo=UTC))
    assert "3 januari 2026 00:30" in answer_to(haarlem_api, signed(haarlem_api)).json()["detail"]


def test_the_end_of_a_key_is_told_to_nobody_else(haarlem_api: ApiClient) -> None:
    end(haarlem_api, timezone.now())
    token = jwt.encode(claims_of(haarlem_api), "een ander geheim van tweeëndertig", algorithm="HS256")
    assert refused(answer_to(haarlem_api, token)) == "invalid-jwt-signature"


@pytest.mark.parametrize(("seconds", "ended"), [(0, True), (1, False)])
def test_a_key_has_ended_at_its_end(seconds: int, ended: bool) -> None:
    now = timezone.now()
    found = Found("geheim", Client("balie"), valid_until=now + timedelta(seconds=seconds))
    with pytest.raises(NotAuthenticated) if ended else nullcontext():
        _check_end(found, now)


def test_a_secret_of_somebody_else(haarlem_api: ApiClient) -> None:
    token = jwt.encode(claims_of(haarlem_api), "een ander geheim van tweeëndertig", algorithm="HS256")
    assert refused(answer_to(haarlem_api, token)) == "invalid-jwt-signature"


def test_claims_that_were_changed_afterwards(haarlem_api: ApiClient) -> None:
    head, _, signature = signed(haarlem_api).split(".")
    _, forged, _ = signed(haarlem_api, user_id="burgemeester").split(".")
    assert refused(answer_to(haarlem_api, f"{head}.{forged}.{signature}")) == "invalid-jwt-signature"


@pytest.mark.parametrize("client_id", [None, "", 12, ["a"], {"a": 1}, True])
def test_a_token_of_nobody(haarlem_api: ApiClient, client_id: object) -> None:
    token = signed(haarlem_api, client_id=client_id)
    assert refused(answer_to(haarlem_api, token)) == "missing-client-identifier"


@pytest.mark.parametrize("client_id", ["niemand", "nul\x00teken", "half\ud800", "x" * 51, "' OR 1=1 --"])
def test_a_client_that_is_not_known(haarlem_api: ApiClient, client_id: str) -> None:
    token = signed(haarlem_api, client_id=client_id)
    assert refused(answer_to(haarlem_api, token)) == "invalid-client-identifier"


def test_a_token_of_the_other_municipality(haarlem_api: ApiClient, utrecht_api: ApiClient) -> None:
    assert refused(answer_to(haarlem_api, signed(utrecht_api))) == "invalid-client-identifier"


def test_a_client_id_of_both_has_a_secret_of_each(haarlem_api: ApiClient, utrecht: Municipality) -> None:
    with in_municipality(utrecht):
        namesake = Credential.objects.create(client_id=haarlem_api.client.client_id, secret="u" * 32)
    token = signed(ApiClient(utrecht, namesake))
    assert refused(answer_to(haarlem_api, token)) == "invalid-jwt-signature"


def test_no_moment_of_issue(haarlem_api: ApiClient) -> None:
    assert refused(answer_to(haarlem_api, signed(haarlem_api, iat=None))) == "jwt-missing-iat-claim"


@pytest.mark.parametrize("claim", ["exp", "nbf"])
@pytest.mark.parametrize("moment", ["morgen", [1], {"a": 1}, True])
def test_a_moment_that_is_no_number(haarlem_api: ApiClient, claim: str, moment: object) -> None:
    assert refused(answer_to(haarlem_api, signed(haarlem_api, **{claim: moment}))) == "jwt-decode-error"


@pytest.mark.parametrize("moment", [float("nan"), float("inf"), float("-inf")])
def test_a_moment_that_is_no_json(haarlem_api: ApiClient, moment: float) -> None:
    assert refused(answer_to(haarlem_api, signed(haarlem_api, iat=moment))) == "jwt-decode-error"


@pytest.mark.parametrize(
    ("claim", "seconds", "code"),
    [
        ("iat", 120, "jwt-immature"),
        ("nbf", 120, "jwt-immature"),
        ("exp", -120, "jwt-expired"),
        ("iat", -3600 - 120, "jwt-expired"),
        ("iat", 10**400, "jwt-immature"),
        ("iat", -(10**400), "jwt-expired"),
    ],
)
def test_too_early_or_too_late(haarlem_api: ApiClient, claim: str, seconds: int, code: str) -> None:
    token = signed(haarlem_api, **{claim: int(time.time()) + seconds})
    assert refused(answer_to(haarlem_api, token)) == code


@pytest.mark.parametrize(
    ("claim", "seconds"), [("iat", 30), ("nbf", 30), ("exp", -30), ("iat", -3600 - 30), ("iat", -3000)]
)
def test_clocks_may_differ_a_little(haarlem_api: ApiClient, claim: str, seconds: int) -> None:
    token = signed(haarlem_api, **{claim: int(time.time()) + seconds})
    assert answer_to(haarlem_api, token).status_code == 200


def test_a_long_exp_does_not_stretch_it(haarlem_api: ApiClient) -> None:
    now = int(time.time())
    token = signed(haarlem_api, iat=now - 7200, exp=now + 7200)
    assert refused(answer_to(haarlem_api, token)) == "jwt-expired"


def test_a_client_without_applicatie_may_do_nothing(haarlem_api: ApiClient) -> None:
    with in_municipality(haarlem_api.municipality):
        Applicatie.objects.all().delete()
    assert refused(haarlem_api.get(CATALOGUSSEN)) == "permission_denied"


def test_who_it_is_gets_into_the_trail_as_far_as_it_can_be_kept(haarlem_api: ApiClient) -> None:
    with in_municipality(haarlem_api.municipality):
        zaak = ZaakFactory.create()
    token = signed(haarlem_api, user_id="m\x00\ud800w", user_representation="é" * 300)
    url = haarlem_api.url(f"/zaken/api/v1/zaken/{zaak.pk}")
    haarlem_api.patch(url, {"toelichting": "nader bekeken"}, Authorization=f"Bearer {token}")
    with in_municipality(haarlem_api.municipality):
        line = AuditTrail.objects.get()
    assert (line.gebruikers_id, line.gebruikers_weergave) == ("mw", "é" * 255)


@pytest.mark.parametrize("value", [["a"], {"a": 1}, None, 1.5])
def test_a_user_that_is_no_text_is_nobody(haarlem_api: ApiClient, value: object) -> None:
    assert answer_to(haarlem_api, signed(haarlem_api, user_id=value)).status_code == 200


def test_nothing_of_a_token_is_logged(haarlem_api: ApiClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = signed(haarlem_api, user_id="burger-111222333", client_id="onbekend")
    refused(answer_to(haarlem_api, token))
    refused(answer_to(haarlem_api, f"{token}x"))
    written = repr([vars(record) for record in caplog.records])
    secrets = [*token.split("."), "burger-111222333", "onbekend", haarlem_api.client.secret]
    assert [secret for secret in secrets if secret in written] == []
