"""zrc-014: where nothing has to be paid, nothing was paid last."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rules import effect, rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation
from api.zaken.models.keuzes import Betalingsindicatie


@rule
def no_payment_without_costs(write: Write) -> Iterator[Violation]:
    """No new ``laatsteBetaaldatum`` together with the indication ``nvt``."""
    if write.value("betalingsindicatie") == Betalingsindicatie.NVT and write.data.get("laatste_betaaldatum"):
        yield Violation("laatsteBetaaldatum", "betaling-nvt", "Er zijn bij deze zaak geen kosten te betalen.")


@effect
def forget_payment(write: Write) -> None:
    """Changing the indication to ``nvt`` empties the date that stood there."""
    if write.value("betalingsindicatie") == Betalingsindicatie.NVT and write.value("laatste_betaaldatum"):
        write.data["laatste_betaaldatum"] = None
