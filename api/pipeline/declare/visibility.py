"""Who may see what (zrc-006), in two forms that choose the same rows.

``visible`` decides between 200 and 403 on a detail, and leaves objects out of ``_expand``. It sees only
placeholders, never a client: its text is shared by all. ``restrict`` narrows a list, a search and a count at
the source, for the client that asks: its text names the types, so that an index finds their rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Expression, F, Q, QuerySet, SmallIntegerField, UUIDField, Value

from api.clients.client import HIGHEST, Client
from api.clients.scopes import ScopeExpression
from api.pipeline.sql.compiled import Param
from api.pipeline.sql.rows import Sql

ONLY_PUBLISHED = Param(
    "alleen_is_gereed_voor_publicatie",
    lambda bindings: bindings.client.alleen_is_gereed_voor_publicatie,
    "boolean",
    BooleanField(),
)


@dataclass(frozen=True, slots=True)
class ComponentRights:
    """Rights that name no type: holding the scope for the component is enough.

    ``also`` names scopes of other components that count as well (ztc-014).
    """

    component: str
    also: tuple[tuple[str, ScopeExpression], ...] = ()
    key: str = ""
    """The rule of the standard that says so about ``also``, by its number and subject."""

    def visible(self, scope: ScopeExpression, through: str = "") -> Expression:
        """The condition on a row, the same for every row."""
        return Param(
            f"holds {scope}", lambda bindings: self.held(bindings.client, scope), "boolean", BooleanField()
        )

    def restrict(
        self, rows: QuerySet[Any, Any], client: Client, scope: ScopeExpression, through: str = ""
    ) -> QuerySet[Any, Any]:
        """Every row or none."""
        return rows if self.held(client, scope) else rows.none()

    def held(self, client: Client, scope: ScopeExpression) -> bool:
        """Whether the caller holds the scope."""
        return any(client.holds(component, enough) for component, enough in self.sources(scope))

    def sources(self, scope: ScopeExpression) -> list[tuple[str, ScopeExpression]]:
        """The components whose autorisaties count, with what is enough there."""
        return [(self.component, scope), *self._also(scope)]

    def rule(self, scope: ScopeExpression) -> str:
        """The rule by which this scope is judged; empty where there is none."""
        return self.key if self._also(scope) else ""

    def subject(self, main: Any) -> tuple[UUID | None, int | None]:
        """The type and level on which an object is judged: neither."""
        return None, None

    def _also(self, scope: ScopeExpression) -> list[tuple[str, ScopeExpression]]:
        return [each for each in self.also if each[1].labels() <= scope.labels()]

    def permits(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """Whether the caller holds the scope for this object."""
        return self.held(client, scope)

    def sees_all(self, client: Client, scope: ScopeExpression) -> bool:
        """Who holds the scope sees every row."""
        return self.held(client, scope)

    def withholds(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """Never."""
        return False

    def hides(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """Never: who makes a zaak of a type refers to it with rights on zaken alone (rules, section 2.1)."""
        return False


@dataclass(frozen=True, slots=True)
class AllRights(ComponentRights):
    """For applications with all rights (``heeftAlleAutorisaties``): no scope is enough."""

    def visible(self, scope: ScopeExpression, through: str = "") -> Expression:
        """The condition on a row, the same for every row."""
        return Param(
            "has all rights", lambda bindings: self.held(bindings.client, scope), "boolean", BooleanField()
        )

    def held(self, client: Client, scope: ScopeExpression) -> bool:
        """Whether the caller has all rights."""
        return client.heeft_alle_autorisaties


@dataclass(frozen=True, slots=True)
class TypeRights:
    """Rights per type, up to a level of confidentiality where the component has one."""

    component: str
    type_attribute: str
    level_attribute: str | None = None
    key: str = ""
    """The rule of the standard that says so, by its number and subject."""
    published_attribute: str | None = None
    """What has to be true of the object for an application that may read nothing else, however many rights
    it has (``alleenIsGereedVoorPublicatie``)."""
    reading: tuple[ScopeExpression, ...] = ()
    """The scopes with which is read: what is not published is withheld from reading alone."""

    def visible(self, scope: ScopeExpression, through: str = "") -> Expression:
        """The condition on a row whose main object is reached ``through`` a relation."""
        covered = self._covered(scope, through)
        if not self._regards_publication(scope):
            return covered
        published = F(f"{through}{self.published_attribute}")
        return Sql(
            "({} AND (NOT {} OR {} IS TRUE))",
            covered,
            ONLY_PUBLISHED,
            published,
            output_field=BooleanField(),
        )

    def restrict(
        self, rows: QuerySet[Any, Any], client: Client, scope: ScopeExpression, through: str = ""
    ) -> QuerySet[Any, Any]:
        """The rows that this client may see, whose main object is reached ``through`` a relation."""
        if self._only_published(client, scope):
            rows = rows.filter(**{f"{through}{self.published_attribute}": True})
        if client.heeft_alle_autorisaties:
            return rows
        held = self.held_by_level(client, scope)
        if not held:
            return rows.none()
        rows = rows.filter(self._among([each for types in held.values() for each in types], through))
        if self.level_attribute is None:
            return rows
        level = f"{through}{self.level_attribute}__lte"
        highest = max(held)
        # as exceptions: of alternatives no index is enough by itself, and PostgreSQL would estimate too few
        exceptions = [
            ~Q(self._among(types, through)) | Q(**{level: most})
            for most, types in held.items()
            if most < highest
        ]
        return rows.filter(*exceptions, **{level: highest})

    def held_by_level(self, client: Client, scope: ScopeExpression) -> dict[int, list[UUID]]:
        """The types for which the scope is held, by the highest level up to which it is."""
        highest: dict[UUID, int] = {}
        for each, level in client.types(self.component, scope):
            highest[each] = max(level, highest.get(each, level))
        held: dict[int, list[UUID]] = {}
        for each, level in highest.items():
            held.setdefault(level, []).append(each)
        return held

    def _among(self, types: list[UUID], through: str) -> Expression:
        # as one text: PostgreSQL reads that quicker than a list of many values
        array = Value(f"{{{','.join(map(str, types))}}}")
        return Sql(
            "{} = ANY({}::uuid[])", F(through + self.type_attribute), array, output_field=BooleanField()
        )

    def sees_all(self, client: Client, scope: ScopeExpression) -> bool:
        """Who has all rights, unless it may read only what is published."""
        return client.heeft_alle_autorisaties and not self._only_published(client, scope)

    def withholds(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """What is not published, from an application that may read nothing else."""
        if not self._only_published(client, scope):
            return False
        return getattr(main, str(self.published_attribute)) is not True

    def _only_published(self, client: Client, scope: ScopeExpression) -> bool:
        return client.alleen_is_gereed_voor_publicatie and self._regards_publication(scope)

    def _regards_publication(self, scope: ScopeExpression) -> bool:
        return self.published_attribute is not None and scope in self.reading

    def _covered(self, scope: ScopeExpression, through: str) -> Expression:
        level = F(through + self.level_attribute) if self.level_attribute else Sql("0")
        return Sql(
            "({} OR EXISTS (SELECT 1 FROM unnest({}, {}) AS held(type, level)"
            " WHERE held.type = {} AND {} <= held.level))",
            self._everything(),
            self._types(scope),
            self._levels(scope),
            F(through + self.type_attribute),
            level,
            output_field=BooleanField(),
        )

    def held(self, client: Client, scope: ScopeExpression) -> bool:
        """Whether the caller holds the scope for any type at all."""
        return client.holds(self.component, scope)

    def permits(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """Whether the caller holds the scope for the type and level of this main object."""
        if self.withholds(client, scope, main):
            return False
        type_uuid, level = self.subject(main)
        return client.may(self.component, scope, type_uuid, HIGHEST if level is None else level)

    def hides(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """What is judged object by object is hidden where it may not be read."""
        return not self.permits(client, scope, main)

    def sources(self, scope: ScopeExpression) -> list[tuple[str, ScopeExpression]]:
        """The components whose autorisaties count, with what is enough there."""
        return [(self.component, scope)]

    def rule(self, scope: ScopeExpression) -> str:
        """The rule by which this scope is judged."""
        return self.key

    def subject(self, main: Any) -> tuple[UUID | None, int | None]:
        """The type and level on which an object is judged."""
        level = getattr(main, self.level_attribute) if self.level_attribute else None
        return getattr(main, self.type_attribute), level

    def _everything(self) -> Param:
        return Param(
            "heeft_alle_autorisaties", lambda b: b.client.heeft_alle_autorisaties, "boolean", BooleanField()
        )

    def _types(self, scope: ScopeExpression) -> Param:
        return Param(
            "types",
            lambda b: [uuid for uuid, _ in b.client.types(self.component, scope)],
            "uuid[]",
            ArrayField(UUIDField()),
        )

    def _levels(self, scope: ScopeExpression) -> Param:
        return Param(
            "levels",
            lambda b: [level for _, level in b.client.types(self.component, scope)],
            "smallint[]",
            ArrayField(SmallIntegerField()),
        )


@dataclass(frozen=True, slots=True)
class OpenRights:
    """What is public: everybody may read it, and no token is asked."""

    def visible(self, scope: ScopeExpression, through: str = "") -> Expression:
        """The condition on a row, which every row meets."""
        return Sql("true", output_field=BooleanField())

    def restrict(
        self, rows: QuerySet[Any, Any], client: Client, scope: ScopeExpression, through: str = ""
    ) -> QuerySet[Any, Any]:
        """Every row."""
        return rows

    def held(self, client: Client, scope: ScopeExpression) -> bool:
        """Always."""
        return True

    def permits(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """Always."""
        return True

    def sees_all(self, client: Client, scope: ScopeExpression) -> bool:
        """Always."""
        return True

    def withholds(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """Never."""
        return False

    def hides(self, client: Client, scope: ScopeExpression, main: Any) -> bool:
        """Never."""
        return False

    def sources(self, scope: ScopeExpression) -> list[tuple[str, ScopeExpression]]:
        """No autorisatie counts."""
        return []

    def rule(self, scope: ScopeExpression) -> str:
        """No rule says so."""
        return ""

    def subject(self, main: Any) -> tuple[UUID | None, int | None]:
        """The type and level on which an object is judged: neither."""
        return None, None


Rights = ComponentRights | TypeRights | OpenRights
