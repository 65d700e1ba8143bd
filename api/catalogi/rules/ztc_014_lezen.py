"""ztc-014: who may read zaken or documenten may read the catalogue behind them.

The text speaks of every read, the OAS lists the scopes at the zaaktypen alone; the text is taken.
"""

from api.catalogi.scopes import CATALOGI_LEZEN
from api.clients.scopes import Scope
from api.pipeline.rules import scope_rule
from api.pipeline.visibility import ComponentRights

ZAKEN_LEZEN = Scope("zaken.lezen")
DOCUMENTEN_LEZEN = Scope("documenten.lezen")

LEZEN = CATALOGI_LEZEN | DOCUMENTEN_LEZEN | ZAKEN_LEZEN

RIGHTS = ComponentRights("ztc", also=(("zrc", ZAKEN_LEZEN), ("drc", DOCUMENTEN_LEZEN)))

scope_rule("ztc-014", RIGHTS)
