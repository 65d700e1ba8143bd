"""The parameters of an operation, most of them filters of a list, declared by their name on the wire.

``filters = {"identificatie": Exact("identificatie"), "startdatum__gt": Compare("startdatum", "gt")}``
Values are checked as strictly as a body (x-gen-13); a name that is not declared is refused
(x-gen-14). Filters are data and are never copied, which is why this is not a form: building and
validating a form of 45 fields would take more time than the rest of the request.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from rest_framework import serializers

from api.pipeline.validate import geojson, references, values
from api.pipeline.validate.fields.geometry import is_valid
from api.pipeline.words.caller import Caller
from api.pipeline.words.violations import Violation

NO_KEY = UUID(int=0)
"""A key that no row has: what a link to another house, or to nothing, compares with."""


@dataclass(frozen=True, slots=True)
class Wrong(Exception):
    """A value that the filter does not take."""

    code: str
    reason: str


class Parameter:
    """A value in the query, read by a serializer field; ``parse`` raises ``Wrong``."""

    schema: Mapping[str, Any] = {"type": "string"}
    experimental = False
    of_open_zaak = False
    """Whether only clients of Open Zaak know it: a municipality that is not compatible has it not."""
    explanation: str = ""
    """What a value means, in one Dutch sentence, where its type does not say it."""
    default: Any = None
    """The value that holds when the parameter is not given; ``None`` for none."""
    required = False
    """Whether a search has to give it."""
    sets_day = False
    """Whether its value is the day on which names are resolved to versions."""

    def __init__(
        self, kind: Any = None, schema: Mapping[str, Any] | None = None, *, experimental: bool = False
    ) -> None:
        self.kind = kind or serializers.CharField(allow_blank=True)
        self.schema = schema or {"type": "string"}
        self.experimental = experimental

    def parse(self, value: Any, caller: Caller) -> Any:
        """The checked value of the text in the query, or of the member of a search body."""
        return read(self.kind, value)

    @property
    def takes_several(self) -> bool:
        """Whether its value is a list, comma separated in a query."""
        return self.schema.get("type") == "array"

    def explained(self, text: str) -> Self:
        """The parameter, with what its value means here."""
        self.explanation = text
        return self


class Filter(Parameter, ABC):
    """A parameter that narrows a list; ``condition`` gives the Q."""

    @abstractmethod
    def condition(self, value: Any) -> Any:
        """What a row must satisfy."""


class Lookup(Filter):
    """``attribute lookup value``, with a serializer field that reads the value."""

    def __init__(self, attribute: str, kind: Any = None, lookup: str = "exact", schema: Any = None) -> None:
        super().__init__(kind, schema)
        self.attribute = attribute
        self.lookup = lookup

    def condition(self, value: Any) -> Any:
        return Q(**{f"{self.attribute}__{self.lookup}": value})

    def among(self, values: list[Any]) -> Any:
        """What a row must satisfy to have one of several values."""
        return Q(**{f"{self.attribute}__in": values})


class Text(Lookup):
    """The text itself."""


class PartOf(Lookup):
    """A part of the text, in capitals or not; a text is no longer than its column."""

    explanation = "Komt hierin voor; hoofdletters tellen niet."

    def __init__(self, attribute: str, max_length: int) -> None:
        kind = serializers.CharField(allow_blank=True, max_length=max_length)
        super().__init__(attribute, kind, "icontains", {"type": "string", "maxLength": max_length})


class Day(Lookup):
    """A date, exact or compared: ``Day("startdatum", "gt")``."""

    def __init__(self, attribute: str, lookup: str = "exact") -> None:
        super().__init__(attribute, serializers.DateField(), lookup, {"type": "string", "format": "date"})


class Moment(Lookup):
    """A moment, exact or compared; without an offset it is one in Europe/Amsterdam, as in a body."""

    def __init__(self, attribute: str, lookup: str = "exact") -> None:
        moment = {"type": "string", "format": "date-time"}
        super().__init__(attribute, values.MomentField(), lookup, moment)

    def parse(self, value: Any, caller: Caller) -> Any:
        if caller.municipality.open_zaak_compatibility and isinstance(value, str):
            value = _with_its_plus(values.in_full(value))
        return super().parse(value, caller)


_OFFSET = re.compile(r"\d\d:?\d\d", re.ASCII)


def _with_its_plus(moment: str) -> str:
    """The plus before an offset that was not escaped in a URL arrives as a blank."""
    before, _, offset = moment.rpartition(" ")
    return f"{before}+{offset}" if ":" in before and _OFFSET.fullmatch(offset) else moment


class Empty(Lookup):
    """``true``: has no value; ``false``: has one."""

    explanation = "`true`: zonder waarde; `false`: met een waarde."

    def __init__(self, attribute: str) -> None:
        super().__init__(attribute, serializers.BooleanField(), "isnull", {"type": "boolean"})


class Yes(Lookup):
    """A boolean column."""

    def __init__(self, attribute: str) -> None:
        super().__init__(attribute, serializers.BooleanField(), "exact", {"type": "boolean"})


class OneOf(Lookup):
    """A word of a closed set; the numbers of an ordered set stand behind their words."""

    def __init__(self, attribute: str, choices: Sequence[tuple[Any, Any]], lookup: str = "exact") -> None:
        ordinal = bool(choices) and isinstance(choices[0][0], int)
        self.values = {label if ordinal else value: value for value, label in choices if value != ""}
        words = list(self.values)
        super().__init__(attribute, serializers.ChoiceField(words), lookup, {"type": "string", "enum": words})

    def condition(self, value: Any) -> Any:
        return super().condition(self.values[value])

    def among(self, values: list[Any]) -> Any:
        return super().among([self.values[value] for value in values])


class AmongThese(Filter):
    """Several values of another filter: comma separated in a query, an array in a body."""

    explanation = "Een van deze waarden; in een adres gescheiden door komma’s."

    def __init__(self, one: Lookup) -> None:
        self.one = one
        self.schema = {"type": "array", "items": dict(one.schema)}

    def parse(self, value: Any, caller: Caller) -> Any:
        values = value.split(",") if isinstance(value, str) else value
        if not isinstance(values, list):
            raise Wrong("not_a_list", "Verwachtte een lijst van waarden.")
        return [self.one.parse(item.strip() if isinstance(item, str) else item, caller) for item in values]

    def condition(self, value: Any) -> Any:
        return self.one.among(value)


class NoneOfThese(AmongThese):
    """None of several values of another filter."""

    explanation = "Geen van deze waarden; in een adres gescheiden door komma’s."

    def condition(self, value: Any) -> Any:
        return ~super().condition(value)


class Containing(Filter):
    """An array column that holds every one of the words, comma separated."""

    explanation = "Heeft al deze waarden; gescheiden door komma’s."
    schema: Mapping[str, Any] = {"type": "array", "items": {"type": "string"}}

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute

    def parse(self, value: Any, caller: Caller) -> list[str]:
        return [read(_WORD, word.strip()) for word in str(value).split(",")]

    def condition(self, value: Any) -> Any:
        return Q(**{f"{self.attribute}__contains": value})


class Overlapping(Containing):
    """An array column that holds one of the words at least."""

    explanation = "Heeft een van deze waarden; gescheiden door komma’s."

    def condition(self, value: Any) -> Any:
        return Q(**{f"{self.attribute}__overlap": value})


_WORD = serializers.CharField(allow_blank=True)


class LinkTo(Lookup):
    """The URL of a related object. What is not this municipality's own matches nothing.

    ``fixed`` says what else the row must be for the link to count.
    """

    explanation = "Verwijst naar het object op dit adres."

    def __init__(self, attribute: str, target: type[Model], **fixed: Any) -> None:
        super().__init__(attribute, schema={"type": "string", "format": "uri"})
        self.target = target
        self.fixed = fixed

    def parse(self, value: Any, caller: Caller) -> UUID:
        return key_at(value, self.target, caller)

    def condition(self, value: Any) -> Any:
        return Q(**{f"{self.attribute}_id": value, **self.fixed})

    def among(self, values: list[Any]) -> Any:
        return Q(**{f"{self.attribute}_id__in": values, **self.fixed})


class UrlText(Lookup):
    """A URL that may be anywhere, compared with the form in which it is kept."""

    explanation = "Verwijst naar dit adres."

    def __init__(self, attribute: str) -> None:
        super().__init__(attribute, schema={"type": "string", "format": "uri"})

    def parse(self, value: Any, caller: Caller) -> str:
        if not references.is_url(value):
            raise Wrong("invalid", "Voer een geldige URL in.")
        return references.stored(value, caller)


class JsonKey(Lookup):
    """A key of a jsonb column; ``fixed`` says what else the row must be for the key to count."""

    def __init__(self, attribute: str, key: str, *, max_length: int | None = None, **fixed: Any) -> None:
        described = {"type": "string", **({"maxLength": max_length} if max_length else {})}
        bounds: dict[str, Any] = {"max_length": max_length} if max_length else {}
        kind = serializers.CharField(**bounds)
        super().__init__(attribute, kind, schema=described)
        self.key = key
        self.fixed = fixed

    def condition(self, value: Any) -> Any:
        return Q(**{f"{self.attribute}__{self.key}": value, **self.fixed})


class Within(Filter):
    """The geometry of the row lies within this one: ``{"within": <GeoJSON>}``."""

    explanation = (
        "Ligt binnen deze GeoJSON-geometrie: een vlak of punt, waarvan de rand zichzelf niet kruist."
    )
    schema = {"$ref": "#/components/schemas/GeoWithin"}
    areas = ("Polygon", "MultiPolygon", "Point", "MultiPoint")

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute

    def parse(self, value: Any, caller: Caller) -> Any:
        if not isinstance(value, dict) or "within" not in value:
            raise Wrong("required", "Geef een geometrie op in 'within'.")
        area = value["within"]
        problem = geojson.problem_with(area)
        if problem:
            raise Wrong("invalid", problem)
        if area["type"] not in self.areas:
            raise Wrong("invalid", "Zoeken kan binnen een vlak of punt, niet binnen een lijn of verzameling.")
        if not is_valid(area):
            raise Wrong("invalid", "De rand van dit vlak kruist zichzelf.")
        return area

    def condition(self, value: Any) -> Any:
        return Q(**{f"{self.attribute}__within": value})


class Through(Filter):
    """A filter on rows that point here. All of one relation's filters hold for the same row."""

    def __init__(self, model: type[Model], relation: str, inner: Filter) -> None:
        self.model = model
        self.relation = relation
        self.inner = inner
        self.schema = inner.schema

    def parse(self, value: Any, caller: Caller) -> Any:
        return self.inner.parse(value, caller)

    def condition(self, value: Any) -> Any:
        return self.inner.condition(value)


class KeyAt(Parameter):
    """The key of the object at a URL; ``NO_KEY`` for what is not this municipality's own."""

    explanation = LinkTo.explanation

    def __init__(self, target: type[Model]) -> None:
        super().__init__(schema={"type": "string", "format": "uri"})
        self.target = target

    def parse(self, value: Any, caller: Caller) -> UUID:
        return key_at(value, self.target, caller)


P = TypeVar("P", bound=Parameter)
Parameters = Mapping[str, Parameter]
Filters = Mapping[str, Filter]


def of_open_zaak(parameters: Mapping[str, P]) -> dict[str, P]:
    """Parameters that clients of Open Zaak use, beyond the standard."""
    for each in parameters.values():
        each.experimental = each.of_open_zaak = True
    return dict(parameters)


def of_the_standard(parameters: Mapping[str, P]) -> dict[str, P]:
    """The parameters without those."""
    return {name: each for name, each in parameters.items() if not each.of_open_zaak}


def flag(*, experimental: bool = False) -> Parameter:
    """A parameter that is ``true``, or ``false`` as when it is not given."""
    described = {"type": "boolean", "default": False}
    return Parameter(serializers.BooleanField(), described, experimental=experimental)


def word(words: Sequence[str]) -> Parameter:
    """A parameter that is one of these words."""
    return Parameter(serializers.ChoiceField(list(words)), {"type": "string", "enum": list(words)})


def key_at(url: Any, target: type[Model], caller: Caller) -> UUID:
    """The key of the object at a URL; raises ``Wrong`` for what is no URL."""
    if not references.is_url(url):
        raise Wrong("invalid", "Voer een geldige URL in.")
    reference = references.find(url, caller)
    if reference is None or reference.resource.model is not target:
        return NO_KEY
    return reference.uuid


def parse(
    declared: Parameters, given: Mapping[str, Any], caller: Caller
) -> tuple[dict[str, Any], list[Violation]]:
    """The values of the given parameters, and what is wrong with them."""
    values = {name: each.default for name, each in declared.items() if each.default is not None}
    violations = []
    for name, value in given.items():
        try:
            values[name] = declared[name].parse(value, caller)
        except Wrong as wrong:
            violations.append(Violation(name, wrong.code, wrong.reason))
    return values, violations


def apply(filters: Filters, values: Mapping[str, Any], rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The rows that satisfy all parameters."""
    for name, value in values.items():
        declared = filters.get(name)
        if declared is not None and not isinstance(declared, Through):
            rows = rows.filter(declared.condition(value))
    for (model, relation), conditions in _related(filters, values).items():
        rows = rows.filter(Exists(model._default_manager.filter(*conditions, **{relation: OuterRef("pk")})))
    return rows


def those_that_point(filters: Filters, values: Mapping[str, Any]) -> QuerySet[Any, Any] | None:
    """The keys of the rows that satisfy all parameters, each once, told by the rows that point at them.

    ``None`` where these alone do not tell.
    """
    given = [filters[name] for name in values if name in filters]
    related = _related(filters, values)
    if len(related) != 1 or not all(isinstance(each, Through) for each in given):
        return None
    ((model, relation), conditions), *_ = related.items()
    return model._default_manager.filter(*conditions).order_by().values_list(f"{relation}_id").distinct()


def _related(filters: Filters, values: Mapping[str, Any]) -> dict[tuple[type[Model], str], list[Any]]:
    """The conditions on rows that point here, by their model and relation."""
    related: dict[tuple[type[Model], str], list[Any]] = {}
    for name, value in values.items():
        declared = filters.get(name)
        if isinstance(declared, Through):
            related.setdefault((declared.model, declared.relation), []).append(declared.condition(value))
    return related


def read(kind: Any, value: Any) -> Any:
    """A value through a serializer field; its first error as ``Wrong``."""
    try:
        return kind.run_validation(value)
    except serializers.ValidationError as error:
        detail: Any = error.detail
        first = detail[0] if isinstance(detail, list) else detail
        raise Wrong(first.code, str(first)) from error
    except DjangoValidationError as error:
        raise Wrong(error.code or "invalid", error.messages[0]) from error
