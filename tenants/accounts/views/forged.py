from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from tenants.accounts.pages import refused


def forged(request: HttpRequest, reason: str = "") -> HttpResponseBase:  # noqa: ARG001  # Django's signature
    """For a form that did not come from our own page, or came too late."""
    return refused(
        request,
        title="Dit formulier is verlopen",
        why="Het formulier kwam niet van deze pagina, of u bent intussen uitgelogd. Er is niets gewijzigd.",
        who="Ga terug, ververs de pagina en probeer het opnieuw.",
    )
