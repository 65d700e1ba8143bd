"""What a document looks like: its newest version, and the ones before it."""

from __future__ import annotations

from api.documenten.members import Content, Locked, NoParts, Parts
from api.documenten.rules import groepen
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Choice, Field, Url
from api.pipeline.represent.representation import Representation

DOCUMENT = Representation(
    url=Self(),
    identificatie=Field(),
    bronorganisatie=Field(),
    creatiedatum=Field(),
    titel=Field(),
    vertrouwelijkheidaanduiding=Choice(blank=True),
    isGereedVoorPublicatie=Field(),
    tonenAanInitiator=Field(),
    auteur=Field(),
    status=Field(),
    inhoudIsVervallen=Field(),
    formaat=Field(),
    taal=Field(),
    versie=Field(read_only=True),
    beginRegistratie=Field(read_only=True),
    bestandsnaam=Field(),
    inhoud=Content(),
    bestandsomvang=Field(),
    link=Url(),
    beschrijving=Field(),
    ontvangstdatum=Field(),
    verzenddatum=Field(),
    indicatieGebruiksrecht=Field(),
    verschijningsvorm=Field(),
    ondertekening=groepen.ondertekening(),
    integriteit=groepen.integriteit(),
    informatieobjecttype=Link(expand=True, schema={"maxLength": 200}),
    locked=Locked("lock"),
    bestandsdelen=Parts(),
    trefwoorden=Field(),
)

EARLIER = DOCUMENT.replacing(
    url=Link("document", read_only=True),
    inhoud=Content("document_id"),
    locked=Locked("document__lock"),
    bestandsdelen=NoParts(),
)
"""The same of a version that is no longer the newest: at the address of the document."""
