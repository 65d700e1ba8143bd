"""x-drc-08: a verzending has one form of address; a document has one afzender, of whom it was received."""

from __future__ import annotations

from collections.abc import Iterator

from api.documenten.models import Verzending
from api.documenten.models.keuzes import AardRelatie
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation

ADDRESSES = (
    "binnenlands_correspondentieadres",
    "buitenlands_correspondentieadres",
    "correspondentie_postadres",
    "faxnummer",
    "emailadres",
    "mijn_overheid",
    "telefoonnummer",
)


def one_form_of_address(write: Write) -> Iterator[Violation]:
    """Exactly one of them is filled."""
    if sum(bool(write.value(name)) for name in ADDRESSES) != 1:
        yield Violation(OBJECT, "invalid-address", "Geef precies één vorm van adres op.")


def received_when(write: Write) -> Iterator[Violation]:
    """Of what an afzender sent it is known when it was received."""
    if write.value("aard_relatie") == AardRelatie.AFZENDER and not write.value("ontvangstdatum"):
        yield Violation("ontvangstdatum", "required", "Bij een afzender hoort een ontvangstdatum.")


def one_afzender(write: Write) -> Iterator[Violation]:
    """A document came from one sender."""
    if write.value("aard_relatie") != AardRelatie.AFZENDER:
        return
    others = Verzending.objects.filter(
        informatieobject=write.value("informatieobject"), aard_relatie=AardRelatie.AFZENDER
    )
    if write.instance is not None:
        others = others.exclude(pk=write.instance.pk)
    if others.exists():
        yield Violation("aardRelatie", "unique", "Het document heeft al een afzender.")
