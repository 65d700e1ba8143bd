"""What stands around a page of a console: whose it is, its menu, and who is signed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from screens.pages import show
from screens.shell import Find, Group, Item, Shell
from screens.shell import Person as Signed
from tenants.accounts.models import User
from tenants.accounts.person import Person, person_of
from tenants.accounts.rights import Level
from tenants.accounts.side import Around, Side, current_side

VERSION = version("zaakplein")


def show_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = HTTPStatus.OK,
    fragment: str = "",
) -> HttpResponse:
    """A page in its console, with what was done just before."""
    done = " ".join(str(message) for message in get_messages(request))
    return show(
        request,
        template,
        {"toast": done, **(context or {})},
        shell=shell_of(request),
        status=status,
        fragment=fragment,
    )


def shell_of(request: HttpRequest) -> Shell:
    """Of the console that the request is for; a stranger sees no menu."""
    side, person = current_side(), person_at(request)
    environment = side.environment()
    around = Around() if person is None else side.around(person)
    groups = [] if person is None else list(_groups(side, person, around))
    return Shell(
        organisation=_organisation(side, person),
        console=str(side.console),
        home=reverse("home"),
        environment=str(environment.word),
        production=environment.production,
        gemeente=not side.has_organisations,
        groups=groups,
        current=_current(request.path, groups),
        person=_signed(request, person),
        find=_find(side, person),
        version=VERSION,
        notice="" if person is None else side.notice(),
        banners=around.banners,
        foot=[Item(gettext("Taal"), _to_languages(request))],
    )


def person_at(request: HttpRequest) -> Person | None:
    """Who is signed in here, with a role."""
    known: Person | None = getattr(request, "person", None)
    user = getattr(request, "user", None)
    if known is None and isinstance(user, User):
        return person_of(user)
    return known


def _groups(side: Side, person: Person, around: Around) -> Iterator[Group]:
    """Only the parts that the person may see."""
    for section in side.menu:
        items = [
            Item(str(entry.word), reverse(entry.page), *around.counts.get(entry.page, ()))
            for entry in section.entries
            if person.may(entry.area, Level.SEE)
        ]
        if items:
            yield Group(str(section.word), items)


def _find(side: Side, person: Person | None) -> Find | None:
    """For who may see what it finds."""
    if side.finds is None or person is None or not person.may(side.finds.area, Level.SEE):
        return None
    return Find(reverse(side.finds.page), str(side.finds.word))


def _current(path: str, groups: Sequence[Group]) -> str:
    """The item that the page belongs to: the longest address that it begins with."""
    urls = [item.url for group in groups for item in group.items]
    return max(
        (url for url in urls if path.startswith(url) and url != reverse("home")), key=len, default=path
    )


def _organisation(side: Side, person: Person | None) -> str:
    if person is None or person.membership.organisation_id is None or not side.has_organisations:
        return side.name()
    return str(person.membership.organisation)


def _signed(request: HttpRequest, person: Person | None) -> Signed | None:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return None
    return Signed(
        name=user.name or user.email,
        role="" if person is None else str(person.role_name),
        sign_out=reverse("account_logout"),
        links=[Item(gettext("Mijn account"), reverse("my_account"))],
    )


def _to_languages(request: HttpRequest) -> str:
    """The page of languages, and back to this one where it can be opened again."""
    address = reverse("language")
    return f"{address}?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else address
