"""What an explanation is asked about: an operation, on an object or a collection of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.urls import Resolver404, resolve

from api.pipeline.declare.operations import Operation
from api.pipeline.declare.visibility import TypeRights
from api.pipeline.declare.write import Write
from api.pipeline.http.reading import main_at
from api.pipeline.validate import references
from api.pipeline.words import registry
from api.pipeline.words.caller import Caller
from api.pipeline.words.refusals import Invalid, NotFound
from api.pipeline.words.served import Served
from api.pipeline.words.violations import Violation


@dataclass(frozen=True, slots=True)
class Question:
    """One operation of a resource, and what the URL says of what it is done to."""

    resource: type[Served]
    action: str
    keys: Mapping[str, Any]
    """The parameters of the path."""
    main: Any
    """The object on which the caller is judged, where it is there already."""
    path: str
    """Of the URL, without what it asks there."""
    given: Mapping[str, Any] = field(default_factory=dict)
    """What the URL says of an object that would be made."""

    @property
    def operation(self) -> Operation:
        return self.resource.operations[self.action]

    @property
    def method(self) -> str:
        return self.operation.method

    @property
    def name(self) -> str:
        return self.resource.operation_id(self.action)

    @property
    def reads(self) -> bool:
        return self.operation.reads

    def write(self, caller: Caller) -> Write | None:
        """The write that would be judged; ``None`` where only the body would tell on what."""
        if self.given:
            write = Write(self.resource, self.action, caller, dict(self.given))
            if self.resource.main is None:
                for derive in self.operation.derive:
                    derive(write)
            return write
        if "uuid" in self.keys:
            instance = self.resource.referable().get(pk=self.keys["uuid"])
            return Write(self.resource, self.action, caller, {}, instance)
        return None


def ask(url: str, operatie: str, caller: Caller) -> Question:
    """The question; raises ``Invalid`` for a URL of nobody here, or what cannot be done there."""
    questions = _questions_at(url, caller)
    named = [question for question, names in questions if operatie in names or operatie.upper() in names]
    if len(named) != 1:
        possible = ", ".join(sorted(name for _, names in questions for name in names))
        raise Invalid([Violation("operatie", "invalid_choice", f"Mogelijk op deze URL: {possible}.")])
    return named[0]


def _questions_at(url: str, caller: Caller) -> list[tuple[Question, set[str]]]:
    """Everything that can be asked about a URL, each with the names that it goes by."""
    path = references.local_path(url, caller) or ""
    found = _found_at(path)
    if found is None:
        raise Invalid([Violation("url", "bad-url", "Op deze URL is in deze gemeente niets te vinden.")])
    view, keys, main = found
    resource: type[Served] = view.cls
    compatible = caller.municipality.open_zaak_compatibility
    own = [
        (question, _names(question, view))
        for question in _own(resource, keys, main, path)
        if compatible or not question.operation.of_open_zaak
    ]
    if main is None or resource.main is not None or not resource.represents_model:
        return own
    return [*own, *((question, {question.name}) for question in _creating_at(main, path))]


def _found_at(path: str) -> tuple[Any, Mapping[str, Any], Any] | None:
    """The view of a path, what it is called with, and the main object; ``None`` where nothing is."""
    try:
        match = resolve(path)
        view: Any = match.func
        return (view, match.kwargs, main_at(view.cls, match.kwargs)) if hasattr(view, "cls") else None
    except (Resolver404, NotFound):
        return None


def _own(resource: type[Served], keys: Mapping[str, Any], main: Any, path: str) -> Iterator[Question]:
    for action, operation in resource.operations.items():
        if operation.on_object == ("uuid" in keys):
            yield Question(resource, action, keys, main, path)


def _names(question: Question, view: Any) -> set[str]:
    """The action, the operationId, and the method where this is the path for it."""
    names = {question.action, question.name}
    here = view.actions.get(question.method) == question.action
    return {*names, question.method.upper()} if here else names


def _creating_at(subject: Model, path: str) -> Iterator[Question]:
    """Making what belongs to this object, or what is of this type."""
    for resource in registry.resources():
        if "create" not in resource.operations:
            continue
        name = resource.main or _type_of(resource)
        if name and resource.model._meta.get_field(name).related_model is type(subject):
            main = subject if resource.main else None
            yield Question(resource, "create", {}, main, path, {name: subject})


def _type_of(resource: type[Served]) -> str:
    rights = resource.rights
    if not isinstance(rights, TypeRights):
        return ""
    return resource.model._meta.get_field(rights.type_attribute).name
