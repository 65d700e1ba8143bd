"""An application with ``alleenIsGereedVoorPublicatie`` reads what is ready for publication alone."""

from __future__ import annotations

from typing import Any

import pytest

from api.documenten.models import EnkelvoudigInformatieObject, InformatieObjectVersie
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, api_with_all_rights
from tests.api.documenten.conftest import DOCUMENTEN, ROOT, Archive
from tests.factories.documenten import GebruiksrechtenFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["all rights", "some rights"])
def publisher(archive: Archive, request: pytest.FixtureRequest) -> ApiClient:
    """Whatever rights it has."""
    if request.param == "all rights":
        return archive.publishing(api_with_all_rights(archive.municipality))
    scopes = (
        "documenten.lezen",
        "documenten.aanmaken",
        "documenten.bijwerken",
        "documenten.lock",
        "documenten.verwijderen",
        "audittrails.lezen",
    )
    return archive.publishing(archive.reader(*scopes))


@pytest.mark.parametrize("ready", [None, False, True])
def test_it_reads_only_what_is_exactly_true(
    archive: Archive, publisher: ApiClient, ready: bool | None
) -> None:
    url = archive.stored(isGereedVoorPublicatie=ready)["url"]
    document = archive.row(url)
    with in_municipality(archive.municipality):
        rights = archive.url(GebruiksrechtenFactory.create(informatieobject=document))
    status = 200 if ready else 403

    paths = (
        url,
        f"{url}/download",
        f"{url}?versie=1",
        f"{url}/audittrail",
        rights,
        f"{rights}?expand=informatieobject",
    )
    assert [publisher.get(path).status_code for path in paths] == [status] * len(paths)
    assert publisher.head(url).status_code == status
    for listed in (DOCUMENTEN, f"{DOCUMENTEN}?titel=Foto van de stoeptegel"):
        assert publisher.get(listed).json()["count"] == int(bool(ready))
    assert len(publisher.get(f"{ROOT}/gebruiksrechten").json()) == int(bool(ready))
    found = publisher.post(f"{DOCUMENTEN}/_zoek", {"uuid__in": [str(document.pk)]}).json()
    assert (found["count"], len(found["results"])) == (int(bool(ready)),) * 2


def test_a_version_that_was_not_ready_stays_hidden(archive: Archive, publisher: ApiClient) -> None:
    url = archive.stored(isGereedVoorPublicatie=False)["url"]
    archive.changed(url, isGereedVoorPublicatie=True)

    assert publisher.get(url).status_code == 200
    hidden = (f"{url}?versie=1", f"{url}/download?versie=1", f"{url}/audittrail")
    assert [publisher.get(path).status_code for path in hidden] == [403] * 3
    refused = publisher.get(hidden[0]).json()
    assert refused["detail"] == "Deze applicatie leest alleen wat gereed is voor publicatie."


def test_what_was_ready_is_hidden_once_the_newest_is_not(archive: Archive, publisher: ApiClient) -> None:
    url = archive.stored(isGereedVoorPublicatie=True)["url"]
    archive.changed(url, isGereedVoorPublicatie=None)

    assert publisher.get(f"{url}?versie=1").status_code == 403
    assert publisher.get(DOCUMENTEN).json()["count"] == 0


def test_writing_is_not_limited(archive: Archive, publisher: ApiClient) -> None:
    made: dict[str, Any] = archive.answered(publisher.post(DOCUMENTEN, archive.body()), 201)
    lock = archive.locked(made["url"], publisher)

    assert publisher.patch(made["url"], {"titel": "Anders", "lock": lock}).status_code == 200
    assert publisher.post(f"{made['url']}/unlock", {"lock": lock}).status_code == 204
    assert publisher.get(made["url"]).status_code == 403
    assert publisher.delete(made["url"]).status_code == 204


def test_others_are_not_bound(archive: Archive) -> None:
    url = archive.made()["url"]
    archive.changed(url, titel="Anders")
    reader = archive.reader("documenten.lezen", "audittrails.lezen")

    assert [reader.get(path).status_code for path in (url, f"{url}?versie=1", f"{url}/audittrail")] == [
        200
    ] * 3
    with in_municipality(archive.municipality):
        assert EnkelvoudigInformatieObject.objects.get().is_gereed_voor_publicatie is None
        assert InformatieObjectVersie.objects.count() == 1
