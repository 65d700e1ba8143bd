"""drc-008: a document to which nothing belongs any more goes with all of it.

Its versions, parts, gebruiksrechten, verzendingen and trail go, and its content as far as no other document
has it. What stays is a line without content: that a document was deleted, when and by whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.documenten.content.rows import let_go
from api.documenten.models import BestandsDeel, InformatieObjectVersie
from api.pipeline.declare.rules import effect, rule_of_state
from api.pipeline.declare.write import Write, fact
from api.pipeline.words.violations import OBJECT, Violation
from api.records.models import AuditTrail


@rule_of_state
def nothing_belongs_to_it(write: Write) -> Iterator[Violation]:
    """As long as an objectinformatieobject says that it is used it stays."""
    if write.instance.objectinformatieobjecten.exists():
        reason = "Het document hoort nog bij een zaak, besluit of verzoek."
        yield Violation(OBJECT, "pending-relations", reason)


@effect
def know_its_content(write: Write) -> None:
    """What its rows point at is known only while they are there."""
    content_of(write)


@effect
def erase_trail(write: Write) -> None:
    """Nothing that the document was can be read back."""
    AuditTrail.objects.filter(hoofd_object_uuid=write.instance.pk).delete()
    write.tombstone = True


@effect
def let_content_go(write: Write) -> None:
    """The bytes follow once nobody points at them."""
    let_go(content_of(write))


@fact
def content_of(write: Write) -> list[UUID]:
    """All content of the document: of every version, and of parts that came."""
    document = write.instance
    earlier = InformatieObjectVersie.objects.filter(document=document).values_list("inhoud", flat=True)
    parts = BestandsDeel.objects.filter(document=document).values_list("inhoud", flat=True)
    every = {document.inhoud_id, *earlier, *parts}
    return [each for each in every if each is not None]
