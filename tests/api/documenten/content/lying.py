"""What lies in the storage of a municipality, and documents that point at some of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.http import HttpResponse

from api.documenten.content.rows import keep
from api.documenten.content.writing import FOLDER, write
from api.documenten.models import BestandsDeel, EnkelvoudigInformatieObject, Inhoud
from tests.factories.catalogi import InformatieobjecttypeFactory

MOST = 1024 * 1024


def files(media: Path, schema: str = "haarlem") -> dict[str, bytes]:
    """Every content by its key."""
    own = media / schema
    return {
        found.relative_to(own).as_posix(): found.read_bytes()
        for found in (own / FOLDER).rglob("*")
        if found.is_file()
    }


def lay(content: bytes) -> Inhoud:
    """Content with its row, at which nothing points."""
    return keep(write([content], most=MOST))


def document(
    inhoud: Inhoud | None = None, *, bestandsomvang: int | None = None
) -> EnkelvoudigInformatieObject:
    """One that has this content; or one of this size, which is locked and waits for its parts."""
    pending = inhoud is None and bestandsomvang is not None
    number = EnkelvoudigInformatieObject.objects.count() + 1
    made: EnkelvoudigInformatieObject = EnkelvoudigInformatieObject.objects.create(
        identificatie=f"DOCUMENT-{number}",
        bronorganisatie="159351741",
        creatiedatum=date(2026, 1, 1),
        titel="Brief",
        auteur="Balie",
        taal="nld",
        vertrouwelijkheidaanduiding=1,
        informatieobjecttype=InformatieobjecttypeFactory.create(),
        inhoud=inhoud,
        bestandsomvang=inhoud.omvang if inhoud else bestandsomvang,
        lock="geheim" if pending else "",
        lock_houder="balie" if pending else "",
    )
    return made


def with_parts(*contents: bytes) -> EnkelvoudigInformatieObject:
    """One that waits, and of which every part has come."""
    made = document(bestandsomvang=sum(map(len, contents)))
    for number, content in enumerate(contents, 1):
        BestandsDeel.objects.create(
            document=made, volgnummer=number, omvang=len(content), inhoud=lay(content)
        )
    return made


def downloaded(response: HttpResponse, media: Path) -> bytes:
    """What the front sends for this answer from a storage on disk."""
    return (media / response["X-Accel-Redirect"].removeprefix("/_opslag/default/")).read_bytes()
