"""Haarlem and Utrecht side by side, each with one object of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model

from api.documenten.models import EnkelvoudigInformatieObject
from api.pipeline.words import registry
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, api_with_all_rights
from tests.factories.everything import Objects, everything, vacate, valid_body
from tests.isolation.rows import Digests, digests


@dataclass(frozen=True, slots=True)
class House:
    """A municipality as an application with all rights sees it."""

    api: ApiClient
    objects: Objects
    before: Digests
    """What its tables hold when nothing has happened."""
    bodies: dict[Any, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, municipality: Municipality) -> House:
        api = api_with_all_rights(municipality)
        objects = everything(municipality)
        zaak = registry.resource_for(Zaak).url_of(objects[Zaak]).removeprefix("zaakplein:")
        assert api.patch(zaak, {"omschrijving": f"van {municipality.naam}"}).status_code == 200  # a trail
        return cls(api, objects, digests(municipality))

    def __getitem__(self, model: type[Model]) -> Any:
        return self.objects[model]

    @property
    def is_unchanged(self) -> bool:
        return digests(self.api.municipality) == self.before

    def body(self, resource: Any) -> dict[str, Any]:
        """What a client sends to make or replace this house's object."""
        if resource not in self.bodies:
            self.bodies[resource] = valid_body(self.api, resource, self.objects)
        return self.bodies[resource]

    def vacate(self, resource: Any) -> None:
        """Take the object away, so that another like it can be made."""
        vacate(self.api, resource, self.objects)

    def unlock(self) -> None:
        """Nobody is at work on the document any more."""
        with in_municipality(self.api.municipality):
            EnkelvoudigInformatieObject.objects.filter(pk=self[EnkelvoudigInformatieObject].pk).update(
                lock="", lock_houder=""
            )

    def etag(self, model: type[Model]) -> str:
        """Of the object, as its own municipality answers it; empty where there is none."""
        path = registry.resource_for(model).path_of(self[model])
        return str(self.api.get(path).headers.get("ETag", ""))

    def keys_in(self, text: str) -> set[str]:
        """The keys of this house's objects that stand in a text."""
        return {key for key in (str(each.pk) for each in self.objects.values()) if key in text}


@dataclass(frozen=True, slots=True)
class Square:
    """The house that is attacked, and the neighbour whose objects are sought there."""

    haarlem: House
    utrecht: House


@contextmanager
def undone() -> Iterator[None]:
    """What happens within has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
