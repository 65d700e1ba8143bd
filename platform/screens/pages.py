"""The half of a page that consoles share: whole or fragment, status, title, headers, where one goes next."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from screens.policy import protect
from screens.shell import Shell


def show(  # noqa: PLR0913  # two say what, the others have a default or a name
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    shell: Shell | None,
    status: int = HTTPStatus.OK,
    fragment: str = "",
) -> HttpResponse:
    """The page, or to htmx the ``fragment`` of it, a template that the page includes.

    Both have the same URL, so the answer varies by ``HX-Request``. A form with errors is 422; the title
    then begins with "Fout:".
    """
    name = fragment if fragment and wants_fragment(request) else template
    values = {
        "shell": shell,
        "here": request.get_full_path(),
        "refused": status == HTTPStatus.UNPROCESSABLE_ENTITY,
        **(context or {}),
    }
    response = render(request, name, values, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return protect(response)


def wants_fragment(request: HttpRequest) -> bool:
    """Not where htmx fills the whole page: a link that it follows, or a page of the history."""
    details = HtmxDetails(request)
    return bool(details) and not details.boosted and not details.history_restore_request


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """After a change: 303 to a path of this console; htmx is told to go there with the whole page."""
    if wants_fragment(request):
        return protect(HttpResponseClientRedirect(url))
    response = HttpResponseRedirect(url)
    response.status_code = HTTPStatus.SEE_OTHER
    return protect(response)
