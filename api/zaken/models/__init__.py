"""The zaken of a municipality and what is recorded about them."""

from api.zaken.models.identificatieteller import IdentificatieTeller
from api.zaken.models.resultaat import Resultaat
from api.zaken.models.rol import Rol
from api.zaken.models.status import Status
from api.zaken.models.zaak import Zaak

__all__ = ["IdentificatieTeller", "Resultaat", "Rol", "Status", "Zaak"]
