"""zrc-023: deleting a zaak deletes all of it: its parts, what belongs to it, and its trail.

What stays is a line without content: that a zaak was deleted, when and by whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from api.pipeline.authorise.belonging import main_before
from api.pipeline.authorise.judgement import refusals_along
from api.pipeline.commit.effects import remove
from api.pipeline.declare.rules import effect, guard, rule
from api.pipeline.declare.write import Write, fact
from api.pipeline.words.violations import OBJECT, Lacking, Violation
from api.records.models import AuditTrail
from api.zaken.models import Zaak
from api.zaken.scopes import ZAKEN_VERWIJDEREN

MOST_DEELZAKEN = 1000
"""How many deelzaken go with a zaak in one request."""


def its_deelzaken(_write: Write, uuid: UUID | None) -> Iterable[UUID]:
    """They are locked with the zaak; who gives it another one waits."""
    return Zaak.objects.filter(hoofdzaak=uuid).values_list("pk", flat=True)


@guard
def deelzaken_may_go_too(write: Write) -> Lacking | None:
    """A zaak goes with its deelzaken, so who may delete it may delete each of them."""
    refused = len(refusals_along(write, deelzaken(write)))
    if not refused:
        return None
    return Lacking(
        ZAKEN_VERWIJDEREN,
        f"Van de deelzaken, die mee verwijderd worden, mag u er {refused} niet verwijderen.",
    )


@rule
def not_too_many_deelzaken(write: Write) -> Iterator[Violation]:
    """More than these take too long for one request; they can be deleted one by one before it."""
    if len(deelzaken(write)) > MOST_DEELZAKEN:
        reason = f"Er zijn meer dan {MOST_DEELZAKEN} deelzaken; verwijder die eerst afzonderlijk."
        yield Violation(OBJECT, "too-many-deelzaken", reason)


@effect
def delete_deelzaken(write: Write) -> None:
    """Each deelzaak goes by the same rules, so that its subscribers hear of it too."""
    remove(write, deelzaken(write))


@effect
def erase_trail(write: Write) -> None:
    """Nothing that the zaak was can be read back."""
    AuditTrail.objects.filter(hoofd_object_uuid=write.instance.pk).delete()
    write.tombstone = True


@fact
def deelzaken(write: Write) -> list[Zaak]:
    """All of them, whoever may see them; a deelzaak has none of its own."""
    zaak = main_before(write)
    if zaak.hoofdzaak_id is not None:
        return []
    return list(zaak.deelzaken.select_related("zaaktype").order_by("pk"))
