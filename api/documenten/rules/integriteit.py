"""A checksum that a client gives is kept as it is given; where it is not that of the content, we say so."""

from __future__ import annotations

from api.documenten.content.writing import Stored, checksum
from api.documenten.models import EnkelvoudigInformatieObject

WARNING = "integriteit.waarde is niet de controlesom van de ontvangen inhoud"


def warning_about(document: EnkelvoudigInformatieObject) -> str:
    """For the header ``X-Warning``; empty where it is right, or nobody here computes such a checksum."""
    inhoud, given = document.inhoud, document.integriteit_waarde.strip()
    if inhoud is None or not given:
        return ""
    stored = Stored(inhoud.opslag, inhoud.key, inhoud.omvang, inhoud.sha256, row=inhoud.pk)
    try:
        computed = checksum(stored, document.integriteit_algoritme)
    except OSError:  # a storage that is silent now: what was asked has been done, and no warning undoes it
        return ""
    return WARNING if computed is not None and computed != given.lower() else ""
