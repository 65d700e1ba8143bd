"""zrc-011: every zaak in relevanteAndereZaken exists, here or elsewhere.

The text calls the field ``relevanteAndereZaken.<i>``, the tests of the standard add ``.url``; the
tests are followed.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.validate import outgoing, references
from api.pipeline.words.violations import Violation
from api.zaken.models import Zaak

MOST = 100
MOST_ELSEWHERE = 20


@rule
def relevante_zaken_found(write: Write) -> Iterator[Violation]:
    """The municipality's own are looked up, others are fetched; a bounded number of both.

    One that the caller may not read is not there for it, unless the zaak has it already.
    """
    items = write.data.get("relevante_andere_zaken", ())
    elsewhere = {item["url"] for item in items if not item["url"].startswith(references.PREFIX)}
    if len(items) > MOST or len(elsewhere) > MOST_ELSEWHERE:
        reason = f"Niet meer dan {MOST} zaken, waarvan {MOST_ELSEWHERE} van elders."
        yield Violation("relevanteAndereZaken", "max_length", reason)
        return
    present = {item["url"] for item in write.instance.relevante_andere_zaken} if write.instance else set()
    for index, item in enumerate(items):
        code = _problem_with(item["url"], write, present)
        if code is not None:
            name = f"relevanteAndereZaken.{index}.url"
            yield Violation(name, code, "Deze URL is geen zaak, of is niet bereikbaar.")


def _problem_with(url: str, write: Write, present: set[str]) -> str | None:
    if not url.startswith(references.PREFIX):
        return outgoing.problem_once(url, write.caller)
    reference = references.find_stored(url)
    if reference is None:
        return "bad-url"
    if reference.resource.model is not Zaak:
        return "invalid-resource"
    return None if url in present or reference.row_for(write.caller) is not None else "bad-url"
