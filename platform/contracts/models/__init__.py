from contracts.models.calendar import Calendar, CalendarVersion
from contracts.models.price_list import Price, PriceKind, PriceList, PriceListVersion
from contracts.models.service_level import Priority, ServiceLevel, ServiceLevelVersion, Target

__all__ = [
    "Calendar",
    "CalendarVersion",
    "Price",
    "PriceKind",
    "PriceList",
    "PriceListVersion",
    "Priority",
    "ServiceLevel",
    "ServiceLevelVersion",
    "Target",
]
