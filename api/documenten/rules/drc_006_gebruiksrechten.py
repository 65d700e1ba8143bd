"""drc-006: indicatieGebruiksrecht says whether there are gebruiksrechten, and follows from them.

False says that there are no conditions, null that nobody knows. It becomes true with the first
gebruiksrechten, and unknown again when the last of them goes.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.documenten.models import Gebruiksrechten
from api.pipeline.authorise.belonging import main_of
from api.pipeline.commit.effects import keep_derived
from api.pipeline.declare.rules import effect, rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation

NAME = "indicatieGebruiksrecht"


@rule
def indicatie_follows_the_rights(write: Write) -> Iterator[Violation]:
    """It cannot say that there are some where there are none, nor the other way round."""
    if not write.changes("indicatie_gebruiksrecht"):
        return
    indicated = write.data["indicatie_gebruiksrecht"]
    present = write.instance is not None and write.instance.gebruiksrechten.exists()
    if indicated and not present:
        reason = "Er zijn geen gebruiksrechten: maak die aan, dan wordt dit vanzelf waar."
        yield Violation(NAME, "missing-gebruiksrechten", reason)
    elif present and not indicated:
        reason = "Er zijn gebruiksrechten: verwijder die eerst."
        yield Violation(NAME, "existing-gebruiksrechten", reason)


@effect
def indicate_rights(write: Write) -> None:
    """The first of them makes it true."""
    document = main_of(write)
    if document.indicatie_gebruiksrecht is not True:
        keep_derived(write, document, indicatie_gebruiksrecht=True)


@effect
def indicate_nothing(write: Write) -> None:
    """Without any it is unknown."""
    document = main_of(write)
    if not Gebruiksrechten.objects.filter(informatieobject=document).exists():
        keep_derived(write, document, indicatie_gebruiksrecht=None)
