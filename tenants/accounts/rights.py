"""The words of a permission table: area by role gives a level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Level(IntEnum):
    """Each holds what the ones before it hold."""

    NONE = 0
    SEE = 1
    CHANGE = 2
    APPROVE = 3

    @property
    def word(self) -> str:
        return str(WORDS[self])


WORDS = {
    Level.NONE: _("Geen"),
    Level.SEE: _("Zien"),
    Level.CHANGE: _("Wijzigen"),
    Level.APPROVE: _("Goedkeuren"),
}


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    name: str | Promise


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a console, and what each level of it lets a person do, as a sentence."""

    key: str
    name: str | Promise
    consequences: Mapping[Level, str | Promise]
    levels: Mapping[str, Level]
    """By role; a role that is not named has none."""

    def level(self, role: str) -> Level:
        return self.levels.get(role, Level.NONE)

    def consequence(self, role: str) -> str:
        level = self.level(role)
        return str(self.consequences[level]) if level else gettext("Ziet dit onderdeel niet.")


@dataclass(frozen=True, slots=True)
class PermissionTable:
    """All that the people of one console may do. The first role is the highest, and somebody keeps it."""

    roles: tuple[Role, ...]
    areas: tuple[Area, ...]

    @property
    def highest(self) -> Role:
        return self.roles[0]

    def area(self, key: str) -> Area:
        """Raises KeyError for an area that the table does not have."""
        return {area.key: area for area in self.areas}[key]

    def role_name(self, key: str) -> str:
        return str({role.key: role.name for role in self.roles}.get(key, key))

    def has_role(self, key: str) -> bool:
        return any(role.key == key for role in self.roles)

    def level(self, area: str, role: str) -> Level:
        return self.area(area).level(role)

    def who_may(self, area: str, level: Level) -> str:
        """The names of the roles that reach this level, for a sentence."""
        return ", ".join(str(role.name) for role in self.roles if self.level(area, role.key) >= level)

    def rank(self, role: str) -> tuple[Level, ...]:
        """What a role may in each area, in the order of the table."""
        return tuple(area.level(role) for area in self.areas)

    def covers(self, role: str, other: str) -> bool:
        """Say whether whoever has this role may all that the other role may."""
        return all(own >= theirs for own, theirs in zip(self.rank(role), self.rank(other), strict=True))
