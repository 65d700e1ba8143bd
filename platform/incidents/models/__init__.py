from incidents.models.concerned import Concerned, ConcernedQuerySet
from incidents.models.incident import OVER, RUNNING, Incident, IncidentQuerySet, Nature, Severity, State
from incidents.models.update import IncidentUpdate

__all__ = [
    "OVER",
    "RUNNING",
    "Concerned",
    "ConcernedQuerySet",
    "Incident",
    "IncidentQuerySet",
    "IncidentUpdate",
    "Nature",
    "Severity",
    "State",
]
