"""When a zaak is to be done follows from its zaaktype, as with Open Zaak (no number in the standard)."""

from __future__ import annotations

from datetime import date

from api.pipeline.declare.write import Write
from api.pipeline.validate.fields import day_after

TERMS = {"einddatum_gepland": "servicenorm", "uiterlijke_einddatum_afdoening": "doorlooptijd"}
"""The date, and the term of the zaaktype after which it comes."""


def plan_by_zaaktype(write: Write) -> None:
    """The dates that the client leaves out when the zaak is made (``open_zaak_compatibility``)."""
    if not write.caller.municipality.open_zaak_compatibility:
        return
    for attribute, term in TERMS.items():
        duration = getattr(write.data["zaaktype"], term)
        if duration is not None and write.data.get(attribute) is None:
            write.data[attribute] = _day_after(write.data["startdatum"], duration)


def _day_after(begin: date, duration: str) -> date | None:
    try:
        return day_after(begin, duration)
    except OverflowError:
        return None
