"""What the resources of the Catalogi API share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse
from rest_framework import serializers

from api.catalogi.copying import SOURCE, NewVersion, as_version
from api.catalogi.rules.copying import begins_on_another_day
from api.catalogi.rules.ztc_014_lezen import RIGHTS
from api.catalogi.scopes import CATALOGI_SCHRIJVEN
from api.catalogi.succession import END_PREVIOUS, PUBLISHING, end_previous
from api.pipeline.bodies import read_json
from api.pipeline.commit import commit, complete
from api.pipeline.filters import parse
from api.pipeline.operations import Api, Operation
from api.pipeline.refusals import Invalid, NotFound
from api.pipeline.resource import Resource
from api.pipeline.rules import Effect, Rule
from api.pipeline.shapes import described_serializer
from api.pipeline.write import Write

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
        given, violations = parse(self.operation.filters, self._parameters(request), self.caller)
        if violations:
            raise Invalid(violations)
        write = Write(type(self), "publish", self.caller, {"concept": False})
        with transaction.atomic():
            if given.get(END_PREVIOUS):
                end_previous(write, uuid, self.identified_by)
            document = commit(write, self.operation, uuid)
        return self._tagged(self._json(document or ""))

    def versie(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """201 with a new version, a concept beside the one that it continues."""
        return self._copied(request, uuid, NewVersion)

    def _copied(self, request: Any, uuid: Any, body: type[serializers.Serializer[Any]]) -> HttpResponse:
        try:
            given = self._read(request, body)
        except Exception:
            self._refuse_absent(uuid)
            raise
        write = Write(type(self), "create", self.caller, given)
        with transaction.atomic():
            write.memo[SOURCE] = self.lockable().filter(pk=uuid).first()
            if write.memo[SOURCE] is None:
                raise NotFound
            complete(write, self.operation)
            document = commit(write, self.operation)
        return self._created(write, document or "")

    def _read(self, request: Any, body: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        self._check_parameters(request, set())
        given = read_json(request._request, limit=self.operation.body_limit)  # noqa: SLF001
        serializer = body(data=given)
        if isinstance(given, dict):
            self._refuse_unknown(set(given) - set(serializer.fields))
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _parameters(self, request: Any) -> dict[str, str]:
        self._check_parameters(request, set(self.operation.filters))
        return dict(request.GET.items())

    @classmethod
    def kenmerken(cls, main: Any) -> dict[str, str]:
        return {"catalogus": cls.of(type(main.catalogus)).url_of(main.catalogus)}


def publishing(*rules: Rule) -> Operation:
    """``POST …/publish``."""
    return Operation(
        CATALOGI_SCHRIJVEN,
        rules=rules,
        filters=PUBLISHING,
        method="post",
        suffix="publish",
        on_object=True,
        schema={},
    )


def new_version(identified_by: str, *effects: Effect) -> Operation:
    """``POST …/versie``."""
    return Operation(
        CATALOGI_SCHRIJVEN,
        derive=(as_version,),
        rules=(begins_on_another_day(identified_by),),
        effects=effects,
        method="post",
        suffix="versie",
        on_object=True,
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
