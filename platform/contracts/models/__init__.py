from contracts.models.agreed import (
    SUPPORT,
    ContractCover,
    ContractLine,
    ContractParty,
    CostKind,
    Line,
    Per,
)
from contracts.models.annex import Annex, AnnexKind
from contracts.models.calendar import Calendar, CalendarVersion
from contracts.models.contract import Contract, ContractCounter
from contracts.models.contract_entry import ContractEntry
from contracts.models.contract_version import BreakGlass, ContractVersion, Renewal
from contracts.models.hours import HoursEntry, HoursKind
from contracts.models.in_force import InForce
from contracts.models.price_list import Price, PriceKind, PriceList, PriceListVersion
from contracts.models.service_level import Priority, ServiceLevel, ServiceLevelVersion, Target
from contracts.models.signature import How, Signature
from contracts.models.vendor_change import VendorChange

__all__ = [
    "SUPPORT",
    "Annex",
    "AnnexKind",
    "BreakGlass",
    "Calendar",
    "CalendarVersion",
    "Contract",
    "ContractCounter",
    "ContractCover",
    "ContractEntry",
    "ContractLine",
    "ContractParty",
    "ContractVersion",
    "CostKind",
    "HoursEntry",
    "HoursKind",
    "How",
    "InForce",
    "Line",
    "Per",
    "Price",
    "PriceKind",
    "PriceList",
    "PriceListVersion",
    "Priority",
    "Renewal",
    "ServiceLevel",
    "ServiceLevelVersion",
    "Signature",
    "Target",
    "VendorChange",
]
