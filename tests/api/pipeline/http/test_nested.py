"""A resource below a parent: its links, its Location, references to it, and what its path says of the parent.

No such resource may be written yet, so here the resultaat of a zaak stands below it for a while.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.urls import include, path

from api.pipeline.declare.operations import Operation
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Field
from api.pipeline.represent.representation import (
    Representation,
    many_documents,
    one_document,
    one_visible_document,
)
from api.pipeline.router import routes
from api.pipeline.validate.references import find, find_stored
from api.pipeline.words import registry
from api.pipeline.words.caller import Caller
from api.pipeline.words.served import Api
from api.zaken.models import Resultaat, Zaak
from api.zaken.resources.zaken import ZaakRelated
from api.zaken.rules.zrc_007_afsluiten import closed_zaak_needs_force
from api.zaken.rules.zrc_020_resultaattype import resultaattype_of_zaaktype
from api.zaken.scopes import BIJWERKEN, ZAKEN_LEZEN
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN as ZAKEN_PATH
from tests.api.zaken.conftest import Catalogue, catalogue, zaak
from tests.factories.zaken import ResultaatFactory
from zaakplein import urls_tenant

__all__ = ["catalogue", "zaak"]

CHANGE = Operation(BIJWERKEN, guards=(closed_zaak_needs_force,), rules=(resultaattype_of_zaaktype,))


class UitkomstResource(ZaakRelated):
    """The resultaat of a zaak, below the zaak."""

    path = "zaken/<uuid:zaak_uuid>/uitkomsten"
    parent = "zaak_uuid"
    noun = "uitkomst"
    paged = False
    model = Resultaat
    representation = Representation(
        url=Self(), zaak=Link(expand=True), resultaattype=Link(expand=True), toelichting=Field()
    )
    operations = {
        "list": Operation(ZAKEN_LEZEN),
        "create": CHANGE,
        "retrieve": Operation(ZAKEN_LEZEN),
        "headers": Operation(ZAKEN_LEZEN),
        "update": CHANGE,
        "partial_update": CHANGE,
        "destroy": CHANGE,
    }


urlpatterns: list[Any] = []
KEPT = (many_documents, one_document, one_visible_document)


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Uitkomsten instead of resultaten; the texts that name one or the other are made anew."""
    monkeypatch.setattr(registry, "_by_model", dict(registry._by_model))
    monkeypatch.setattr(registry, "_by_place", dict(registry._by_place))
    nested = routes(Api("uitkomsten", "zrc", "1", ""), [UitkomstResource])
    urlpatterns[:] = [*urls_tenant.urlpatterns, path("zaken/api/v1/", include(nested))]
    for kept in KEPT:
        kept.cache_clear()
    yield
    for kept in KEPT:
        kept.cache_clear()


pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def uitkomst(catalogue: Catalogue, zaak: Zaak) -> Resultaat:
    with in_municipality(catalogue.municipality):
        return ResultaatFactory.create(zaak=zaak, resultaattype=catalogue.resultaattype)


def below(catalogue: Catalogue, zaak: Zaak) -> str:
    return f"{catalogue.url(zaak)}/uitkomsten"


def test_what_is_made_says_where_it_is(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    made = haarlem_api.post(below(catalogue, zaak), {"resultaattype": catalogue.url(catalogue.resultaattype)})

    assert made.status_code == 201, made.content
    assert made.json()["zaak"] == catalogue.url(zaak)
    assert made.json()["url"] == made["Location"]
    assert made["Location"].startswith(f"{below(catalogue, zaak)}/")
    assert haarlem_api.get(made["Location"]).json() == made.json()


def test_it_is_read_changed_and_deleted_there(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, uitkomst: Resultaat
) -> None:
    url = catalogue.url(uitkomst)

    assert haarlem_api.get(below(catalogue, zaak)).json() == [haarlem_api.get(url).json()]
    assert haarlem_api.patch(url, {"toelichting": "nieuw"}).json()["toelichting"] == "nieuw"
    assert haarlem_api.delete(url).status_code == 204
    assert haarlem_api.get(url).status_code == 404


def test_others_link_to_it_and_expand_it(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, uitkomst: Resultaat
) -> None:
    shown = haarlem_api.get(f"{catalogue.url(zaak)}?expand=resultaat").json()

    assert shown["resultaat"] == shown["_expand"]["resultaat"]["url"] == catalogue.url(uitkomst)


def test_a_url_of_it_is_understood(catalogue: Catalogue, zaak: Zaak, uitkomst: Resultaat) -> None:
    with in_municipality(catalogue.municipality):
        caller = Caller(None, catalogue.municipality, None, "http://haarlem.localhost")  # type: ignore[arg-type]
        found = find(catalogue.url(uitkomst), caller)
        assert found is not None
        assert found.resource is UitkomstResource
        assert found.rows().get() == uitkomst
        assert find_stored(UitkomstResource.url_of(uitkomst)) == found


def test_below_another_zaak_it_is_not_there(
    haarlem_api: ApiClient, catalogue: Catalogue, uitkomst: Resultaat
) -> None:
    elsewhere = f"{below(catalogue, catalogue.new_zaak())}/{uitkomst.pk}"
    body = {"resultaattype": catalogue.url(catalogue.resultaattype)}

    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE"):
        assert haarlem_api.request(method, elsewhere, body).status_code == 404
    with in_municipality(catalogue.municipality):
        reference = find_stored(f"zaakplein:{elsewhere.removeprefix('http://haarlem.localhost')}")
        assert reference is not None
        assert not reference.rows().exists()
        assert Resultaat.objects.filter(pk=uitkomst.pk).exists()


def test_below_nothing_there_is_nothing(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    nowhere = f"{ZAKEN_PATH}/{uuid4()}/uitkomsten"
    body = {"resultaattype": catalogue.url(catalogue.resultaattype)}

    assert haarlem_api.get(nowhere).status_code == 404
    assert haarlem_api.post(nowhere, body).status_code == 404


def test_a_body_that_names_another_parent_is_refused(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    body = {
        "zaak": catalogue.url(catalogue.new_zaak()),
        "resultaattype": catalogue.url(catalogue.resultaattype),
    }

    assert violations(haarlem_api.post(below(catalogue, zaak), body)) == [("zaak", "parent-mismatch")]


def test_whoever_may_not_see_the_parent_sees_nothing_below_it(
    catalogue: Catalogue, zaak: Zaak, uitkomst: Resultaat
) -> None:
    with in_municipality(catalogue.municipality):
        reader = api_with_rights(
            catalogue.municipality,
            right("zrc", ["zaken.lezen", "zaken.bijwerken"], catalogue.other, maximum=8),  # type: ignore[arg-type]
        )
    body = {"resultaattype": catalogue.url(catalogue.resultaattype)}

    assert reader.get(below(catalogue, zaak)).status_code == 403
    assert reader.get(catalogue.url(uitkomst)).status_code == 403
    assert reader.post(below(catalogue, catalogue.new_zaak()), body).status_code == 403
    assert reader.delete(catalogue.url(uitkomst)).status_code == 403


def test_a_closed_parent_asks_for_force(catalogue: Catalogue, zaak: Zaak, uitkomst: Resultaat) -> None:
    with in_municipality(catalogue.municipality):
        Zaak.objects.filter(pk=zaak.pk).update(einddatum=zaak.startdatum)
        writer = api_with_rights(
            catalogue.municipality,
            right("zrc", ["zaken.lezen", "zaken.bijwerken"], catalogue.zaaktype, maximum=8),  # type: ignore[arg-type]
        )

    assert writer.delete(catalogue.url(uitkomst)).status_code == 403
