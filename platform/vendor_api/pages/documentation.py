"""What the API is: its OpenAPI document, and the page that shows it. Anybody may read them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from api.pipeline.describe.documentation.answers import answer
from api.pipeline.describe.documentation.assets import assets
from api.pipeline.describe.documentation.pages import REDOC_POLICY
from api.pipeline.http.errors import not_found
from vendor_api.document import served
from vendor_api.http.answers import VERSION, VERSION_HEADER


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """``GET /platform/api/``: the API, as ReDoc shows its document."""
    html = render_to_string("vendor_api/documentation.html", {"assets": assets(), "version": VERSION})
    headers = {
        "Content-Security-Policy": REDOC_POLICY,
        "Cache-Control": "no-cache",
        "Referrer-Policy": "no-referrer",
    }
    return answer(request, html, "text/html; charset=utf-8", headers)


@require_safe
def to_page(_request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("api_documentation"))


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """``GET /platform/api/v1/openapi.json``, which a page of any other host may read too."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "no-cache",
        VERSION_HEADER: VERSION,
    }
    origin = f"{request.scheme}://{request.get_host()}"
    return answer(request, served(origin), "application/json", headers)


def nothing_here(request: HttpRequest, _: str = "") -> HttpResponse:
    """404 for every other path of the API, one with a slash at its end too."""
    response = not_found(request)
    response[VERSION_HEADER] = VERSION
    return response
