"""zrc-013: a hoofdzaak is another zaak, and is not itself a deelzaak.

The database holds it as well (``zaak_below_one_on_top``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


def its_hoofdzaak(write: Write, _uuid: UUID | None) -> Iterable[UUID]:
    """The one that it gets is locked with it: it may be getting a hoofdzaak at the same moment."""
    hoofdzaak = write.data.get("hoofdzaak")
    return () if hoofdzaak is None else (hoofdzaak.pk,)


@rule
def hoofdzaak_stands_above(write: Write) -> Iterator[Violation]:
    """Not the zaak itself, not a part of another, and none at all for what has deelzaken."""
    hoofdzaak = write.data.get("hoofdzaak")
    if hoofdzaak is None:
        return
    if write.instance is not None and hoofdzaak.pk == write.instance.pk:
        yield Violation("hoofdzaak", "self-forbidden", "Een zaak kan niet zijn eigen hoofdzaak zijn.")
    elif hoofdzaak.hoofdzaak_id is not None:
        yield Violation("hoofdzaak", "deelzaak-als-hoofdzaak", "Een deelzaak kan geen hoofdzaak zijn.")
    elif write.instance is not None and write.instance.deelzaken.exists():
        yield Violation(
            "hoofdzaak", "deelzaak-als-hoofdzaak", "Een zaak met deelzaken kan geen deelzaak zijn."
        )
