"""What every page of a console declares: who may open it.

`@page(area=..., level=...)` is for a role, `@own` for whoever is signed in, `@anyone` for strangers. The
middleware refuses a view that declares nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from screens.errors import error_page
from screens.shell import Item
from tenants.accounts.fresh import is_fresh, prove_again
from tenants.accounts.person import Person, person_of
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of
from tenants.accounts.side import current_side

View = Callable[..., HttpResponseBase]
NAME = "declared_access"
FORMS = ("form", "webauthn_form")
"""What packages call the forms of their pages."""


class PageRequest(HttpRequest):
    """The request of a view under `@page`."""

    person: Person


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares; without area it is not for a role."""

    signed_in: bool
    area: str | None = None
    level: Level = Level.NONE
    before_second_factor: bool = False
    fresh: bool = False


def access_of(view: Any) -> Access | None:  # Django's view functions have attributes
    return cast("Access | None", getattr(view, NAME, None))


def page(*, area: str, level: Level, fresh: bool = False) -> Callable[[View], View]:
    """For people whose role reaches this level in this area; `fresh` asks who they are once more.

    The view finds its person at `request.person`.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
            person = person_of(request.user)
            if person is None:
                return without_role(request)
            if not person.may(area, level):
                return not_allowed(request, person, area, level)
            if fresh and not is_fresh(request):
                return prove_again(request)
            request.person = person  # type: ignore[attr-defined]  # see PageRequest
            return view(request, *args, **kwargs)

        setattr(wrapped, NAME, Access(signed_in=True, area=area, level=level, fresh=fresh))
        return wrapped

    return declare


def own(view: View, *, fresh: bool = False, before_second_factor: bool = False) -> View:
    """For whoever is signed in: a person's own account."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        if fresh and not is_fresh(request):
            return prove_again(request)
        return with_status_of_its_form(view(request, *args, **kwargs))

    setattr(wrapped, NAME, Access(signed_in=True, before_second_factor=before_second_factor, fresh=fresh))
    return wrapped


def anyone(view: View) -> View:
    """For strangers too: signing in, and what leads to it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return with_status_of_its_form(view(request, *args, **kwargs))

    setattr(wrapped, NAME, Access(signed_in=False, before_second_factor=True))
    return wrapped


def with_status_of_its_form(response: HttpResponseBase) -> HttpResponseBase:
    """A form with errors is 422, which the views of packages do not say."""
    if isinstance(response, TemplateResponse) and response.status_code == HTTPStatus.OK:
        known = response.context_data or {}
        if any(known[name].errors for name in FORMS if known.get(name)):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
            response.context_data = {**known, "refused": True}
    return response


def refused(
    request: HttpRequest, *, title: str, why: str, who: str = "", status: HTTPStatus = HTTPStatus.FORBIDDEN
) -> HttpResponseBase:
    """A page that says why, and who can do it."""
    to_sign_in = None if request.user.is_authenticated else Item(_("Naar inloggen"), reverse("account_login"))
    return error_page(
        request,
        status,
        shell=shell_of(request),
        title=title,
        happened=why,
        who=who,
        next_step=to_sign_in,
    )


def without_role(request: HttpRequest) -> HttpResponseBase:
    return refused(
        request,
        title=_("U hebt hier geen rol"),
        why=_("Uw account heeft geen rol, of uw rol is beëindigd. Vraag om een uitnodiging."),
        who=str(current_side().table.highest.name),
    )


def not_allowed(request: HttpRequest, person: Person, area: str, level: Level) -> HttpResponseBase:
    table = person.side.table
    why = _("Uw rol is %(role)s. In %(area)s mag u: %(has)s. Hiervoor is nodig: %(needs)s.") % {
        "role": str(person.role_name).lower(),
        "area": table.area(area).name,
        "has": person.level(area).word.lower() if person.level(area) else _("niets"),
        "needs": level.word.lower(),
    }
    return refused(
        request,
        title=_("Dit mag u niet"),
        why=why,
        who=table.who_may(area, level),
    )
