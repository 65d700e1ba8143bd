from contracts.models.calendar import Calendar, CalendarVersion
from contracts.models.service_level import Priority, ServiceLevel, ServiceLevelVersion, Target

__all__ = ["Calendar", "CalendarVersion", "Priority", "ServiceLevel", "ServiceLevelVersion", "Target"]
