"""The scopes of the Documenten API (rules, section 2.4)."""

from api.clients.scopes import Scope

DOCUMENTEN_LEZEN = Scope("documenten.lezen")
DOCUMENTEN_AANMAKEN = Scope("documenten.aanmaken")
DOCUMENTEN_BIJWERKEN = Scope("documenten.bijwerken")
DOCUMENTEN_GEFORCEERD_BIJWERKEN = Scope("documenten.geforceerd-bijwerken")
DOCUMENTEN_VERWIJDEREN = Scope("documenten.verwijderen")
DOCUMENTEN_LOCK = Scope("documenten.lock")
DOCUMENTEN_GEFORCEERD_UNLOCK = Scope("documenten.geforceerd-unlock")
AUDITTRAILS_LEZEN = Scope("audittrails.lezen")

BIJWERKEN = DOCUMENTEN_BIJWERKEN | DOCUMENTEN_GEFORCEERD_BIJWERKEN
UNLOCK = DOCUMENTEN_LOCK | DOCUMENTEN_GEFORCEERD_UNLOCK
