"""Column types that PostgreSQL has and Django has not."""

from api.pipeline.validate.fields.duration import DurationField, is_duration
from api.pipeline.validate.fields.geometry import GeometryField
from api.pipeline.validate.fields.sequence import SequenceField

__all__ = ["DurationField", "GeometryField", "SequenceField", "is_duration"]
