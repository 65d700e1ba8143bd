"""A published informatieobjecttype of Haarlem, and documents of it with their content."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db.models import Model
from pytest_django import Settings

from api.catalogi.models import Informatieobjecttype
from api.clients.models import Applicatie, Autorisatie
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.documenten.models import EnkelvoudigInformatieObject
from api.pipeline.words import registry
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.storage import storage_of
from tests.api.client import ApiClient, Response, api_with_rights, right
from tests.api.requests import BOUNDARY, part_of_content
from tests.factories.catalogi import InformatieobjecttypeFactory
from tests.factories.documenten import EnkelvoudigInformatieObjectFactory

ROOT = "/documenten/api/v1"
DOCUMENTEN = f"{ROOT}/enkelvoudiginformatieobjecten"
RSIN = "517439943"
BYTES = b"De stoeptegel ligt los."


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Where contents lie, one directory for each municipality."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def base64(content: bytes) -> str:
    return b64encode(content).decode()


@dataclass(frozen=True, slots=True)
class Archive:
    """Two published types, and an application that may do everything."""

    api: ApiClient
    type: Informatieobjecttype
    other: Informatieobjecttype

    @property
    def municipality(self) -> Municipality:
        return self.api.municipality

    def url(self, thing: Model) -> str:
        """As this municipality's answers write it."""
        return self.api.url(registry.resource_for(type(thing)).path_of(thing))

    def body(self, **more: Any) -> dict[str, Any]:
        """The smallest body of a document, and more."""
        return {
            "informatieobjecttype": self.url(self.type),
            "bronorganisatie": RSIN,
            "creatiedatum": "2026-01-05",
            "titel": "Foto van de stoeptegel",
            "auteur": "Suzanne Moulin",
            "taal": "nld",
            **more,
        }

    def with_content(self, content: bytes = BYTES, **more: Any) -> dict[str, Any]:
        return self.body(inhoud=base64(content), bestandsomvang=len(content), **more)

    def made(self, **more: Any) -> dict[str, Any]:
        """A new document, as it was answered."""
        return self.answered(self.api.post(DOCUMENTEN, self.body(**more)), 201)

    def stored(self, content: bytes = BYTES, **more: Any) -> dict[str, Any]:
        """A new document with content, as it was answered."""
        return self.answered(self.api.post(DOCUMENTEN, self.with_content(content, **more)), 201)

    def locked(self, url: str, api: ApiClient | None = None) -> str:
        """The lock of a document from now on."""
        lock: str = self.answered((api or self.api).post(f"{url}/lock"), 200)["lock"]
        return lock

    def changed(self, url: str, **given: Any) -> dict[str, Any]:
        """A document after a PATCH, locked for it and unlocked again."""
        lock = self.locked(url)
        after = self.answered(self.api.patch(url, {**given, "lock": lock}), 200)
        assert self.api.post(f"{url}/unlock", {"lock": lock}).status_code == 204
        return after

    def part(self, url: str, content: bytes, lock: str, api: ApiClient | None = None) -> Response:
        return (api or self.api).multipart("PUT", url, part_of_content(content, lock), BOUNDARY)

    def row(self, url: str) -> EnkelvoudigInformatieObject:
        with in_municipality(self.municipality):
            return EnkelvoudigInformatieObject.objects.select_related("inhoud").get(pk=url.rpartition("/")[2])

    def content(self, url: str) -> bytes:
        """The bytes of the newest version, as they lie in the storage."""
        inhoud = self.row(url).inhoud
        assert inhoud is not None
        with in_municipality(self.municipality):
            return b"".join(storage_of(inhoud.opslag).pieces(inhoud.key))

    def new(self, **more: Any) -> EnkelvoudigInformatieObject:
        """A row without content."""
        with in_municipality(self.municipality):
            made: EnkelvoudigInformatieObject = EnkelvoudigInformatieObjectFactory.create(
                **{"informatieobjecttype": self.type, **more}
            )
        return made

    def reader(self, *scopes: str, maximum: Level = Level.ZEER_GEHEIM, type: Any = None) -> ApiClient:  # noqa: A002
        """An application with these scopes on documents of one type."""
        with in_municipality(self.municipality):
            given: Autorisatie = right(
                "drc", scopes or ("documenten.lezen",), type or self.type, maximum=maximum
            )
        return api_with_rights(self.municipality, given)

    def publishing(self, api: ApiClient) -> ApiClient:
        """The application reads only what is ready for publication from now on."""
        with in_municipality(self.municipality):
            Applicatie.objects.filter(client_ids__client_id=api.client.client_id).update(
                alleen_is_gereed_voor_publicatie=True
            )
        return api

    @staticmethod
    def answered(response: Response, status: int) -> dict[str, Any]:
        assert response.status_code == status, response.content
        told: dict[str, Any] = response.json()
        return told


def archive_of(api: ApiClient) -> Archive:
    with in_municipality(api.municipality):
        of_one = InformatieobjecttypeFactory.create(published=True)
        other = InformatieobjecttypeFactory.create(published=True, catalogus=of_one.catalogus)
    return Archive(api, of_one, other)


@pytest.fixture
def archive(haarlem_api: ApiClient) -> Archive:
    return archive_of(haarlem_api)


def files_below(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file())


def path_of(url: str) -> str:
    return urlsplit(url).path
