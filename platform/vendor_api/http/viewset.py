"""What every resource of the API does alike: who calls, whether the key may, and headers of its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework import viewsets
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.renderers import BaseRenderer, JSONRenderer

from api.pipeline.validate.bodies import parse_json, read_bytes
from tenants.accounts.rights import Level
from tenants.registry.running import enter_application
from vendor_api.http.answers import VERSION, VERSION_HEADER, answer_to
from vendor_api.http.authentication import TokenAuthentication
from vendor_api.http.idempotency import once
from vendor_api.http.limits import PerToken
from vendor_api.http.refusals import PreconditionRequired, ScopeMissing, Stale
from vendor_api.scopes import enough_for, level_of
from vendor_api.tokens import Holder

MOST_BYTES = 64 * 1024


class AnyFile(BaseRenderer):
    """Lets a caller ask for the form that a file has; nothing is rendered by it."""

    media_type = "*/*"
    format = "file"


class Resource(viewsets.GenericViewSet[Any]):
    """A subclass declares of each of its actions the area and the level of the permission table."""

    rights: ClassVar[Mapping[str, tuple[str, Level]]]
    changing: ClassVar[frozenset[str]] = frozenset()
    """The actions that change what is there, and ask what the caller saw of it."""
    files: ClassVar[frozenset[str]] = frozenset()
    """The actions that answer with a file, in its own form."""
    authentication_classes = [TokenAuthentication]
    throttle_classes = [PerToken]
    renderer_classes = [JSONRenderer]
    metadata_class = None
    http_method_names = ["get", "post", "head"]

    @classmethod
    def is_open(cls) -> bool:
        """Nobody gets any further without a good key: what bounds strangers asks this."""
        return False

    @property
    def holder(self) -> Holder:
        holder: Holder = self.request.user  # type: ignore[assignment]  # the authentication put it there
        return holder

    def get_renderers(self) -> list[BaseRenderer]:
        return [JSONRenderer(), AnyFile()] if self.action in self.files else super().get_renderers()

    def get_exception_handler(self) -> Any:
        return answer_to

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        enter_application(request, f"vendor-api {self.holder.token.pk}")
        if self.action not in self.rights:
            raise MethodNotAllowed(request.method or "")
        area, level = self.rights[self.action]
        if not self.holder.may(area, level):
            raise ScopeMissing(_why_not(self.holder, area, level))

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response[VERSION_HEADER] = VERSION
        response["Cache-Control"] = "private, no-store"
        return super().finalize_response(request, response, *args, **kwargs)

    def done_once(self, act: Callable[[Any], HttpResponse], *, takes_body: bool) -> HttpResponse:
        """A POST; ``act`` is given the body, and runs in the transaction that remembers its answer."""
        request: Any = self.request
        raw = read_bytes(request._request, "application/json", limit=MOST_BYTES) if takes_body else b""  # noqa: SLF001  # Django's own, which knows the media type without its parameters
        body = parse_json(raw) if takes_body else None
        return once(request, raw, token=self.holder.token, act=lambda: act(body))


def _why_not(holder: Holder, area: str, level: Level) -> str:
    if level_of(holder.token.scopes, area) >= level:
        return f"Wie deze sleutel maakte mag dit zelf niet: zijn rol is {holder.maker.role_name.lower()}."
    return f"Hiervoor is een sleutel nodig met {' of '.join(enough_for(area, level))}."


def check_unchanged(request: Any, etag: str) -> None:
    """Whether the caller saw it as it is now. Raises PreconditionRequired or Stale."""
    seen = request.headers.get("If-Match", "")
    if not seen:
        raise PreconditionRequired("Stuur de ETag mee van wat u zag, in de header If-Match.")
    if etag not in {each.strip() for each in seen.split(",")}:
        raise Stale("Lees het opnieuw, en stuur de nieuwe ETag mee.")
