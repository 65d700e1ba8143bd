"""What is answered where no view did: a page on the paths of a console, else a problem document."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from api.pipeline.http import errors
from screens.errors import error_page
from screens.shell import Shell
from tenants.accounts.middleware import is_console
from tenants.accounts.shell import shell_of
from tenants.registry.problem import problem
from zaakplein import edge


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_console(request):
        return error_page(request, HTTPStatus.BAD_REQUEST, shell=shell_or_none(request))
    return edge.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    if is_console(request):
        return error_page(request, HTTPStatus.FORBIDDEN, shell=shell_or_none(request))
    return problem(status=403, code="permission_denied", title="Geen toegang.", detail="Dit mag u niet.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_console(request):
        return error_page(request, HTTPStatus.NOT_FOUND, shell=shell_or_none(request))
    return errors.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if is_console(request):
        return error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR, shell=shell_or_none(request))
    return errors.server_error(request)


def shell_or_none(request: HttpRequest) -> Shell | None:
    """None where even that cannot be known: it asks the database and Redis, which may be what failed."""
    try:
        return shell_of(request)
    except Exception:  # noqa: BLE001  # whatever it is, the page of the first failure is shown
        return None
