"""What differs between an operation as the standard defines it and as we serve it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.conformance.oas import Operation
from tests.conformance.schemas import Attribute


@dataclass(frozen=True, slots=True)
class Difference:
    """``aspect`` is one of operationId, scopes, query, header, request, response, operation."""

    operation: str
    aspect: str
    name: str
    official: object
    ours: object

    def __str__(self) -> str:
        return f"{self.operation} {self.aspect} {self.name}: official {self.official}, ours {self.ours}"


def differences(official: Operation, ours: Operation) -> Iterator[Difference]:
    """All of them. More than the standard has is allowed where it is marked ``x-experimental``."""
    operation = official.operation_id
    if official.operation_id != ours.operation_id:
        yield Difference(operation, "operationId", "", official.operation_id, ours.operation_id)
    if official.scopes != ours.scopes:
        yield Difference(operation, "scopes", "", sorted(official.scopes), sorted(ours.scopes))
    yield from _parameters(operation, "query", official.query, ours.query)
    yield from _parameters(operation, "header", official.headers, ours.headers)
    yield from _request(operation, official.request, ours.request)
    yield from _response(operation, official.response, ours.response)


def _parameters(
    operation: str, aspect: str, official: Mapping[str, bool], ours: Mapping[str, bool]
) -> Iterator[Difference]:
    for name in sorted(official.keys() - ours.keys()):
        yield Difference(operation, aspect, name, "present", "absent")
    for name in sorted(ours.keys() - official.keys()):
        if not ours[name]:
            yield Difference(operation, aspect, name, "absent", "present, not marked experimental")


def _request(
    operation: str, official: Mapping[str, Attribute], ours: Mapping[str, Attribute]
) -> Iterator[Difference]:
    """What a client may write. One schema may serve both ways: what can only be read counts as absent."""
    official = {name: attribute for name, attribute in official.items() if not attribute.read_only}
    ours = {name: attribute for name, attribute in ours.items() if not attribute.read_only}
    yield from _presence(operation, "request", official, ours)
    for name in sorted(official.keys() & ours.keys()):
        for fact, theirs, mine in _facts(official[name], ours[name]):
            yield Difference(operation, "request", name, f"{fact} {theirs}", mine)


def _response(
    operation: str, official: Mapping[str, Attribute], ours: Mapping[str, Attribute]
) -> Iterator[Difference]:
    official = {name: attribute for name, attribute in official.items() if not attribute.write_only}
    ours = {name: attribute for name, attribute in ours.items() if not attribute.write_only}
    yield from _presence(operation, "response", official, ours)


def _presence(
    operation: str, aspect: str, official: Mapping[str, Attribute], ours: Mapping[str, Attribute]
) -> Iterator[Difference]:
    for name in _topmost(official.keys() - ours.keys()):
        yield Difference(operation, aspect, name, "present", "absent")
    for name in _topmost({name for name in ours.keys() - official.keys() if not ours[name].experimental}):
        yield Difference(operation, aspect, name, "absent", "present, not marked experimental")


def _facts(official: Attribute, ours: Attribute) -> Iterator[tuple[str, object, object]]:
    if official.required != ours.required:
        yield "required", official.required, ours.required
    if official.enum != ours.enum:
        yield "enum", _listed(official.enum), _listed(ours.enum)
    if official.max_length != ours.max_length:
        yield "maxLength", official.max_length, ours.max_length


def _listed(values: frozenset[str] | None) -> list[str] | None:
    return None if values is None else sorted(values)


def _topmost(names: set[str]) -> list[str]:
    """Without the members of a group that is listed itself: ``verlenging`` says enough."""
    return sorted(name for name in names if not any(name.startswith(f"{group}.") for group in names))
