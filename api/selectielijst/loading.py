"""From the files that ship with the project to the public tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from django.db import models, transaction

from api.selectielijst.models import (
    Communicatiekanaal,
    GeladenVersie,
    Procestype,
    Resultaat,
    Resultaattypeomschrijving,
)
from tenants.registry.context import require_public

DATA = Path(__file__).with_name("data")
VERSIE = "2026.2"
"""Of the files in ``data``; its README tells what is in it."""

FILES: Mapping[str, type[models.Model]] = {
    "procestypen.json": Procestype,
    "resultaten.json": Resultaat,
    "resultaattypeomschrijvingen.json": Resultaattypeomschrijving,
    "communicatiekanalen.json": Communicatiekanaal,
}


def load() -> bool:
    """Make the tables hold exactly what the files hold, at once; whether anything had to be done."""
    require_public()
    texts = {name: (DATA / name).read_bytes() for name in FILES}
    digest = sha256(b"".join(texts.values())).hexdigest()
    if GeladenVersie.objects.filter(versie=VERSIE, digest=digest).exists():
        return False
    with transaction.atomic():
        GeladenVersie.objects.all().delete()
        for model in reversed(list(FILES.values())):  # what refers goes before what is referred to
            model._default_manager.all().delete()
        for name, model in FILES.items():
            rows = [model(**row) for row in json.loads(texts[name])]
            model._default_manager.bulk_create(rows)
        GeladenVersie.objects.create(versie=VERSIE, digest=digest)
    return True
