"""Whether a large body may come at all, asked by the front before it takes in a byte of it.

Without this, strangers could have the front keep gigabytes of theirs on its disk until the web refuses them.
The front asks with only the head of the request, and tells the client what is said here. What may come is
judged anew, and fully, when it has come.
"""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from api.documenten.content.limits import AROUND, most_bytes, too_large
from api.documenten.scopes import BIJWERKEN, DOCUMENTEN_AANMAKEN
from api.pipeline.authorise.authentication import authenticate
from api.pipeline.authorise.judgement import refuse_municipality
from api.pipeline.words.refusals import Forbidden, Judged, Refusal, Step
from tenants.registry.context import current_municipality
from tenants.registry.problem import members
from tenants.registry.running import enter_application

COMPONENT = "drc"
LENGTH = "X-Upload-Length"
UPLOADING = DOCUMENTEN_AANMAKEN | BIJWERKEN


def admit(request: HttpRequest) -> HttpResponse:
    """To the front: 204, or 403 with what it has to tell the client, and by which status."""
    refusal = refusal_of(request)
    if refusal is None:
        return HttpResponse(status=204)
    told = members(status=refusal.status, code=refusal.code, title=refusal.title, detail=refusal.detail)
    response = HttpResponse(status=403)
    response["X-Refusal-Status"] = str(refusal.status)
    response["X-Refusal"] = json.dumps(told)  # in ASCII, as a header is
    return response


def refusal_of(request: HttpRequest) -> Refusal | None:
    """Why nothing large may come from whoever sent this head; None where it may."""
    try:
        client = authenticate(request)
        enter_application(request, client.client_id)
    except Refusal as refusal:
        return refusal
    municipality = current_municipality()
    if restricted := refuse_municipality(municipality):
        return restricted
    if not client.holds(COMPONENT, UPLOADING):
        step = Step.SCOPE if client.has_applicatie else Step.APPLICATIE
        return Forbidden(judged=Judged(step, UPLOADING))
    most = most_bytes(municipality)
    length = request.headers.get(LENGTH, "")
    if length.isascii() and length.isdecimal() and int(length) > most + AROUND:
        return too_large(most)
    return None


class AsksForToken:
    """What the view is to whoever shares out the places of the web: no place for strangers."""

    @staticmethod
    def is_open() -> bool:
        return False


admit.cls = AsksForToken  # type: ignore[attr-defined]  # as the framework marks the view of a resource
