"""What holds for a rol beyond the numbered rules (x-zrc-g1)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation
from api.zaken import betrokkenen


def betrokkene_known(write: Write) -> Iterator[Violation]:
    """Somebody is named: by URL, or by what identifies them."""
    if not write.data.get("betrokkene") and not write.data.get("betrokkene_identificatie"):
        yield Violation(OBJECT, "invalid-betrokkene", "Geef 'betrokkene' of 'betrokkeneIdentificatie' op.")


def betrokkene_identificatie_fits(write: Write) -> Iterator[Violation]:
    """``betrokkeneIdentificatie`` has the form that ``betrokkeneType`` chooses."""
    given = write.data.get("betrokkene_identificatie")
    if not given:
        write.data["betrokkene_identificatie"] = {}
        return
    identificatie, violations = betrokkenen.validated(write.data["betrokkene_type"], given, write.caller)
    write.data["betrokkene_identificatie"] = identificatie
    yield from violations


def name_anew(write: Write) -> None:
    """Who it is is said whole: a URL does not stay beside somebody else's identification."""
    write.data.setdefault("betrokkene", "")


def copy_from_roltype(write: Write) -> None:
    """The omschrijvingen are those of the roltype at this moment."""
    roltype = write.data["roltype"]
    write.data["omschrijving"] = roltype.omschrijving
    write.data["omschrijving_generiek"] = roltype.omschrijving_generiek
