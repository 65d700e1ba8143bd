"""What the resources of the Catalogi API share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.exceptions import APIException

from api.catalogi.copying import NewVersion, as_version
from api.catalogi.rules.copying import begins_on_another_day
from api.catalogi.rules.ztc_014_lezen import RIGHTS
from api.catalogi.scopes import CATALOGI_SCHRIJVEN
from api.catalogi.succession import END_PREVIOUS, PUBLISHING, end_previous
from api.pipeline.commit.entry import carry_out, until_uncrossed
from api.pipeline.declare.operations import Operation, Place
from api.pipeline.declare.rules import Effect, Rule
from api.pipeline.http.query import refuse_unknown
from api.pipeline.http.resource import Resource
from api.pipeline.validate.values import described_serializer
from api.pipeline.words.refusals import NotFound, Refusal
from api.pipeline.words.served import Api

CATALOGI = Api(
    "catalogi",
    "ztc",
    "1.3.3",
    "Catalogi API",
    explanation="De catalogus van zaaktypen, informatieobjecttypen en besluittypen, in versies.",
    standard="https://vng-realisatie.github.io/gemma-zaken/standaard/catalogi/",
)


class CatalogiResource(Resource):
    """Read by who holds the scope of the component, or of zaken or documenten (ztc-014)."""

    api = CATALOGI
    rights = RIGHTS


class VersionResource(CatalogiResource):
    """A main type: every row is a version, made as a concept and then published."""

    related = ("catalogus",)
    identified_by: ClassVar[str]
    """What all versions of one type have in common within their catalogus."""

    def publish(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """200 with the type, no longer a concept; refused where published versions would overlap."""
        given = self.parameters(request)

        @transaction.atomic
        def attempt() -> str:
            write = self.write({"concept": False}, {"uuid": uuid})
            if given.get(END_PREVIOUS):
                end_previous(write, uuid, self.identified_by)
            return carry_out(write, uuid) or ""

        return self.tagged(self.answer(until_uncrossed(attempt)))

    def versie(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """201 with a new version, a concept beside the one that it continues."""
        return self.copied(request, uuid, NewVersion, as_version)

    def copied(
        self,
        request: Any,
        uuid: Any,
        body: type[serializers.Serializer[Any]],
        becomes: Callable[[Any, dict[str, Any]], dict[str, Any]],
    ) -> HttpResponse:
        """201 with what a row ``becomes`` with what the body gives."""
        try:
            given = self._read(request, body)
        except (Refusal, APIException):
            self.refuse_absent({"uuid": uuid})
            raise

        @transaction.atomic
        def attempt() -> HttpResponse:
            source = self.lockable().filter(pk=uuid).first()
            if source is None:
                raise NotFound
            write = self.write(becomes(source, given), {})
            write.source = source
            document = carry_out(write)
            return self.created(write, document or "")

        return until_uncrossed(attempt)

    def _read(self, request: Any, body: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        self.check_parameters(request, set())
        serializer = body(data=self.body(request), context={"caller": self.caller})
        given = serializer.initial_data
        if isinstance(given, dict):
            refuse_unknown(set(given) - set(serializer.fields))
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    @classmethod
    def kanaal_kenmerken(cls, main: Any) -> dict[str, str]:
        return {"catalogus": cls.of(type(main.catalogus)).url_of(main.catalogus)}


def publishing(*rules: Rule) -> Operation:
    """``POST …/publish``."""
    return Operation(
        CATALOGI_SCHRIJVEN,
        rules=rules,
        parameters=PUBLISHING,
        at=Place("post", "publish", on_object=True),
        schema={},
    )


def new_version(identified_by: str, *effects: Effect) -> Operation:
    """``POST …/versie``."""
    return Operation(
        CATALOGI_SCHRIJVEN,
        rules=(begins_on_another_day(identified_by),),
        effects=effects,
        at=Place("post", "versie", on_object=True),
        creates=True,
        experimental=True,
        schema=described_serializer(NewVersion()),
        summary="Nieuwe versie van {one} maken",
        explanation=(
            "Maakt een concept met alles wat deze versie heeft, geldig vanaf een andere dag."
            " Deze versie blijft zoals zij is."
        ),
    )


class SubtypeResource(CatalogiResource):
    """A part of one version of a zaaktype."""

    related = ("zaaktype", "zaaktype__catalogus")
