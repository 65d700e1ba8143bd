"""zrc-013: a hoofdzaak is another zaak, and is not itself a deelzaak."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def hoofdzaak_stands_above(write: Write) -> Iterator[Violation]:
    """Not the zaak itself, not a part of another."""
    hoofdzaak = write.data.get("hoofdzaak")
    if hoofdzaak is None:
        return
    if write.instance is not None and hoofdzaak.pk == write.instance.pk:
        yield Violation("hoofdzaak", "self-forbidden", "Een zaak kan niet zijn eigen hoofdzaak zijn.")
    elif hoofdzaak.hoofdzaak_id is not None:
        yield Violation("hoofdzaak", "deelzaak-als-hoofdzaak", "Een deelzaak kan geen hoofdzaak zijn.")
