"""Groups of attributes of a document: null or absent is "not set" (x-gen-12); an answer has them."""

from __future__ import annotations

from api.pipeline.represent.groups import Group
from api.pipeline.represent.members import Field


def ondertekening() -> Group:
    """How and when it was signed."""
    return Group(soort=Field(required=True), datum=Field(required=True))


def integriteit() -> Group:
    """A checksum that the client gives, kept as it is given."""
    return Group(algoritme=Field(required=True), waarde=Field(required=True), datum=Field(required=True))
