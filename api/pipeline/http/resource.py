"""A resource of the standard: declared once, read and written in one way.

What a subclass declares is what it is: where it lives, what it looks like, who may do what, and
which rules hold. How requests go through it is the same for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from rest_framework import viewsets
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, MethodNotAllowed
from rest_framework.renderers import BaseRenderer

from api.clients.client import NOBODY, Client
from api.pipeline.authorise.authentication import authenticate
from api.pipeline.authorise.judgement import refuse_client, refuse_main, refuse_municipality
from api.pipeline.authorise.remembered import CalledOn, remember
from api.pipeline.commit.entry import carry_out
from api.pipeline.declare.declaration import Declaration, bindings_of
from api.pipeline.declare.kept_counts import kept_count
from api.pipeline.declare.operations import JSON, Operation
from api.pipeline.declare.write import Write
from api.pipeline.http import errors, negotiation, paging
from api.pipeline.http.elsewhere import explained
from api.pipeline.http.order import places_of
from api.pipeline.http.query import read_query, refuse_unknown
from api.pipeline.http.reading import Keys, check_parent, main_at, readable, rows_at
from api.pipeline.represent.expand import parse as parse_expand
from api.pipeline.represent.representation import documents_of
from api.pipeline.represent.serializers import attributes, write_serializer
from api.pipeline.sql.compiled import Bindings, Compiled
from api.pipeline.sql.pages import FOUND, Window, counted, keys_of, number_of
from api.pipeline.sql.tree import EMPTY, Tree
from api.pipeline.validate import filters
from api.pipeline.validate.bodies import read_json
from api.pipeline.validate.references import Reference, absolute
from api.pipeline.validate.values import ELSEWHERE
from api.pipeline.words import registry
from api.pipeline.words.caller import Caller
from api.pipeline.words.names import spelled_as
from api.pipeline.words.refusals import (
    Forbidden,
    Invalid,
    NotAuthenticated,
    NotFound,
    Refusal,
)
from api.pipeline.words.violations import OBJECT, Violation
from tenants.registry.connection import connection
from tenants.registry.context import current_municipality
from tenants.registry.running import enter_application


class TokenAuthentication(BaseAuthentication):
    """The framework's hook for the standard's token; ``request.user`` is the ``Client``."""

    def authenticate(self, request: Any) -> tuple[Client, None]:
        return authenticate(request), None


class Resource(Declaration, viewsets.GenericViewSet[Any]):
    """The base of every resource: how its requests come in and go out."""

    client: Client
    operation: Operation
    caller: Caller
    above: Any = None
    """What a nested collection stands under."""
    day: date
    """On which names are resolved to versions: today, unless the request says otherwise."""

    # -- the way in ----------------------------------------------------------------------------

    def get_authenticators(self) -> list[BaseAuthentication]:
        return [] if self.is_open() else [TokenAuthentication()]

    def get_exception_handler(self) -> Any:
        return _answer

    @property
    def allowed_methods(self) -> list[str]:
        """HEAD where the standard has it alone; the framework has it wherever GET is."""
        return [
            each
            for each in super().allowed_methods
            if each != "HEAD" or self.action_map.get("head") == "headers"
        ]

    def get_renderers(self) -> Any:
        """The framework negotiates on what the operation gives; nothing is rendered with these."""
        declared = self.operations.get(self.action or "")
        return [_giving(declared.gives if declared else JSON)()]

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Check who calls, that the operation is there, its headers, and that its scope is held at all."""
        super().initial(request, *args, **kwargs)
        self.client = request.user or NOBODY
        enter_application(request, self.client.client_id)
        self.operation = self._operation(request)
        if self.operation.work is not None:
            connection.take_on(self.operation.work)
        self.caller = Caller(
            client=self.client,
            municipality=current_municipality(),
            now=timezone.now(),
            origin=f"{request.scheme}://{request.get_host()}",
            toelichting=request.headers.get("X-Audit-Toelichting", ""),
            nlx_logrecord_id=request.headers.get("X-NLX-Logrecord-ID", "")[:255],
        )
        self.day = self.caller.today
        restricted = None if self.operation.reads else refuse_municipality(self.caller.municipality)
        if restricted is not None:
            raise restricted
        if self.crs:
            negotiation.check_crs(request)
        refusal = refuse_client(type(self), self.operation.scope, self.client)
        if refusal is not None:
            raise refusal
        if self.parent:
            self._enter_parent(kwargs)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response["API-version"] = self.api.version
        if self.crs and response.status_code < 300:  # noqa: PLR2004
            response["Content-Crs"] = negotiation.CRS
        return super().finalize_response(request, response, *args, **kwargs)

    def _operation(self, request: Any) -> Operation:
        declared = self.operations.get(self.action or "")
        compatible = current_municipality().open_zaak_compatibility
        if declared is None or (request.method == "HEAD" and self.action != "headers"):
            raise MethodNotAllowed(request.method or "")
        if declared.of_open_zaak and not compatible:
            raise MethodNotAllowed(request.method or "")
        return declared if compatible else declared.by_the_letter()

    def _enter_parent(self, keys: Keys) -> None:
        self.above = main_at(type(self), {self.parent: keys[self.parent]})
        if self.operation.reads:
            self.check_above()

    def check_above(self) -> None:
        """Raise ``Forbidden`` for who may not see what this stands under."""
        check_parent(type(self), self.operation.scope, self.client, self.above)

    # -- what a request says -------------------------------------------------------------------

    def check_parameters(self, request: Any, declared: set[str]) -> dict[str, str]:
        """What the query gives, of no parameters but these; raises ``Invalid``."""
        compatible = self.caller.municipality.open_zaak_compatibility
        return read_query(request.GET, declared, self.operation.query, compatible=compatible)

    def parameters(self, request: Any) -> dict[str, Any]:
        """The values of the query, for an operation that takes only what it declares."""
        return self._parsed(self.check_parameters(request, set(self.operation.query)))

    def body(self, request: Any) -> Any:
        """The parsed body, of no more bytes than the operation takes."""
        return read_json(request._request, limit=self.operation.body_limit)  # noqa: SLF001

    def validated(self, request: Any, *, partial: bool) -> dict[str, Any]:
        """What the body gives, by attribute; raises ``Invalid``."""
        self.check_parameters(request, set(self.operation.query))
        serializer = self._serializer(self.body(request))
        body = serializer.initial_data
        if partial and isinstance(body, dict):
            # what is not given stays as it is; what is given is validated whole
            for name in set(serializer.fields) - set(body):
                serializer.fields.pop(name)
        if not serializer.is_valid():
            raise self._refusal(body, serializer)
        return self._under_parent(attributes(type(self), serializer.validated_data))

    def _serializer(self, body: Any) -> Any:
        context = {"caller": self.caller, "main": self.main, "present": self._present}
        serializer = write_serializer(type(self))(data=body, context=context)
        self._know_parent(serializer)
        return serializer

    def _present(self) -> Any:
        """The object that is changed, for who may read it."""
        if not self.operation.on_object:
            return None
        within = self.within(self.kwargs.get(self.parent))
        return Reference(type(self), self.kwargs["uuid"], within).row_for(self.caller)

    def _refusal(self, body: Any, refused: Any) -> Invalid:
        violations = list(errors.flatten(refused.errors))
        if not any(each.code == ELSEWHERE for each in violations):
            return Invalid(violations)
        wrong = set(refused.errors)
        rest = self._serializer(body)
        for name in set(rest.fields) - (set(refused.fields) - wrong):
            rest.fields.pop(name)
        passed = attributes(type(self), rest.validated_data) if rest.is_valid() else {}
        whole = not any(refused.fields[name].required for name in wrong)
        key = self.kwargs.get("uuid") if self.operation.on_object else None
        return explained(violations, self.write(passed, self.kwargs), key, whole=whole)

    def found(self, uuid: Any) -> Any:
        """A row that is there, for who may see it; whoever got here holds the scope."""
        found = self.referable().filter(pk=uuid).first()
        if found is None:
            raise NotFound
        refusal = refuse_main(type(self), self.operation.scope, self.client, found)
        if refusal is not None:
            raise refusal
        return found

    def refuse_absent(self, keys: Keys) -> None:
        """Raise ``NotFound`` where the path leads nowhere, before anything is said of a body."""
        if not rows_at(type(self), keys).exists():
            raise NotFound

    def _parsed(self, given: Mapping[str, Any]) -> dict[str, Any]:
        values, violations = filters.parse(self.operation.query, given, self.caller)
        if violations:
            raise Invalid(violations)
        self._set_day(values)
        return values

    def _set_day(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            if self.operation.query[name].sets_day:
                self.day = value

    def _known(self, given: Mapping[str, str]) -> dict[str, str]:
        """The parameters that the operation itself declares."""
        declared = self.operation.query
        return {name: value for name, value in given.items() if name in declared}

    def _know_parent(self, serializer: Any) -> None:
        """The path has named the parent; the body may leave it out."""
        if self.parent and self.main in serializer.fields:
            serializer.fields[self.main].required = False

    def _under_parent(self, data: dict[str, Any]) -> dict[str, Any]:
        if not self.parent or self.main is None:
            return data
        named = data.get(self.main)
        if named is not None and named.pk != self.above.pk:
            reason = "Dit is een ander object dan het adres noemt."
            raise Invalid([Violation(self.main, "parent-mismatch", reason)])
        return {**data, self.main: self.above}

    # -- reading -------------------------------------------------------------------------------

    def list(self, request: Any, **kwargs: Any) -> HttpResponse:
        """A page of what the caller may see."""
        given = self.check_parameters(request, {*self.operation.query, *self._list_parameters()})
        rows, number = self._filtered(self._known(given), kwargs)
        return self._answer_list(request, rows, given, number=number)

    def retrieve(self, request: Any, **kwargs: Any) -> HttpResponse:
        """One object; 404 where there is none, 403 where it may not be seen."""
        given = self.check_parameters(
            request, {*self.operation.query, *(("expand",) if self.expands else ())}
        )
        asked = self._parsed(self._known(given))
        tree = self._tree(given.get("expand"))
        answer = self.answer(self.readable_at(kwargs, asked, tree))
        return negotiation.conditional(request, answer) if self.conditional else answer

    def readable_at(self, keys: Keys, asked: Mapping[str, Any], tree: Tree) -> str:
        """The document that the path and the parameters name, for who may see it."""
        return readable(type(self), self.bindings(), keys, tree)

    def headers(  # type: ignore[override]  # the name that the standard gives the operation
        self, request: Any, **kwargs: Any
    ) -> HttpResponse:
        """The headers of ``retrieve``, without the body (x-etag-02)."""
        answer = self.retrieve(request, **kwargs)
        length = len(answer.content)
        answer.content = b""
        answer["Content-Length"] = str(length)
        return answer

    def search(self, request: Any, **kwargs: Any) -> HttpResponse:
        """A list whose filters stand in the body, so that they stand in no URL."""
        given = self.check_parameters(request, {"page", "pageSize", "expand"})
        body = self.body(request)
        if not isinstance(body, dict) or not body:
            raise Invalid([Violation(OBJECT, "empty_search_body", "Geef minstens één zoekcriterium op.")])
        if self.caller.municipality.open_zaak_compatibility:
            body = spelled_as({*self.operation.filters, "ordering", "expand"}, body)
        ordering = body.pop("ordering", None) if self._may_order() else None
        expand = body.pop("expand", None)
        refuse_unknown(set(body) - set(self.operation.filters))
        self._refuse_missing(body)
        rows, number = self._filtered(body, kwargs)
        return self._answer_list(request, self._ordered(rows, ordering), given, expand, number=number)

    def _refuse_missing(self, body: Mapping[str, Any]) -> None:
        filters = self.operation.filters.items()
        missing = [name for name, each in filters if each.required and body.get(name) is None]
        if missing:
            raise Invalid([Violation(name, "required", "Dit veld is vereist.") for name in missing])

    def _filtered(self, given: Mapping[str, Any], keys: Keys) -> tuple[QuerySet[Any, Any], Compiled | None]:
        """The rows that may be seen, and what tells their number where they need not be counted."""
        values = self._parsed(given)
        rows = rows_at(type(self), keys)
        # whoever sees the parent sees what is nested under it
        if not self.parent:
            rows = self.rights.restrict(rows, self.client, self.operation.scope, self.through_main())
        return filters.apply(self.operation.filters, values, rows), self._number(values)

    def _number(self, values: Mapping[str, Any]) -> Compiled | None:
        if self.parent:
            return None
        if not values:
            return kept_count(type(self), self.client, self.operation.scope)
        if filters.looks(self.operation.filters, values):
            return FOUND
        if not self.rights.sees_all(self.client, self.operation.scope):
            return None
        pointing = filters.those_that_point(self.operation.filters, values)
        return None if pointing is None else number_of(pointing)

    def _answer_list(
        self,
        request: Any,
        rows: QuerySet[Any, Any],
        given: Mapping[str, str],
        expand: str | None = None,
        *,
        number: Compiled | None = None,
    ) -> HttpResponse:
        rows = self._ordered(rows, given.get("ordering"))
        tree = self._tree(given.get("expand") if expand in (None, "") else expand)
        bindings = self.bindings()
        if not self.paged:
            shown = documents_of(type(self), keys_of(rows, bindings), bindings, tree)
            return self.answer(f"[{shown}]")
        page = paging.read(given)
        count, keys = counted(rows, Window(page.offset, page.size), bindings, number)
        following, previous = page.links(count, f"{self.caller.origin}{request.path}", request.GET)
        shown = documents_of(type(self), keys, bindings, tree)
        return self.answer(
            f'{{"count":{count},"next":{_quoted(following)},"previous":{_quoted(previous)},'
            f'"results":[{shown}]}}'
        )

    def _ordered(self, rows: QuerySet[Any, Any], wanted: Any) -> QuerySet[Any, Any]:
        if wanted in (None, ""):
            return rows if rows.query.order_by else rows.order_by(*self.order_by)
        names = wanted.split(",") if isinstance(wanted, str) else None
        if names is None or any(name.removeprefix("-") not in self.ordering for name in names):
            raise Invalid([Violation("ordering", "invalid_choice", "Hierop kan niet worden gesorteerd.")])
        if len(names) > (most := len(self.ordering)):
            raise Invalid([Violation("ordering", "max_length", f"Sorteer op ten hoogste {most} velden.")])
        # ties go the same way, so that one index serves
        opposite = not names[-1].startswith("-")
        ties = [_turned(name) if opposite else name for name in self.order_by]
        return rows.order_by(*names, *ties)

    def _tree(self, expand: Any) -> Tree:
        if expand in (None, ""):
            return EMPTY
        if not isinstance(expand, str):
            raise Invalid([Violation("expand", "invalid", "Verwachtte een tekst.")])
        return parse_expand([path.strip() for path in expand.split(",")], self.model)

    def bindings(self) -> Bindings:
        """What stands in for the placeholders of a statement that is answered with."""
        return bindings_of(self.client, self.day, tells=True)

    def _list_parameters(self) -> set[str]:
        names = set(paging.PARAMETERS) if self.paged else set()
        if self.expands:
            names.add("expand")
        if self._may_order():
            names.add("ordering")
        return names

    def _may_order(self) -> bool:
        compatible = self.caller.municipality.open_zaak_compatibility
        return bool(self.ordering) and (compatible or not self.ordering_of_open_zaak)

    # -- writing -------------------------------------------------------------------------------

    def create(self, request: Any, **kwargs: Any) -> HttpResponse:
        """201 with the new object."""
        write = self.write(self.validated(request, partial=False), kwargs)
        document = carry_out(write) or ""
        return self.created(write, document)

    def update(self, request: Any, **kwargs: Any) -> HttpResponse:
        """200 with the object as it became."""
        return self._change(request, kwargs, partial=False)

    def partial_update(self, request: Any, **kwargs: Any) -> HttpResponse:
        """200 with the object as it became."""
        return self._change(request, kwargs, partial=True)

    def destroy(self, request: Any, **kwargs: Any) -> HttpResponse:
        """204."""
        self.check_parameters(request, set(self.operation.query))
        carry_out(self.write({}, kwargs), kwargs["uuid"])
        return HttpResponse(status=204)

    def write(self, data: dict[str, Any], keys: Keys) -> Write:
        """The write that the request asks for."""
        within = self.within(keys.get(self.parent))
        return Write(type(self), self.operation.name, self.caller, data, within=within)

    def _change(self, request: Any, keys: Keys, *, partial: bool) -> HttpResponse:
        try:
            data = self.validated(request, partial=partial)
        except (Refusal, APIException):
            self.refuse_absent(keys)
            raise
        write = self.write(data, keys)
        document = carry_out(write, keys["uuid"]) or ""
        return self.tagged(self.answer(document))

    # -- the way out ---------------------------------------------------------------------------

    def answer(self, document: str, status: int = 200) -> HttpResponse:
        """Rendered JSON as this reader sees it."""
        return HttpResponse(absolute(document, self.caller.origin), status=status, content_type=JSON)

    def created(self, write: Write, document: str) -> HttpResponse:
        """201 with what was made, and where it is."""
        answer = self.answer(document, status=201)
        answer["Location"] = f"{self.caller.origin}{self.path_of(write.instance)}"
        return self.tagged(answer)

    def tagged(self, answer: HttpResponse) -> HttpResponse:
        """The answer with its ETag, where the resource has one."""
        if self.conditional:
            answer["ETag"] = negotiation.etag_of(answer.content)
        return answer


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _quoted(url: str | None) -> str:
    return "null" if url is None else f'"{url}"'


@cache
def _giving(media_type: str) -> type[BaseRenderer]:
    return type("Renderer", (BaseRenderer,), {"media_type": media_type, "format": None})


def _answer(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    view: Resource = context["view"]
    answer = errors.answer_to(error, lambda: places_of(type(view), view.action or ""))
    if answer is not None and isinstance(error, Forbidden | NotAuthenticated):
        _point_to_explanation(answer, error, view)
    return answer


def _point_to_explanation(
    answer: HttpResponse, refusal: Forbidden | NotAuthenticated, view: Resource
) -> None:
    explaining = registry.resource_at("autorisaties", "verklaring")
    if explaining is None:
        return
    action, request = view.action or "", view.request
    operation = view.operation_id(action) if action in view.operations else ""
    called = CalledOn(type(view), operation, request.method or "", request.path)
    request_id = remember(called, getattr(view, "client", None), refusal)
    if request_id:
        origin = f"{view.request.scheme}://{view.request.get_host()}"
        answer["Link"] = f'<{origin}{explaining.root()}?verzoek={request_id}>; rel="describedby"'
