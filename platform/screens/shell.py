"""What stands around a page: bar, menu and foot. Each console makes its own for a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screens.due import Due
from screens.parts import Act


@dataclass(frozen=True)
class Item:
    """A line of the menu. ``count`` is shown at its end, in red where it is ``hot``."""

    word: str
    url: str
    count: str = ""
    hot: bool = False


@dataclass(frozen=True)
class Group:
    """Items under a heading; the first group of a menu has none."""

    word: str
    items: Sequence[Item]


@dataclass(frozen=True)
class Person:
    """Who is signed in. Signing out is a POST."""

    name: str
    role: str
    sign_out: str
    links: Sequence[Item] = ()


@dataclass(frozen=True)
class Find:
    """The search field of the bar: where it asks, and what it says when empty."""

    url: str
    hint: str


@dataclass(frozen=True)
class Banner:
    """Something that runs: it stands on every page, with the time that is left and the button that ends it.

    ``told`` comes first, in bold; ``more`` leads to its page.
    """

    label: str
    told: str
    words: str = ""
    more: Item | None = None
    due: Due | None = None
    act: Act | None = None


@dataclass(frozen=True)
class Shell:
    """``current`` is the url of the menu's item that the page belongs to.

    ``gemeente`` gives the light bar of the municipal console, ``theme`` the name of a sheet in
    ``static/screens/themes``. An environment that is not production is yellow on every page, and so is a
    ``notice``: what holds for all of the console while it lasts.
    """

    organisation: str
    console: str
    home: str
    environment: str = ""
    production: bool = True
    gemeente: bool = False
    theme: str = ""
    groups: Sequence[Group] = ()
    current: str = ""
    person: Person | None = None
    find: Find | None = None
    version: str = ""
    foot: Sequence[Item] = ()
    notice: str = ""
    banners: Sequence[Banner] = ()
