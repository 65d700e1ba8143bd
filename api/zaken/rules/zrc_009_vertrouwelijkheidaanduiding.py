"""zrc-009: a zaak without a vertrouwelijkheidaanduiding of its own takes that of its zaaktype."""

from api.pipeline.declare.rules import effect
from api.pipeline.declare.write import Write


@effect
def take_level_of_zaaktype(write: Write) -> None:
    """Filled in before the caller is judged on it; what the client gave is kept."""
    if write.data.get("vertrouwelijkheidaanduiding") is None:
        write.data["vertrouwelijkheidaanduiding"] = write.data["zaaktype"].vertrouwelijkheidaanduiding
