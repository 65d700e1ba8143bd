"""zrc-012: groups of attributes: null or absent is "not set", an object has all its members.

The answer always has the nested structure; but Open Zaak has null for a verlenging that there is not
(``open_zaak_compatibility``).
"""

from api.pipeline.declare.rules import shape
from api.pipeline.represent.groups import Group
from api.pipeline.represent.members import Field


@shape
def verlenging() -> Group:
    """Why and for how long the zaak was extended."""
    return Group(reden=Field(required=True), duur=Field(required=True), absent=True)


@shape
def opschorting() -> Group:
    """Whether and why handling is suspended."""
    return Group(indicatie=Field(required=True), reden=Field(required=True))


@shape
def processobject() -> Group:
    """The object whose life decides the procestermijn."""
    return Group(
        datumkenmerk=Field(required=True),
        identificatie=Field(required=True),
        objecttype=Field(required=True),
        registratie=Field(required=True),
    )
