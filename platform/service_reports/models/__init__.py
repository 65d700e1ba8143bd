from service_reports.models.maintenance import Maintenance
from service_reports.models.minutes import Measured, Minutes
from service_reports.models.report import ServiceReport, ServiceReportQuerySet, State

__all__ = ["Maintenance", "Measured", "Minutes", "ServiceReport", "ServiceReportQuerySet", "State"]
