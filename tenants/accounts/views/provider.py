"""Signing in at a provider: allauth's views, with what can go wrong there as a page."""

from __future__ import annotations

from http import HTTPStatus

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from requests import RequestException

from tenants.accounts.pages import View, refused
from tenants.accounts.shell import show_page

TAKEN_FROM_THE_QUERY = ("process", "next")


def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Nobody but us says what is asked of the provider."""
    kept = {name: request.GET[name] for name in TAKEN_FROM_THE_QUERY if name in request.GET}
    request.GET = QueryDict(urlencode(kept))
    return to_provider(request, _reached(views.login, request, provider_id))


def to_provider(request: HttpRequest, sent: HttpResponseBase) -> HttpResponseBase:
    """A page that goes there by itself, in place of a redirect.

    Where a form may lead is limited to our own pages, redirects included; and a provider sends people on to
    others that nobody knows beforehand.
    """
    if not isinstance(sent, HttpResponseRedirect):
        return sent
    page = show_page(request, "accounts/to_provider.html", {"address": sent.url})
    page.headers["Refresh"] = f"0; url={sent.url}"
    return page


def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _reached(views.callback, request, provider_id)


def _reached(view: View, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        return view(request, provider_id=provider_id)
    except (RequestException, KeyError, ValueError):
        return refused(
            request,
            status=HTTPStatus.BAD_GATEWAY,
            title=_("De aanbieder antwoordt niet goed"),
            why=_(
                "Wij kregen van het inlogsysteem van uw organisatie geen bruikbaar antwoord."
                " Probeer het later opnieuw, of vraag uw beheerder de verbinding te testen."
            ),
        )
