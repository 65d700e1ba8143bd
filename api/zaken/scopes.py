"""The scopes of the Zaken API (rules, section 2.4)."""

from api.clients.scopes import Scope

ZAKEN_LEZEN = Scope("zaken.lezen")
ZAKEN_AANMAKEN = Scope("zaken.aanmaken")
ZAKEN_BIJWERKEN = Scope("zaken.bijwerken")
ZAKEN_GEFORCEERD_BIJWERKEN = Scope("zaken.geforceerd-bijwerken")
ZAKEN_VERWIJDEREN = Scope("zaken.verwijderen")
ZAKEN_HEROPENEN = Scope("zaken.heropenen")
STATUSSEN_TOEVOEGEN = Scope("zaken.statussen.toevoegen")
AUDITTRAILS_LEZEN = Scope("audittrails.lezen")

BIJWERKEN = ZAKEN_BIJWERKEN | ZAKEN_GEFORCEERD_BIJWERKEN
STATUS_ZETTEN = ZAKEN_AANMAKEN | STATUSSEN_TOEVOEGEN | ZAKEN_HEROPENEN
