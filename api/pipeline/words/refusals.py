"""Why a request is refused; the pipeline turns each into an answer of the standard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from api.clients.scopes import ScopeExpression
from api.pipeline.words.violations import Violation
from tenants.registry.problem import UNAVAILABLE, UNAVAILABLE_TITLE


class Step(StrEnum):
    """Where on the way in it is decided whether a caller may; in this order, as a client reads it."""

    TOKEN = "token"  # noqa: S105 - a step, no secret
    APPLICATIE = "applicatie"
    SCOPE = "scope"
    TYPE = "type-en-niveau"
    CONDITION = "voorwaarde"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a refusal rests on."""

    step: Step
    scope: ScopeExpression | None = None
    """What would have been enough."""
    main: Any = None
    """The object whose type and level counted, where there was one."""
    number: str = ""
    """The rule of the standard."""


class Refusal(Exception):
    """An expected no: HTTP status, code and title of the standard, and a reason for people."""

    status = 400
    code = "error"
    title = "Er is een fout opgetreden."

    def __init__(self, detail: str = "", *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail or self.title
        if code is not None:
            self.code = code


class Invalid(Refusal):
    """400: the violations, all at once."""

    code = "invalid"
    title = "Ongeldige invoer."

    def __init__(self, violations: Iterable[Violation]) -> None:
        super().__init__("")
        self.violations = list(violations)


class Malformed(Refusal):
    """400: the body cannot be read at all."""

    code = "parse_error"
    title = "Ongeldige opmaak."


class NotAuthenticated(Refusal):
    """403: the token is missing or wrong (the standard's peers answer 403, not 401)."""

    status = 403
    code = "not_authenticated"
    title = "Authenticatiegegevens ontbreken of zijn ongeldig."

    client_id = ""
    """Whose the token claims to be, where it says so in a form that an id can have."""


class Forbidden(Refusal):
    """403: the caller is known and may not."""

    status = 403
    code = "permission_denied"
    title = "U heeft geen toestemming om deze actie uit te voeren."

    def __init__(self, detail: str = "", *, judged: Judged) -> None:
        super().__init__(detail)
        self.judged = judged


class Restricted(Refusal):
    """403: nobody writes here for now, whatever he may otherwise."""

    status = 403
    code = "municipality-restricted"
    title = "Er kan nu niets worden gewijzigd."


class NotFound(Refusal):
    """404: not here, or another municipality's, which is the same."""

    status = 404
    code = "not_found"
    title = "Niet gevonden."


class NotAcceptable(Refusal):
    """406: a form or coordinate system that is not offered."""

    status = 406
    code = "not_acceptable"
    title = "Kan niet voldoen aan de Accept header."


class Conflict(Refusal):
    """409: somebody else was first."""

    status = 409
    code = "conflict"
    title = "De gegevens zijn ondertussen gewijzigd."


class InUse(Conflict):
    """409: other objects need it, and are never deleted along with it."""

    code = "in-use"
    title = "Dit object is in gebruik en kan niet worden verwijderd."


class PreconditionFailed(Refusal):
    """412: a header that the operation needs is missing."""

    status = 412
    code = "precondition_failed"
    title = "Een verplichte header ontbreekt."


class Unavailable(Refusal):
    """503: a part that this needs does not answer."""

    status = 503
    code = UNAVAILABLE
    title = UNAVAILABLE_TITLE


class TooMany(Refusal):
    """429: as many are at work as there may be."""

    status = 429
    code = "too-many-jobs"
    title = "Er loopt al te veel."


class TooLarge(Refusal):
    """413: more bytes than the operation takes."""

    status = 413
    code = "request_too_large"
    title = "Het bericht is te groot."
