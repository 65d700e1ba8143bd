"""ac-002: an applicatie has all rights, or the ones that are listed; never both, never neither."""

from __future__ import annotations

from collections.abc import Iterator

from api.autorisaties.wide import kept
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation


@rule
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
    given = write.data.get("autorisaties")
    if given or write.instance is None:
        return bool(given)
    if given is None:
        return bool(write.instance.autorisaties.exists())
    # nothing is what a right on a catalogus without types shows
    return not write.value("heeft_alle_autorisaties") and bool(kept(write.instance, ()))
