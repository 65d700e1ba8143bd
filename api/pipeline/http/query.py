"""The query of a request: what it gives, of the parameters that the operation takes.

Clients of Open Zaak write some of it in forms that the standard does not have: ``zaaktype=`` for what is
not asked, ``ordering[]=startdatum``, and ``expand=zaaktype&expand=status`` for several values. A
municipality that is compatible reads them as they are meant.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from django.http import QueryDict

from api.pipeline.validate.filters import Parameters
from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import OBJECT, Violation

LISTS = frozenset(("expand", "ordering"))
"""What is comma separated on every resource that has it."""


def read_query(
    query: QueryDict, taken: AbstractSet[str], declared: Parameters, *, compatible: bool
) -> dict[str, str]:
    """The values by name; raises ``Invalid`` for what is not ``taken``, asked or not."""
    given = _as_meant(query, declared) if compatible else {name: each[-1] for name, each in query.lists()}
    refuse_unknown(given.keys() - taken)
    for name, value in given.items():
        if "\x00" in value:
            raise Invalid([Violation(name, "invalid", "NUL-tekens zijn niet toegestaan.")])
    return {name: value for name, value in given.items() if value} if compatible else given


def refuse_unknown(unknown: AbstractSet[str]) -> None:
    """Raise ``Invalid`` for names that the operation does not know."""
    if unknown:
        names = ", ".join(sorted(name[:50] for name in unknown))
        raise Invalid([Violation(OBJECT, "unknown-parameters", f"Onbekende parameters: {names}")])


def _as_meant(query: QueryDict, declared: Parameters) -> dict[str, str]:
    given: dict[str, list[str]] = {}
    for written, values in query.lists():
        name = written.removesuffix("[]")
        given.setdefault(name if _is_list(name, declared) else written, []).extend(values)
    return {
        name: ",".join(filter(None, values)) if _is_list(name, declared) else values[-1]
        for name, values in given.items()
    }


def _is_list(name: str, declared: Parameters) -> bool:
    return name in LISTS or (name in declared and declared[name].takes_several)
