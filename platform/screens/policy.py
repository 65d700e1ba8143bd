"""What a page of a console may load, and who may frame it. The APIs do not carry this and pay nothing."""

from __future__ import annotations

from typing import TypeVar

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


POLICY = "; ".join(f"{name} {value}" for name, value in DIRECTIVES.items())

R = TypeVar("R", bound=HttpResponseBase)


def protect(response: R) -> R:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
