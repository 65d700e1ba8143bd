"""How tests speak to a municipality: over HTTP, on its own host, as an application with rights.

``haarlem_api.post("/zaken/api/v1/zaken", {…})`` sends JSON with a fresh token; URLs of answers can
be followed as they are. ``api_with_rights(haarlem, right("zrc", ZAKEN_LEZEN, zaaktype))`` is an
application that may do only that.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import jwt
from django.db.models import Model
from django.test import Client as Browser

from api.clients.client_ids import give
from api.clients.models import Applicatie, Autorisatie, Credential
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.words import registry
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

Response = Any  # Django's test response: an HttpResponse with json(), which the stubs keep private


@dataclass(frozen=True, slots=True)
class ApiClient:
    """An application that calls one municipality with the credential it has there."""

    municipality: Municipality
    client: Credential
    http: Browser = field(default_factory=lambda: Browser(raise_request_exception=False))

    @property
    def host(self) -> str:
        """``haarlem.localhost``."""
        return f"{self.municipality.schema_name}.localhost"

    def url(self, path: str) -> str:
        """The path as the municipality's answers write it."""
        return f"http://{self.host}{path}"

    def get(self, url: str, body: None = None, **headers: str) -> Response:
        return self.request("GET", url, body, **headers)

    def post(self, url: str, body: object = None, **headers: str) -> Response:
        return self.request("POST", url, body, **headers)

    def put(self, url: str, body: object = None, **headers: str) -> Response:
        return self.request("PUT", url, body, **headers)

    def patch(self, url: str, body: object = None, **headers: str) -> Response:
        return self.request("PATCH", url, body, **headers)

    def delete(self, url: str, body: None = None, **headers: str) -> Response:
        return self.request("DELETE", url, body, **headers)

    def head(self, url: str, body: None = None, **headers: str) -> Response:
        return self.request("HEAD", url, body, **headers)

    def request(self, method: str, url: str, body: object = None, **headers: str) -> Response:
        """``headers`` as keywords (``If_None_Match="…"``); they go over the usual ones."""
        parts = urlsplit(url)
        sent = {
            "Authorization": f"Bearer {self.token()}",
            "Accept-Crs": "EPSG:4326",
            "Content-Crs": "EPSG:4326",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return self.http.generic(
            method,
            parts.path + (f"?{parts.query}" if parts.query else ""),
            b"" if body is None else json.dumps(body).encode(),
            content_type="application/json",
            headers=sent,
            SERVER_NAME=self.host,
        )

    def multipart(self, method: str, url: str, body: bytes, boundary: str) -> Response:
        """A body of several fields, as files come in."""
        return self.http.generic(
            method,
            urlsplit(url).path,
            body,
            content_type=f"multipart/form-data; boundary={boundary}",
            headers={"Authorization": f"Bearer {self.token()}"},
            SERVER_NAME=self.host,
        )

    def token(self, **claims: Any) -> str:
        """A token of this moment; a claim that is given replaces the usual one."""
        usual = {
            "iss": self.client.client_id,
            "iat": int(time.time()),
            "client_id": self.client.client_id,
            "user_id": "medewerker",
            "user_representation": "Medewerker van de balie",
        }
        return jwt.encode({**usual, **claims}, self.client.secret, algorithm="HS256")


def right(
    component: str,
    scopes: Iterable[Any],
    subject: Model | str | None = None,
    *,
    identificatie: str = "",
    maximum: Vertrouwelijkheidaanduiding | None = None,
) -> Autorisatie:
    """An autorisatie, not yet of any applicatie.

    ``scopes`` are scopes or their labels; ``subject`` is a type, a catalogus (with or without an
    ``identificatie`` in it) or the URL of a type elsewhere.
    """
    named: dict[str, Any] = {}
    if isinstance(subject, str):
        named = {"type_url": subject}
    elif subject is not None and subject._meta.model_name == "catalogus":
        named = {"catalogus": subject, "identificatie": identificatie}
    elif subject is not None:
        resource = registry.resource_for(type(subject))
        named = {"type_url": resource.url_of(subject), "type_uuid": subject.pk}
    labels = [label for scope in scopes for label in ([scope] if isinstance(scope, str) else scope.labels())]
    return Autorisatie(component=component, scopes=labels, max_vertrouwelijkheidaanduiding=maximum, **named)


def api_with_all_rights(municipality: Municipality) -> ApiClient:
    """An application that may do everything."""
    return _application(municipality, [], heeft_alle_autorisaties=True)


def api_with_rights(municipality: Municipality, *autorisaties: Autorisatie) -> ApiClient:
    """An application that may do this and nothing else; see :func:`right`."""
    return _application(municipality, autorisaties, heeft_alle_autorisaties=False)


def _application(
    municipality: Municipality, autorisaties: Iterable[Autorisatie], *, heeft_alle_autorisaties: bool
) -> ApiClient:
    client_id = f"app-{uuid4().hex[:12]}"
    with in_municipality(municipality):
        credential = Credential.objects.create(client_id=client_id, secret=uuid4().hex)
        applicatie = Applicatie.objects.create(
            label=client_id, heeft_alle_autorisaties=heeft_alle_autorisaties
        )
        give(applicatie, [client_id])
        for volgorde, autorisatie in enumerate(autorisaties):
            autorisatie.applicatie = applicatie
            autorisatie.volgorde = volgorde
            autorisatie.save()
    return ApiClient(municipality, credential)
