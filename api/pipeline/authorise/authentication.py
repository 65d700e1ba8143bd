"""The token of the standard (rules of section 2.1): HS256, signed with the client's own secret.

Every problem is 403 with a code that says which; the secret and the rights are looked up in this
municipality only, so a token of a neighbour is a token of nobody.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from math import isfinite
from typing import Any

import jwt
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from api.clients.client import Client
from api.clients.lookup import Found, find_client
from api.pipeline.words.refusals import NotAuthenticated

ALGORITHM = "HS256"
MAX_TOKEN_LENGTH = 4096
MAX_CLIENT_ID_LENGTH = 50
MAX_USER_LENGTH = 255


def authenticate(request: HttpRequest) -> Client:
    """The client that signed the request's token, with its rights.

    Raises ``NotAuthenticated`` with one of the codes ``not_authenticated``, ``jwt-decode-error``,
    ``missing-client-identifier``, ``invalid-client-identifier``, ``invalid-jwt-signature``,
    ``jwt-missing-iat-claim``, ``jwt-expired``, ``jwt-immature``, and our own ``credential-ended``.
    """
    token = _token(request)
    claims = _unverified(token)
    client_id = claims.get("client_id")
    if not client_id or not isinstance(client_id, str):
        raise NotAuthenticated("De claim 'client_id' ontbreekt.", code="missing-client-identifier")
    claimed = client_id if is_plausible(client_id) else ""
    try:
        client = _proven(token, claims, claimed)
    except NotAuthenticated as refusal:
        refusal.client_id = claimed
        raise
    return replace(
        client,
        user_id=_text(claims, "user_id"),
        user_representation=_text(claims, "user_representation"),
    )


def client_now(client_id: str) -> Client:
    """What a client of this municipality may do by now, on whose behalf something is done later.

    Raises ``NotAuthenticated`` where it is gone or its key has ended.
    """
    found = find_client(client_id)
    if found is None:
        raise stranger()
    _check_end(found, timezone.now())
    return found.client


def stranger() -> NotAuthenticated:
    """The refusal of an id that nobody has here."""
    return NotAuthenticated("De client is hier niet bekend.", code="invalid-client-identifier")


def _proven(token: str, claims: dict[str, Any], client_id: str) -> Client:
    found = find_client(client_id) if client_id else None
    if found is None:
        raise stranger()
    _verify(token, found.secret)
    _check_end(found, timezone.now())
    _check_moment(claims)
    return found.client


def _check_end(found: Found, now: datetime) -> None:
    """Said to who has the secret alone."""
    if found.valid_until is not None and found.valid_until <= now:
        day = date_format(timezone.localtime(found.valid_until), "j F Y H:i")
        raise NotAuthenticated(f"De sleutel van deze client gold tot {day}.", code="credential-ended")


def _token(request: HttpRequest) -> str:
    header = request.META.get("HTTP_AUTHORIZATION", "")
    kind, _, token = header.partition(" ")
    if not header or kind.lower() != "bearer":
        raise NotAuthenticated
    token = token.strip()
    if not token or len(token) > MAX_TOKEN_LENGTH:
        raise NotAuthenticated("Het token is onleesbaar.", code="jwt-decode-error")
    return token


def _unverified(token: str) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(token, options={"verify_signature": False})
    except (jwt.InvalidTokenError, ValueError, RecursionError) as error:
        raise NotAuthenticated("Het token is onleesbaar.", code="jwt-decode-error") from error
    if header.get("alg") != ALGORITHM:
        raise NotAuthenticated(f"Alleen {ALGORITHM} is toegestaan.", code="jwt-decode-error")
    return claims


def _verify(token: str, secret: str) -> None:
    try:
        jwt.decode(token, secret, algorithms=[ALGORITHM], options=_UNCHECKED)
    except jwt.InvalidSignatureError as error:
        raise NotAuthenticated(
            "De handtekening van het token klopt niet.", code="invalid-jwt-signature"
        ) from error
    except (jwt.InvalidTokenError, ValueError) as error:
        raise NotAuthenticated("Het token is onleesbaar.", code="jwt-decode-error") from error


# the moments are ours to check, with the standard's codes; audience and issuer are free
_UNCHECKED: Any = {f"verify_{claim}": False for claim in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}


def _check_moment(claims: dict[str, Any]) -> None:
    now, leeway = time.time(), settings.ZGW_JWT_LEEWAY
    issued = claims.get("iat")
    if issued is None:
        raise NotAuthenticated("De claim 'iat' ontbreekt.", code="jwt-missing-iat-claim")
    moments = {name: claims[name] for name in ("iat", "exp", "nbf") if claims.get(name) is not None}
    if not all(map(_is_moment, moments.values())):
        raise NotAuthenticated("Een tijdstip in het token is geen getal.", code="jwt-decode-error")
    if moments["iat"] > now + leeway or moments.get("nbf", 0) > now + leeway:
        raise NotAuthenticated("Het token is nog niet geldig.", code="jwt-immature")
    if moments["iat"] + settings.ZGW_JWT_EXPIRY + leeway < now or moments.get("exp", now) + leeway < now:
        raise NotAuthenticated("Het token is verlopen.", code="jwt-expired")


def _is_moment(value: object) -> bool:
    """Whether it is a number that compares: with NaN a token would never expire."""
    return type(value) is int or (isinstance(value, float) and isfinite(value))


def is_plausible(client_id: str) -> bool:
    """Whether a client could have this id at all."""
    return len(client_id) <= MAX_CLIENT_ID_LENGTH and _storable(client_id) == client_id


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str | int):
        return ""
    return _storable(str(value))[:MAX_USER_LENGTH]


def _storable(text: str) -> str:
    """The text without what PostgreSQL cannot hold: NUL and half a surrogate pair."""
    return text.replace("\x00", "").encode(errors="ignore").decode()
