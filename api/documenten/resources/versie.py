"""An earlier version of a document, as it is read by who asks for it."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, QuerySet

from api.clients.client import Client
from api.documenten.models import InformatieObjectVersie
from api.documenten.representation import EARLIER
from api.documenten.resources.documenten import DOCUMENTEN
from api.documenten.rights import RIGHTS
from api.documenten.scopes import DOCUMENTEN_LEZEN
from api.pipeline.declare.declaration import Declaration
from api.pipeline.declare.operations import Operation
from api.pipeline.sql.rows import Sql


class EarlierVersion(Declaration):
    """Has no address of its own: the document shows it under its own.

    It is judged as it was, and the document as it is: who may not see the one or the other sees neither.
    """

    api = DOCUMENTEN
    rights = RIGHTS
    path = "enkelvoudiginformatieobjecten"
    noun = "enkelvoudiginformatieobject"
    model = InformatieObjectVersie
    representation = EARLIER
    operations = {"retrieve": Operation(DOCUMENTEN_LEZEN)}

    @classmethod
    def visible(cls) -> Any:
        scope = cls.read_scope()
        as_it_was, as_it_is = cls.rights.visible(scope), cls.rights.visible(scope, "document__")
        return Sql("({} AND {})", as_it_was, as_it_is, output_field=BooleanField())

    @classmethod
    def seen_by(cls, client: Client, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        scope = cls.read_scope()
        return cls.rights.restrict(cls.rights.restrict(rows, client, scope), client, scope, "document__")
