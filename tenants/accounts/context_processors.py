"""What each page of a console knows besides its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from tenants.accounts.middleware import is_console
from tenants.accounts.models import User
from tenants.accounts.person import Person, person_of
from tenants.accounts.rights import Level
from tenants.accounts.side import current_side


@dataclass(frozen=True, slots=True)
class MenuItem:
    name: str
    url: str
    is_current: bool


def console(request: HttpRequest) -> Mapping[str, Any]:
    """Whose console it is, and the parts of it that this person sees; nothing outside a console."""
    if not is_console(request):
        return {}
    return {
        "console_name": current_side().name(),
        "menu": SimpleLazyObject(lambda: menu(request)),
    }


def menu(request: HttpRequest) -> list[MenuItem]:
    """An area is in the menu where it has a page: a URL with the area's own name."""
    person = _person(request)
    if person is None:
        return []
    items = []
    for area in person.side.table.areas:
        if person.may(area.key, Level.SEE):
            try:
                url = reverse(area.key)
            except NoReverseMatch:
                continue
            items.append(MenuItem(str(area.name), url, request.path.startswith(url)))
    return items


def _person(request: HttpRequest) -> Person | None:
    known: Person | None = getattr(request, "person", None)
    if known is None and isinstance(request.user, User):
        return person_of(request.user)
    return known
