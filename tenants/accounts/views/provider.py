"""Signing in at a provider: allauth's views, with what can go wrong there as a page."""

from __future__ import annotations

from http import HTTPStatus

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.http import urlencode
from requests import RequestException

from tenants.accounts.pages import View, refused

TAKEN_FROM_THE_QUERY = ("process", "next")


def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Nobody but us says what is asked of the provider."""
    kept = {name: request.GET[name] for name in TAKEN_FROM_THE_QUERY if name in request.GET}
    request.GET = QueryDict(urlencode(kept))
    return _reached(views.login, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _reached(views.callback, request, provider_id)


def _reached(view: View, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        return view(request, provider_id=provider_id)
    except (RequestException, KeyError, ValueError):
        response = refused(
            request,
            title="De aanbieder antwoordt niet goed",
            why="Wij kregen van het inlogsysteem van uw organisatie geen bruikbaar antwoord.",
            who="Probeer het later opnieuw, of vraag uw beheerder de verbinding te testen.",
        )
        response.status_code = HTTPStatus.BAD_GATEWAY
        return response
