"""``/bestandsdelen``."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from api.clients.scopes import ScopeExpression
from api.documenten import locks
from api.documenten.content.parts import LARGEST_BODY, MULTIPART, Part, read_part
from api.documenten.content.places import place_of
from api.documenten.models import BestandsDeel
from api.documenten.resources.documenten import WithContent
from api.documenten.rules.drc_009_vergrendelen import lock_is_shown
from api.documenten.rules.inhoud import (
    CONTENT,
    keep_part,
    let_replaced_go,
    part_has_its_size,
    put_part_away,
)
from api.documenten.scopes import DOCUMENTEN_BIJWERKEN, DOCUMENTEN_LEZEN
from api.pipeline.authorise.judgement import refuse_main
from api.pipeline.commit.entry import carry_out
from api.pipeline.declare.operations import Operation
from api.pipeline.declare.write import Write
from api.pipeline.represent.links import Self
from api.pipeline.represent.members import Computed, Field, Secret
from api.pipeline.represent.representation import Representation
from api.pipeline.sql.rows import Sql
from api.pipeline.words.refusals import Invalid, NotFound
from api.pipeline.words.violations import Violation

BODY = {
    "type": "object",
    "required": ["lock"],
    "properties": {
        "inhoud": {"type": "string", "format": "binary", "writeOnly": True},
        "lock": {"type": "string", "writeOnly": True},
    },
}


def _voltooid() -> Any:
    return Sql("({} IS NOT NULL)", "inhoud_id")


class BestandsDeelResource(WithContent):
    """A part of content that comes in parts; it is there until the document is unlocked."""

    path = "bestandsdelen"
    noun = "bestandsdeel"
    explanation = "Een deel van de inhoud van een document die in delen wordt gestuurd."
    model = BestandsDeel
    main = "document"
    related = ("document", "document__informatieobjecttype")
    kanaal = ""
    paged = False
    expands = False
    conditional = False
    representation = Representation(
        url=Self(),
        volgnummer=Field(read_only=True),
        omvang=Field(read_only=True),
        voltooid=Computed(_voltooid, {"type": "boolean"}),
        lock=Secret("document__lock", holder="document__lock_houder", schema={"type": "string"}),
    )
    operations = {
        "update": Operation(
            DOCUMENTEN_BIJWERKEN,
            outside=(put_part_away,),
            rules=(lock_is_shown, part_has_its_size),
            prepare=(keep_part,),
            effects=(let_replaced_go,),
            takes=MULTIPART,
            body_limit=LARGEST_BODY,
            schema=BODY,
            explanation="Stuurt de bytes van dit deel; de omvang moet die van het deel zijn.",
        ),
    }

    @classmethod
    def read_scope(cls) -> ScopeExpression:
        return DOCUMENTEN_LEZEN

    def update(self, request: Any, **kwargs: Any) -> HttpResponse:
        """200 with the part; what was sent of it before is replaced."""
        uuid = kwargs["uuid"]
        self.check_parameters(request, set())
        deel = self._waiting(uuid)
        part = read_part(
            request._request,  # noqa: SLF001 - bodies come in pieces
            most=deel.omvang,
            place=place_of(deel),
        )
        write = self.write(self._given(part), kwargs)
        write.aside = {locks.LOCK: part.lock or ""}
        return self.answer(carry_out(write, uuid) or "")

    @classmethod
    def told(cls, write: Write, kept: str) -> str:
        """With the lock, for the client that holds it."""
        return cls.document(write.instance.pk, write.client, tells=True)

    def _waiting(self, uuid: Any) -> BestandsDeel:
        """The part as it stands; nothing is read from who may not send it."""
        deel: BestandsDeel | None = self.referable().filter(pk=uuid).first()
        if deel is None:
            raise NotFound
        refusal = refuse_main(type(self), self.operation.scope, self.client, deel.document)
        if refusal is not None:
            raise refusal
        return deel

    def _given(self, part: Part) -> dict[str, Any]:
        missing = [("inhoud", part.uploaded), ("lock", part.lock)]
        absent = [Violation(name, "required", "Dit veld is vereist.") for name, each in missing if not each]
        if absent:
            raise Invalid(absent)
        return {CONTENT: part.uploaded}
