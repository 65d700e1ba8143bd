"""The caller of a request, frozen: who signed the token, and what it may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from api.clients.scopes import ScopeExpression
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding

HIGHEST = Vertrouwelijkheidaanduiding.ZEER_GEHEIM.value


@dataclass(frozen=True, slots=True)
class Right:
    """One autorisatie, resolved to a single type (``None`` where the component has none)."""

    component: str
    scopes: frozenset[str]
    type_uuid: UUID | None
    maximum: int


@dataclass(frozen=True, slots=True)
class Client:
    """Who calls, and its compiled rights; read anew for each request, so revoking works at once."""

    client_id: str
    label: str = ""
    user_id: str = ""
    user_representation: str = ""
    has_applicatie: bool = False
    heeft_alle_autorisaties: bool = False
    alleen_is_gereed_voor_publicatie: bool = False
    rights: tuple[Right, ...] = field(default=())

    def holds(self, component: str, scope: ScopeExpression) -> bool:
        """Whether the scope is held for the component, whatever the type or level."""
        if self.heeft_alle_autorisaties:
            return True
        return scope.satisfied_by(
            {label for right in self.rights if right.component == component for label in right.scopes}
        )

    def may(self, component: str, scope: ScopeExpression, type_uuid: UUID | None, level: int) -> bool:
        """Whether the scope is held for this type at this level of confidentiality.

        An autorisatie that names no type (ac-003 allows that for ``audittrails.lezen``) covers all.
        """
        if self.heeft_alle_autorisaties:
            return True
        return scope.satisfied_by(
            {
                label
                for right in self.rights
                if right.component == component
                and right.type_uuid in (None, type_uuid)
                and right.maximum >= level
                for label in right.scopes
            }
        )

    def types(self, component: str, scope: ScopeExpression) -> list[tuple[UUID, int]]:
        """The (type, highest level) pairs for which the scope is held; for reading lists."""
        return [
            (right.type_uuid, right.maximum)
            for right in self.rights
            if right.component == component and right.type_uuid and scope.satisfied_by(right.scopes)
        ]


NOBODY = Client("")
"""Who calls without a token what is open to everybody."""
