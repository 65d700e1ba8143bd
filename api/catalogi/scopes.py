"""The scopes of the Catalogi API (rules, section 2.4)."""

from api.clients.scopes import Scope

CATALOGI_LEZEN = Scope("catalogi.lezen")
CATALOGI_SCHRIJVEN = Scope("catalogi.schrijven")
CATALOGI_GEFORCEERD_SCHRIJVEN = Scope("catalogi.geforceerd-schrijven")
CATALOGI_GEFORCEERD_VERWIJDEREN = Scope("catalogi.geforceerd-verwijderen")

SCHRIJVEN = CATALOGI_SCHRIJVEN | CATALOGI_GEFORCEERD_SCHRIJVEN
VERWIJDEREN = CATALOGI_SCHRIJVEN | CATALOGI_GEFORCEERD_VERWIJDEREN
