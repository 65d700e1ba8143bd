"""A checksum that a client gives is kept as it is given; where it is not that of the content, we say so."""

from __future__ import annotations

from api.documenten.content.writing import Stored, checksum
from api.documenten.models import EnkelvoudigInformatieObject, Inhoud
from tenants.registry.storage import UnknownStorage

WARNING = "integriteit.waarde is niet de controlesom van de ontvangen inhoud"
MOST_SUMMED = 100 * 1024**2
"""How many bytes are read for it while the client waits, which is a second's work or so."""


def warning_about(document: EnkelvoudigInformatieObject) -> str:
    """For the header ``X-Warning``; empty where it is right, or nobody here computes such a checksum.

    What was asked has been done: neither a storage that is silent nor who deletes it meanwhile undoes it.
    """
    given = document.integriteit_waarde.strip()
    try:
        inhoud = document.inhoud
        if inhoud is None or not given:
            return ""
        stored = Stored(inhoud.opslag, inhoud.key, inhoud.omvang, inhoud.sha256, row=inhoud.pk)
        computed = checksum(stored, document.integriteit_algoritme, most=MOST_SUMMED)
    except (OSError, UnknownStorage, Inhoud.DoesNotExist):
        return ""
    return WARNING if computed is not None and computed != given.lower() else ""
