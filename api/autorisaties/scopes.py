"""The scopes of the Autorisaties API (rules, section 2.4)."""

from api.clients.scopes import Scope

AUTORISATIES_LEZEN = Scope("autorisaties.lezen")
AUTORISATIES_BIJWERKEN = Scope("autorisaties.bijwerken")
