"""drc-007: a document without a vertrouwelijkheidaanduiding of its own takes that of its type."""

from api.pipeline.declare.rules import effect
from api.pipeline.declare.write import Write

LEVEL = "vertrouwelijkheidaanduiding"


@effect
def take_level_of_type(write: Write) -> None:
    """Filled in before the caller is judged on it; what the client gave is kept."""
    if write.data.get(LEVEL) is None:
        write.data[LEVEL] = write.data["informatieobjecttype"].vertrouwelijkheidaanduiding


@effect
def keep_level(write: Write) -> None:
    """An empty one in a change leaves the document the level that it has."""
    if LEVEL in write.data and write.data[LEVEL] is None:
        del write.data[LEVEL]
