from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from tenants.accounts.pages import refused


def forged(request: HttpRequest, reason: str = "") -> HttpResponseBase:  # noqa: ARG001  # Django's signature
    """For a form that did not come from our own page, or came too late."""
    return refused(
        request,
        title=_("Dit formulier is verlopen"),
        why=_(
            "Het formulier kwam niet van deze pagina, of u bent intussen uitgelogd."
            " Ga terug, ververs de pagina en verstuur het formulier opnieuw."
        ),
    )
