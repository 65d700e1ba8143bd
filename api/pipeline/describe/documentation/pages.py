"""The pages: they hold the name of the municipality and nothing else of it, so anybody may read them."""

from __future__ import annotations

import json
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from api.pipeline.describe.documentation.answers import answer
from api.pipeline.describe.documentation.assets import assets
from api.pipeline.http.errors import problem
from api.pipeline.words import registry
from api.pipeline.words.refusals import NotAcceptable
from api.pipeline.words.served import Api, Served
from tenants.registry.context import current_municipality

PAGE = "/schema"
HTML = "text/html"
JSON = "application/json"

_NOTHING = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src 'self' data:"
)
INDEX_POLICY = f"{_NOTHING}; style-src 'self'"
# ReDoc writes its styles into the page and searches in a worker that it makes itself.
REDOC_POLICY = (
    f"{_NOTHING}; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; worker-src blob:"
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """``GET /``: the APIs of this municipality."""
    origin = f"{request.scheme}://{request.get_host()}"
    return _page(request, "index", INDEX_POLICY, origin=origin)


@require_safe
def api_page(request: HttpRequest, *, name: str) -> HttpResponse:
    """``GET {root}/schema``: one API, as ReDoc shows its ``openapi.json``."""
    return _page(request, "api", REDOC_POLICY, api=_api(name))


@require_safe
def root(request: HttpRequest, *, name: str) -> HttpResponse:
    """``GET {root}``: the page for a browser, for a program the names and URLs of the resources."""
    api = _api(name)
    wanted = request.get_preferred_type([JSON, HTML])
    if wanted == HTML:
        found: HttpResponse = HttpResponseRedirect(api.root + PAGE)
        found["Vary"] = "Accept"
        return found
    if wanted is None:
        return _not_acceptable(f"Dit antwoord is er als {JSON} en als {HTML}.")
    origin = f"{request.scheme}://{request.get_host()}"
    urls = {each.path: origin + each.root() for each in registry.resources() if _is_collection(each, api)}
    return answer(request, json.dumps(urls), JSON, {"API-version": api.version, "Vary": "Accept"})


def _not_acceptable(detail: str) -> HttpResponse:
    refusal = NotAcceptable
    return problem(status=refusal.status, code=refusal.code, title=refusal.title, detail=detail)


def _is_collection(resource: type[Served], api: Api) -> bool:
    return resource.api is api and "<" not in resource.path


@require_safe
def without_slash(request: HttpRequest, *, name: str) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """``GET {root}/schema/``: where Open Zaak has this page; here no path ends with a slash (x-gen-06)."""
    return HttpResponsePermanentRedirect(_api(name).root + PAGE)


def _page(request: HttpRequest, template: str, policy: str, **context: Any) -> HttpResponse:
    shared = {"municipality": current_municipality(), "apis": _apis().values(), "assets": assets()}
    html = render_to_string(f"documentation/{template}.html", {**shared, **context})
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-cache",
        "Referrer-Policy": "no-referrer",
    }
    return answer(request, html, "text/html; charset=utf-8", headers)


def _apis() -> dict[str, Api]:
    """Every API that is served, by name."""
    return {resource.api.name: resource.api for resource in registry.resources()}


def _api(name: str) -> Api:
    try:
        return _apis()[name]
    except KeyError:
        raise Http404 from None
