"""The type that an autorisatie names is one of its component, and is here (no number in the standard)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.autorisaties.types import TYPED, Typed
from api.pipeline.declare.write import Write
from api.pipeline.validate.references import PREFIX, find_stored
from api.pipeline.words.violations import Violation

REASONS = {
    "bad-url": "Deze URL bestaat niet in deze gemeente.",
    "invalid-resource": "Deze URL wijst naar een ander soort object dan hier hoort.",
}


def types_found(write: Write) -> Iterator[Violation]:
    """A URL of this municipality is looked up; that of a catalogus elsewhere is taken as it is.

    A type that is gone may be given again by who read it here.
    """
    named = list(_named(write))
    here = {typed.attribute: _present(typed, write, named) for typed in {typed for _, typed, _ in named}}
    for index, typed, url in named:
        code = _problem_with(url, typed, here[typed.attribute])
        if code is not None:
            yield Violation(f"autorisaties.{index}.{typed.attribute}", code, REASONS[code])


def _named(write: Write) -> Iterator[tuple[int, Typed, str]]:
    for index, item in enumerate(write.data.get("autorisaties", ())):
        typed = TYPED.get(item["component"])
        url = item.get(typed.attribute, "") if typed else ""
        if typed is not None and url.startswith(PREFIX):
            yield index, typed, url


def _present(typed: Typed, write: Write, named: list[tuple[int, Typed, str]]) -> set[UUID]:
    found = (find_stored(url) for _, each, url in named if each is typed)
    keys = [reference.uuid for reference in found if reference is not None]
    present = set(typed.model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
    if write.instance is not None:
        present |= set(write.instance.autorisaties.values_list("type_uuid", flat=True))
    return present


def _problem_with(url: str, typed: Typed, present: set[UUID]) -> str | None:
    reference = find_stored(url)
    if reference is None:
        return "bad-url"
    if reference.resource.model is not typed.model:
        return "invalid-resource"
    return None if reference.uuid in present else "bad-url"
