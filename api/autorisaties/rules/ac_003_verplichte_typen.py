"""ac-003: a right on zaken, documenten or besluiten says on which type, and up to which level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.autorisaties.members import LEVEL
from api.autorisaties.types import TYPED
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def type_and_level_given(write: Write) -> Iterator[Violation]:
    """Autorisaties with only other scopes, such as ``audittrails.lezen``, need neither."""
    for index, item in enumerate(write.data.get("autorisaties", ())):
        for name in _missing(item):
            yield Violation(f"autorisaties.{index}.{name}", "required", "Dit veld is vereist.")


def _missing(item: dict[str, Any]) -> Iterator[str]:
    typed = TYPED.get(item["component"])
    if typed is None or not any(scope.startswith(typed.scopes) for scope in item["scopes"]):
        return
    if not item.get(typed.attribute):
        yield typed.attribute
    if typed.levelled and not item.get(LEVEL):
        yield LEVEL
