"""Column types that PostgreSQL has and Django has not."""

from api.pipeline.fields.duration import DurationField, is_duration
from api.pipeline.fields.geometry import GeometryField
from api.pipeline.fields.sequence import SequenceField

__all__ = ["DurationField", "GeometryField", "SequenceField", "is_duration"]
