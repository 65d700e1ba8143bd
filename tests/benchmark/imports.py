"""How long a bulk import of documents takes, on the database of `infra/up`; they are deleted after it.

.venv/bin/python tests/benchmark/imports.py [rows] [bytes]
"""

from __future__ import annotations

import csv
import os
import sys
import time
from importlib import import_module
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaakplein.settings")

import django  # noqa: E402  # the settings have to be named first

django.setup()

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

import_module(settings.ROOT_URLCONF)

from api.catalogi.models import Informatieobjecttype  # noqa: E402
from api.documenten.importing import later  # noqa: E402
from api.documenten.importing.table import COLUMNS  # noqa: E402
from api.documenten.models import DocumentImport, EnkelvoudigInformatieObject  # noqa: E402
from api.pipeline.authorise.authentication import client_now  # noqa: E402
from api.pipeline.commit.entry import carry_out  # noqa: E402
from api.pipeline.declare.write import Write  # noqa: E402
from api.pipeline.words.caller import Caller  # noqa: E402
from api.pipeline.words.registry import resource_for  # noqa: E402
from tenants.jobs.models import Job  # noqa: E402
from tenants.jobs.running import work_through  # noqa: E402
from tenants.registry.context import in_municipality  # noqa: E402
from tenants.registry.models import Municipality  # noqa: E402

CLIENT = "demo"
ORIGIN = "http://haarlem.localhost"
AUTEUR = "Meting van de import"


def table(rows: int) -> bytes:
    of_type = Informatieobjecttype.objects.published().first()
    given = {
        "bronorganisatie": "517439943",
        "creatiedatum": "2026-01-05",
        "titel": "Brief",
        "auteur": AUTEUR,
        "taal": "nld",
        "informatieobjecttype": f"{ORIGIN}{resource_for(Informatieobjecttype).path_of(of_type)}",
    }
    text = StringIO()
    lines = csv.DictWriter(text, COLUMNS, restval="")
    lines.writeheader()
    lines.writerows({**given, "bestandspad": f"{number}.bin"} for number in range(rows))
    return text.getvalue().encode()


def measure(rows: int, size: int) -> None:
    municipality = Municipality.objects.get(schema_name="haarlem")
    with TemporaryDirectory() as root:
        settings.IMPORT_ROOT = root
        own = Path(root) / municipality.schema_name
        own.mkdir()
        for number in range(rows):
            (own / f"{number}.bin").write_bytes(os.urandom(size))
        with in_municipality(municipality):
            caller = Caller(client_now(CLIENT), municipality, timezone.now(), ORIGIN)
            asked = later.begin()
            later.start(asked.pk, table(rows), caller)
        began, cpu = time.perf_counter(), time.process_time()
        job = work_through(Job.objects.get(kind=later.KIND, given__import=str(asked.pk)))
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
    with in_municipality(municipality):
        standing = DocumentImport.objects.get(pk=asked.pk)
        sys.stdout.write(
            f"{job.state}: {standing.processed_successfully} of {rows} in {took:.1f} s, {cpu:.1f} s of CPU\n"
        )
        later.delete(asked.pk)
        for document in EnkelvoudigInformatieObject.objects.filter(auteur=AUTEUR):
            write = Write(resource_for(EnkelvoudigInformatieObject), "destroy", caller, {})
            carry_out(write, document.pk, answered=False)


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    measure(*(numbers + [1000, 10_000][len(numbers) :]))
