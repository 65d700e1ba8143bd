"""What the resources of the Catalogi API share."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from api.catalogi.rules.ztc_014_lezen import RIGHTS
from api.pipeline.commit import commit
from api.pipeline.operations import Api
from api.pipeline.resource import Resource
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

    def publish(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """200 with the type, no longer a concept; refused where published versions would overlap."""
        self._check_parameters(request, set())
        write = Write(type(self), "publish", self.caller, {"concept": False})
        return self._tagged(self._json(commit(write, self.operation, uuid) or ""))

    @classmethod
    def kenmerken(cls, main: Any) -> dict[str, str]:
        return {"catalogus": cls.of(type(main.catalogus)).url_of(main.catalogus)}


class SubtypeResource(CatalogiResource):
    """A part of one version of a zaaktype."""

    related = ("zaaktype", "zaaktype__catalogus")
