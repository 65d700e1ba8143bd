from access.models.emergencies import Emergencies
from access.models.grant import Grant, Kind, Scope, State

__all__ = ["Emergencies", "Grant", "Kind", "Scope", "State"]
