"""What a page of a console may load, and who may frame it. The APIs do not carry this and pay nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# img-src data: is for icons inside the component sheet and for the QR code of a second factor.
DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


def content_security_policy(form_actions: Sequence[str] = ()) -> str:
    """``form_actions``: origins to which a form may lead on, such as a login elsewhere."""
    directives = {**DIRECTIVES, "form-action": " ".join(["'self'", *form_actions])}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


R = TypeVar("R", bound=HttpResponseBase)


def protect(response: R, *, form_actions: Sequence[str] = ()) -> R:
    response.headers.setdefault("Content-Security-Policy", content_security_policy(form_actions))
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


class PolicyMiddleware:
    """For pages that ``show`` does not make, such as those of a login package. Only on a console's paths."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return protect(self.get_response(request))
