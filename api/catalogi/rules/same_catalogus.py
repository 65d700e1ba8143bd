"""Types that are named by URL stand in the same catalogus (x-ztc-04, x-ztc-05; no number).

A name has no catalogus of its own: it is looked up in the catalogus of the type that names it.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.models import Informatieobjecttype
from api.catalogi.namefield import Name
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation

CODE = "relations-incorrect-catalogus"
REASON = "Dit type staat in een andere catalogus."


def deelzaaktypen_in_same_catalogus(write: Write) -> Iterator[Violation]:
    """``deelzaaktypen`` of a zaaktype."""
    own = write.value("catalogus").pk
    if any(name.catalogus_id not in (None, own) for name in write.data.get("deelzaaktypen", ())):
        yield Violation("deelzaaktypen", CODE, REASON)


def informatieobjecttype_in_same_catalogus(write: Write) -> Iterator[Violation]:
    """The ``informatieobjecttype`` of a relation; its name has to exist there."""
    if not {"zaaktype", "informatieobjecttype_omschrijving"} & write.data.keys():
        return
    own, name = write.value("zaaktype").catalogus_id, write.value("informatieobjecttype_omschrijving")
    elsewhere = isinstance(name, Name) and name.catalogus_id not in (None, own)
    known = Informatieobjecttype.objects.filter(catalogus=own, omschrijving=name)
    if elsewhere or not known.exists():
        yield Violation(OBJECT, CODE, REASON)
