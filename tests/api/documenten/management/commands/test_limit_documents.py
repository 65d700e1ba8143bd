from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from tenants.registry.models import Municipality
from tests.api.documenten.conftest import DOCUMENTEN, Archive, base64

MEBIBYTE = 1024 * 1024


def limit(*how: str, municipality: str = "haarlem") -> None:
    call_command("limit_documents", *how, municipality=municipality, verbosity=0)


@pytest.mark.parametrize("mebibytes", ["0", "4097", "-1"])
def test_what_is_no_limit_is_refused(haarlem: Municipality, mebibytes: str) -> None:
    with pytest.raises(CommandError, match="From 1 to 4096"):
        limit(f"--mebibytes={mebibytes}")


def test_an_unknown_municipality_is_an_error(db: None) -> None:
    with pytest.raises(CommandError, match="no municipality"):
        limit("--not", municipality="nergens")


def test_the_database_holds_it_too(haarlem: Municipality) -> None:
    haarlem.documents_most_mib = 4097
    with pytest.raises(IntegrityError, match="documents_fit_the_standard"):
        haarlem.save()


def test_a_larger_body_is_told_of_parts_and_leaves_nothing(archive: Archive) -> None:
    limit("--mebibytes", "1")

    refused = archive.api.post(DOCUMENTEN, archive.body(inhoud=base64(bytes(2 * MEBIBYTE))))
    assert (refused.status_code, refused.json()["code"]) == (413, "request_too_large")
    assert "bestandsdelen" in refused.json()["detail"]
    assert archive.api.get(DOCUMENTEN).json()["count"] == 0

    parts = archive.made(bestandsomvang=2 * MEBIBYTE + 1)["bestandsdelen"]
    assert [part["omvang"] for part in parts] == [MEBIBYTE, MEBIBYTE, 1]
    limit("--not")
    archive.stored(bytes(2 * MEBIBYTE))
