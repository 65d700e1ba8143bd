"""What is published in versions, as programs see it: what holds today, each version, and a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers

from api.pipeline.words.refusals import NotFound
from contracts.forms.publishing import LONGEST_NAME, LONGEST_REASON
from contracts.models.version import Version, Versioned, in_force
from contracts.publishing import AREA, AgreementRefused, Publishing
from tenants.accounts.rights import Level
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel, read_body
from vendor_api.http.changing import Changeable
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.http.refusals import NotPossible

RIGHTS = {
    "list": (AREA, Level.SEE),
    "retrieve": (AREA, Level.SEE),
    "versions": (AREA, Level.SEE),
    "create": (AREA, Level.CHANGE),
    "publish": (AREA, Level.CHANGE),
}


class VersionMembers(Camel):
    number = serializers.IntegerField()
    effective_from = serializers.DateField(help_text="De eerste dag waarop deze versie geldt.")
    reason = serializers.CharField()
    published_at = serializers.DateTimeField()
    published_by = serializers.CharField()


class VersionedMembers(Camel):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    latest_version = serializers.IntegerField(
        source="latest.number", help_text="Het nummer van de laatste versie, ook als zij nog niet geldt."
    )


class VersionedParameters(ListParameters):
    name = serializers.CharField(required=False, max_length=LONGEST_NAME, help_text="Een deel van de naam.")


class NewVersion(Camel):
    effective_from = serializers.DateField(
        help_text="De eerste dag waarop deze versie geldt. Wat dan al loopt, houdt de afspraken waarmee het"
        " begon."
    )
    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="Waarom deze versie er komt.")


class Name(Camel):
    name = serializers.CharField(max_length=LONGEST_NAME)


class VersionedResource(Changeable):
    """A subclass has its model, its members, and how the body of a version becomes terms."""

    rights = RIGHTS
    changing = frozenset({"publish"})
    refused = AgreementRefused
    model: ClassVar[type[Versioned]]
    shown: ClassVar[type[VersionedMembers]]
    version_shown: ClassVar[type[VersionMembers]]
    read_with: ClassVar[Sequence[str]] = ("versions",)
    """What is fetched along: the members of every version read it."""

    def listed(self, request: Any) -> HttpResponse:
        parameters = asked(request, VersionedParameters)
        rows = self.rows()
        if "name" in parameters:
            rows = rows.filter(name__icontains=parameters["name"])
        return page_of(request, rows, parameters, lambda found: [self.members(each) for each in found])

    def read(self, request: Any, pk: int) -> HttpResponse:
        return object_answer(request, self.members(self.one(pk)))

    def versions_of(self, request: Any, pk: int) -> HttpResponse:
        parameters = asked(request, ListParameters)
        found = self.one(pk)
        below = [each.removeprefix("versions__") for each in self.read_with if each != "versions"]
        return page_of(
            request,
            found.versions.order_by("-number").prefetch_related(*below),
            parameters,
            lambda page: [self.version_members(each) for each in page],
        )

    def added(
        self, body: type[Camel], add: Callable[[dict[str, Any], Publishing], Versioned]
    ) -> HttpResponse:
        """``add`` is given what the body says, and how it is published."""

        def act(sent: Any) -> HttpResponse:
            given = read_body(body, sent)
            try:
                made = add(given, how(given))
            except AgreementRefused as refused:
                raise NotPossible(str(refused)) from refused
            return self.made(made.pk)

        return self.done_once(act, takes_body=True)

    def published(
        self, pk: int, body: type[Camel], publish: Callable[[Any, dict[str, Any], Publishing], Version]
    ) -> HttpResponse:
        """``publish`` is given what gets the version too."""

        def act(found: Any, sent: Any) -> None:
            given = read_body(body, sent)
            publish(found, given, how(given))

        return self.changed(pk, act, takes_body=True, status=201)

    def one(self, pk: int) -> Any:
        found = self.rows().filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def members(self, found: Any) -> dict[str, Any]:
        versions = list(found.versions.all())
        found.latest = max(versions, key=lambda each: each.number)
        found.current = in_force(versions, timezone.localdate())
        return dict(self.shown(found).data)

    def version_members(self, found: Any) -> dict[str, Any]:
        return dict(self.version_shown(found).data)

    def rows(self) -> QuerySet[Any]:
        """Of one's own organisation."""
        return self.model.objects.visible_to(self.holder).prefetch_related(*self.read_with)


def how(given: dict[str, Any]) -> Publishing:
    return Publishing(given["effective_from"], given["reason"])
