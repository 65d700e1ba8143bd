"""Refusals and failures as pages: what happened, what is safe, what now, and a reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from screens.formats import clock, long_day
from screens.inline import mono
from screens.pages import show
from screens.shell import Item, Shell

Words = str | Promise


@dataclass(frozen=True)
class Failure:
    title: Words
    happened: Words
    safe: Words


FAILURES = {
    HTTPStatus.BAD_REQUEST: Failure(
        _("Deze aanvraag is niet te begrijpen"),
        _("Het adres of het formulier heeft een vorm die hier niet kan."),
        _("Er is niets veranderd."),
    ),
    HTTPStatus.FORBIDDEN: Failure(
        _("U mag deze pagina niet zien"),
        _("Uw rol geeft geen recht op deze pagina."),
        _("Uw werk is niet kwijt: deze pagina heeft niets veranderd."),
    ),
    HTTPStatus.NOT_FOUND: Failure(
        _("Deze pagina is er niet"),
        _("Het adres klopt niet, of wat hier stond is verwijderd."),
        _("Er is niets veranderd."),
    ),
    HTTPStatus.CONFLICT: Failure(
        _("Iemand anders was eerder"),
        _("Wat u wilde wijzigen is intussen gewijzigd. Bekijk wat er veranderde en probeer het opnieuw."),
        _("Uw wijziging is niet bewaard."),
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: Failure(
        _("Dit kan niet zo"),
        _("De aanvraag was niet compleet of past niet bij wat er nu staat."),
        _("Er is niets veranderd."),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: Failure(
        _("Dat ging te snel achter elkaar"),
        _("Er kwamen te veel aanvragen kort na elkaar. Wacht even en probeer het opnieuw."),
        _("Er is niets veranderd."),
    ),
    HTTPStatus.BAD_GATEWAY: Failure(
        _("Een ander systeem antwoordt niet goed"),
        _(
            "Wij kregen van het systeem dat hiervoor nodig is geen bruikbaar antwoord."
            " Probeer het later opnieuw."
        ),
        _("Er is niets veranderd."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: Failure(
        _("Dit lukt nu even niet"),
        _("Het is druk, of een onderdeel start opnieuw. Wacht een minuut en probeer het opnieuw."),
        _("Wat u niet hebt opgeslagen staat misschien nog in het vorige scherm: ga terug met uw browser."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: Failure(
        _("Er ging iets mis"),
        _("De fout ligt bij ons. Wij hebben er bericht van gekregen."),
        _("Wat u niet hebt opgeslagen staat misschien nog in het vorige scherm: ga terug met uw browser."),
    ),
}


@dataclass(frozen=True)
class ErrorPage:
    status: int
    title: Words
    happened: Words
    safe: Words
    rows: list[tuple[str, str | SafeString]]
    home: str = ""
    next: Item | None = None


def error_page(  # noqa: PLR0913  # what a page knows more than the status
    request: HttpRequest,
    status: HTTPStatus,
    *,
    shell: Shell | None = None,
    title: Words = "",
    happened: Words = "",
    safe: Words = "",
    who: str = "",
    next_step: Item | None = None,
) -> HttpResponse:
    """``happened`` says why for this page, ``who`` names who can help; the rest is of the status.

    Needs neither database nor person, so that it also shows when those are what failed.
    """
    usual = FAILURES[status]
    error = ErrorPage(
        status=status,
        title=title or usual.title,
        happened=happened or usual.happened,
        safe=safe or usual.safe,
        rows=facts_of(who, timezone.now()),
        home=shell.home if shell else "",
        next=next_step,
    )
    # What was done before is told on the next page: where it is kept may be what failed.
    context = {"error": error, "refused": False, "toast": ""}
    return show(request, "screens/error.html", context, shell=shell, status=status)


def facts_of(who: str, now: datetime) -> list[tuple[str, str | SafeString]]:
    asked = [(gettext("Wie kan dit geven"), who)] if who else []
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    known = [(gettext("Kenmerk"), mono(reference, breaks=True))] if reference else []
    return [*asked, *known, (gettext("Tijd"), f"{long_day(now)} {clock(now)}")]
