"""ac-002: an applicatie has all rights, or the ones that are listed; never both, never neither."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.rules import rule
from api.pipeline.violations import OBJECT, Violation
from api.pipeline.write import Write


@rule("ac-002")
def all_rights_or_listed_ones(write: Write) -> Iterator[Violation]:
    """Judged on what the applicatie becomes."""
    everything, listed = write.value("heeft_alle_autorisaties"), _has_listed(write)
    if everything and listed:
        yield Violation(
            OBJECT,
            "ambiguous-authorizations-specified",
            "Geef autorisaties op of zet 'heeftAlleAutorisaties', niet allebei.",
        )
    if not everything and not listed:
        yield Violation(
            OBJECT, "missing-authorizations", "Geef autorisaties op of zet 'heeftAlleAutorisaties'."
        )


def _has_listed(write: Write) -> bool:
    if "autorisaties" in write.data:
        return bool(write.data["autorisaties"])
    return write.instance is not None and write.instance.autorisaties.exists()
