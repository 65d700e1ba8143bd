"""ztc-014: who may read zaken or documenten may read the catalogue behind them.

The text speaks of every read, the OAS lists the scopes at the zaaktypen alone; the text is taken.
"""

from api.catalogi.scopes import CATALOGI_LEZEN
from api.clients.scopes import Scope
from api.pipeline.declare.rules import shape
from api.pipeline.declare.visibility import ComponentRights

ZAKEN_LEZEN = Scope("zaken.lezen")
DOCUMENTEN_LEZEN = Scope("documenten.lezen")

LEZEN = CATALOGI_LEZEN | DOCUMENTEN_LEZEN | ZAKEN_LEZEN


@shape
def rights_on_the_catalogue() -> ComponentRights:
    """The scopes of the component, and for reading those of zaken and documenten."""
    also = (("zrc", ZAKEN_LEZEN), ("drc", DOCUMENTEN_LEZEN))
    return ComponentRights("ztc", also=also, key="ztc-014 lezen")


RIGHTS = rights_on_the_catalogue()
