"""How a page or a file is sent: with a validator, and for HEAD without its body."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from api.pipeline.http import negotiation


def answer(
    request: HttpRequest, content: bytes | str, content_type: str, headers: Mapping[str, str]
) -> HttpResponse:
    """200, or 304 to who has it; both carry the headers, and no browser guesses the type."""
    whole = HttpResponse(content, content_type=content_type)
    sent = negotiation.conditional(request, whole)
    for name, value in {**headers, "X-Content-Type-Options": "nosniff"}.items():
        sent[name] = value
    if request.method == "HEAD":
        sent["Content-Length"] = str(len(sent.content))
        sent.content = b""
    return sent
