"""Sessions, CSRF, languages and people for the pages of a console, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from allauth.account.middleware import AccountMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_htmx.http import HttpResponseClientRedirect
from redis.exceptions import RedisError

from screens.errors import FAILURES, error_page
from screens.policy import protect
from tenants.accounts.language import language_of
from tenants.accounts.mfa_adapter import has_second_factor
from tenants.accounts.pages import access_of, refused
from tenants.accounts.side import current_side
from tenants.registry.context import is_for_vendor
from tenants.registry.middleware import unavailable

MUNICIPAL_PATH = "/beheer/"
NOT_THE_VENDORS_CONSOLE = (
    "/livez",
    "/readyz",
    "/static/",
    "/componenten/",
    "/documentatie/",
    settings.VENDOR_API_PATH,
)
HAS_SECOND_FACTOR = "has_second_factor"
OF_THE_APIS = "application/problem+json"

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ConsoleMiddleware:
    """The one place that parts the consoles from the APIs, which pay nothing but the question.

    A console's request goes through Django's own middleware and allauth's. Django asks for views and
    exceptions only what the settings list, so those turns are taken here.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.account = AccountMiddleware(get_response)
        inner = AuthenticationMiddleware(MessageMiddleware(self.page))  # type: ignore[arg-type]  # the stubs expect HttpResponse
        self.csrf = CsrfViewMiddleware(inner)  # type: ignore[arg-type]
        self.chain = SessionMiddleware(self.csrf)  # type: ignore[arg-type]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_console(request):
            return self.get_response(request)
        language = language_of(request)
        with override(language):
            response = protect(cast("HttpResponseBase", self.chain(request)))
        response["Cache-Control"] = "private, no-store"
        response["Content-Language"] = language
        return response

    def page(self, request: HttpRequest) -> HttpResponseBase:
        """What a view answered, as a person or htmx takes it."""
        response = cast("HttpResponseBase", self.account(request))
        if response.get("Content-Type", "").startswith(OF_THE_APIS):
            return failed(request, response)
        if isinstance(response, HttpResponse) and response.has_header("Location"):
            return told_to_go(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse forged posts, views that declare nothing, and whoever still owes a second factor."""
        if not is_console(request):
            return None
        forged = self.csrf.process_view(request, view, args, kwargs)
        if forged is not None:
            return forged
        access = access_of(view)
        if access is None:
            return refused(
                request, title=_("Deze pagina is gesloten"), why=_("Zij zegt niet voor wie zij is.")
            )
        try:
            owes = not access.before_second_factor and owes_second_factor(request)
        except RedisError as error:
            return unavailable(error)
        return redirect("mfa_activate_totp") if owes else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """What allauth raises to have a person sent elsewhere."""
        if not is_console(request):
            return None
        return cast("HttpResponseBase | None", self.account.process_exception(request, exception))


def is_console(request: HttpRequest) -> bool:
    if is_for_vendor():
        return not request.path_info.startswith(NOT_THE_VENDORS_CONSOLE)
    return request.path_info.startswith(MUNICIPAL_PATH)


def failed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What is told to programs, such as a database that is away, told to a person."""
    status = HTTPStatus(response.status_code)
    page = error_page(request, status if status in FAILURES else HTTPStatus.INTERNAL_SERVER_ERROR)
    if getattr(response, "_has_been_logged", False):
        page._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  # Django asks it of the last answer
    if response.has_header("Retry-After"):
        page["Retry-After"] = response["Retry-After"]
    return page


def told_to_go(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A redirect, which htmx would follow to put the next page into a part of this one."""
    if request.headers.get("HX-Request") != "true":
        return response
    told = HttpResponseClientRedirect(response["Location"])
    told.cookies = response.cookies
    return told


def owes_second_factor(request: HttpRequest) -> bool:
    """Asked once in a session: the last factor stays where one is required."""
    if not request.user.is_authenticated or not current_side().second_factor_required():
        return False
    if not request.session.get(HAS_SECOND_FACTOR):
        if not has_second_factor(request.user):
            return True
        request.session[HAS_SECOND_FACTOR] = True
    return False
