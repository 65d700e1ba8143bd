"""zrc-023: deleting a zaak deletes all of it: its parts, what belongs to it, and its trail.

What stays is a line without content: that a zaak was deleted, when and by whom.
"""

from __future__ import annotations

from api.pipeline.commit.effects import remove
from api.pipeline.declare.rules import effect
from api.pipeline.declare.write import Write
from api.records.models import AuditTrail


@effect
def delete_deelzaken(write: Write) -> None:
    """Each deelzaak goes by the same rules, so that its subscribers hear of it too."""
    for deelzaak in write.instance.deelzaken.select_related("zaaktype").order_by("pk"):
        remove(write, deelzaak)


@effect
def erase_trail(write: Write) -> None:
    """Nothing that the zaak was can be read back."""
    AuditTrail.objects.filter(hoofd_object_uuid=write.instance.pk).delete()
    write.tombstone = True
