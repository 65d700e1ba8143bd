"""What the sub-types of a zaaktype have in common in their declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.catalogi.filters import ByStatus, ValidOn
from api.catalogi.models import Zaaktype
from api.catalogi.rules.correction import only_extends, part_in_use_stays, unchanged
from api.catalogi.rules.subtype import (
    catalogus_is_that_of_zaaktype,
    dates_are_in_order,
    dates_are_those_of_zaaktype,
)
from api.catalogi.rules.ztc_010_definitief_zaaktype import part_of_published_zaaktype_stays_as_it_is
from api.catalogi.rules.ztc_014_lezen import LEZEN
from api.catalogi.scopes import SCHRIJVEN, VERWIJDEREN
from api.pipeline.declare.operations import Operation
from api.pipeline.declare.rules import Rule
from api.pipeline.validate.filters import Filter, LinkTo, Text

FIXED = part_of_published_zaaktype_stays_as_it_is
AGREES = (catalogus_is_that_of_zaaktype, dates_are_those_of_zaaktype, dates_are_in_order)


def filters(**more: Filter) -> dict[str, Filter]:
    """The filters that lists of every sub-type take, and more."""
    return {
        "zaaktype": LinkTo("zaaktype", Zaaktype),
        "zaaktypeIdentificatie": Text("zaaktype__identificatie"),
        "status": ByStatus("zaaktype__"),
        "datumGeldigheid": ValidOn("zaaktype__"),
        **more,
    }


def operations(
    listing: Mapping[str, Filter],
    *,
    rules: tuple[Any, ...] = (),
    fixed: Any = FIXED,
    extending: tuple[Rule, ...] = (),
    **stages: Any,
) -> dict[str, Operation]:
    """The seven operations on a sub-type; ztc-010 guards every write.

    ``extending`` is what a correction must satisfy, besides staying in its zaaktype.
    ``stages`` are what a write passes besides the rules, such as ``asking`` and ``prepare``.
    """
    correct = only_extends(unchanged("zaaktype"), *extending)
    changing = Operation(SCHRIJVEN, rules=(fixed, correct, part_in_use_stays, *AGREES, *rules), **stages)
    return {
        "list": Operation(LEZEN, filters=listing),
        "create": changing,
        "retrieve": Operation(LEZEN),
        "headers": Operation(LEZEN),
        "update": changing,
        "partial_update": changing,
        "destroy": Operation(VERWIJDEREN, rules=(fixed,)),
    }
