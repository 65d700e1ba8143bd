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
from django.shortcuts import render, resolve_url

from tenants.accounts.fresh import is_fresh, prove_again
from tenants.accounts.person import Person, person_of
from tenants.accounts.rights import Level
from tenants.accounts.side import current_side

View = Callable[..., HttpResponseBase]
NAME = "declared_access"


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

        setattr(wrapped, NAME, Access(signed_in=True, area=area, level=level))
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
        return view(request, *args, **kwargs)

    setattr(wrapped, NAME, Access(signed_in=True, before_second_factor=before_second_factor))
    return wrapped


def anyone(view: View) -> View:
    """For strangers too: signing in, and what leads to it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    setattr(wrapped, NAME, Access(signed_in=False, before_second_factor=True))
    return wrapped


def refused(request: HttpRequest, *, title: str, why: str, who: str = "") -> HttpResponseBase:
    """A page that says why, and who can do it."""
    texts = {"title": title, "why": why, "who": who}
    return render(request, "accounts/refused.html", texts, status=HTTPStatus.FORBIDDEN)


def without_role(request: HttpRequest) -> HttpResponseBase:
    highest = current_side().table.highest.name
    return refused(
        request,
        title="U hebt hier geen rol",
        why="Uw account heeft geen rol, of uw rol is beëindigd.",
        who=f"Vraag een {highest.lower()} om een uitnodiging.",
    )


def not_allowed(request: HttpRequest, person: Person, area: str, level: Level) -> HttpResponseBase:
    table = person.side.table
    may = ", ".join(name.lower() for name in table.who_may(area, level))
    return refused(
        request,
        title="Dit mag u niet",
        why=f"Uw rol is {person.role_name.lower()}. In {table.area(area).name} mag u:"
        f" {person.level(area).word.lower()}. Hiervoor is nodig: {level.word.lower()}.",
        who=f"Dit kan wel: {may}.",
    )
