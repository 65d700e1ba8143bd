"""The two sides of the house: the vendor's console in public, a municipality's in its own schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from screens.shell import Banner
from tenants.accounts.models import LogLine
from tenants.accounts.rights import PermissionTable
from tenants.registry.connection import connection
from tenants.registry.context import require_public
from tenants.registry.models import Municipality

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: the name of its page's URL, and the area whose readers see it."""

    word: Words
    page: str
    area: str


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading; the first section of a menu has none."""

    word: Words
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Environment:
    """Which environment a console is of; one that is not production is marked on every page."""

    word: Words = ""
    production: bool = True


@dataclass(frozen=True, slots=True)
class Around:
    """What changes from one moment to the next in what stands around every page."""

    banners: Sequence[Banner] = ()
    counts: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    """By the page of a line of the menu: what stands at its end, and whether it is hot."""


@dataclass(frozen=True, slots=True)
class Side:
    """What differs between the consoles as far as their people are concerned."""

    table: PermissionTable
    log: str
    """The label of the model of its log."""
    urlconf: str
    name: Callable[[], str]
    """Whose console it is, as its people call it."""
    console: Words
    """The word for this kind of console, below the name of whose it is."""
    environment: Callable[[], Environment]
    menu: tuple[Section, ...]
    """Only what has a page."""
    second_factor_required: Callable[[], bool]
    has_organisations: bool
    finds: Entry | None = None
    """The page whose list the search field of the bar asks."""
    notice: Callable[[], str] = str
    """What every page tells whoever has a role, while it lasts; nothing where all is as usual."""
    around: Callable[[Any], Around] = lambda _person: Around()
    """For this person, of ``tenants.accounts.person``; one statement for each part that it has."""

    @property
    def log_model(self) -> type[LogLine]:
        return cast("type[LogLine]", apps.get_model(self.log))


def together(*parts: Callable[[Any], Around]) -> Callable[[Any], Around]:
    """What each of these has for a person, in this order."""

    def around(person: Any) -> Around:  # as Side.around
        found = [part(person) for part in parts]
        banners = [banner for each in found for banner in each.banners]
        return Around(banners, {page: count for each in found for page, count in each.counts.items()})

    return around


def current_side() -> Side:
    """The municipality's inside one, else the vendor's; settings.CONSOLES says where each is declared."""
    if isinstance(connection.tenant, Municipality):
        return side_of("municipality")
    require_public()
    return side_of("vendor")


def side_of(console: str) -> Side:
    """Raises KeyError for a console that the settings do not name."""
    return cast("Side", import_string(settings.CONSOLES[console]))
