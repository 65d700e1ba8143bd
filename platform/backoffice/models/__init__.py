from backoffice.models.draft import Draft
from backoffice.models.log_line import LogLine

__all__ = ["Draft", "LogLine"]
