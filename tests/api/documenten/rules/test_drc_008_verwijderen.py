"""drc-008: a document that belongs nowhere goes with all of it, its content too."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.documenten import models
from api.records.models import AuditTrail
from tenants.registry.context import in_municipality
from tests.api.documenten.conftest import DOCUMENTEN, ROOT, Archive
from tests.api.documenten.rules.test_drc_006_gebruiksrechten import RIGHTS, rights
from tests.api.refusals import violations
from tests.factories.documenten import ObjectInformatieObjectFactory

LEFT = (
    models.EnkelvoudigInformatieObject,
    models.InformatieObjectVersie,
    models.BestandsDeel,
    models.Gebruiksrechten,
    models.Verzending,
    models.Inhoud,
)

pytestmark = pytest.mark.django_db


def test_nothing_of_it_is_left(archive: Archive, media: Path) -> None:
    url = archive.stored()["url"]
    archive.changed(url, titel="Anders", inhoud="WA==", bestandsomvang=1)
    archive.api.post(RIGHTS, rights(url))
    archive.changed(url, titel="Weer anders")
    assert archive.api.get(f"{url}/audittrail").json()

    assert archive.api.delete(url).status_code == 204

    assert archive.api.get(url).status_code == 404
    assert archive.api.get(f"{url}/audittrail").status_code == 404
    with in_municipality(archive.municipality):
        assert [model.__name__ for model in LEFT if model._default_manager.exists()] == []
        line = AuditTrail.objects.get(hoofd_object__endswith=url.rpartition("/")[2])
        assert (line.actie, line.oud, line.nieuw, line.resource_weergave) == ("destroy", None, None, "")
        # the bytes follow after a grace
        assert models.VerlatenInhoud.objects.count() == 2


def test_what_is_used_somewhere_stays(archive: Archive) -> None:
    url = archive.stored()["url"]
    with in_municipality(archive.municipality):
        relation = ObjectInformatieObjectFactory.create(informatieobject=archive.row(url))

    assert violations(archive.api.delete(url)) == [("nonFieldErrors", "pending-relations")]
    with in_municipality(archive.municipality):
        relation.delete()
    assert archive.api.delete(url).status_code == 204


def test_what_somebody_holds_stays(archive: Archive) -> None:
    url = archive.stored()["url"]
    lock = archive.locked(url)

    assert violations(archive.api.delete(url)) == [("nonFieldErrors", "destroy-locked")]
    archive.api.post(f"{url}/unlock", {"lock": lock})
    assert archive.api.delete(url).status_code == 204


def test_the_number_of_a_deleted_document_can_be_chosen_again(archive: Archive) -> None:
    made = archive.made()
    archive.api.delete(made["url"])

    again = archive.made(identificatie=made["identificatie"])
    refused = archive.api.post(DOCUMENTEN, archive.body(identificatie=again["identificatie"]))
    assert violations(refused) == [("identificatie", "identificatie-niet-uniek")]
    assert ROOT in again["url"]
