from handover.models.entry import Entry
from handover.models.handover import COLUMNS, KINDS, Handover, HandoverQuerySet, Party, Role
from handover.models.task import Task

__all__ = ["COLUMNS", "KINDS", "Entry", "Handover", "HandoverQuerySet", "Party", "Role", "Task"]
