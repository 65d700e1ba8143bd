"""Column types that PostgreSQL has and Django has not."""

from api.pipeline.validate.fields.duration import DurationField, day_after, is_duration, is_no_time
from api.pipeline.validate.fields.geometry import GeometryField
from api.pipeline.validate.fields.sequence import SequenceField

__all__ = [
    "DurationField",
    "GeometryField",
    "SequenceField",
    "day_after",
    "is_duration",
    "is_no_time",
]
