"""What holds for a zaaktype beyond the numbered rules."""

from __future__ import annotations

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, zaaktype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import ZaaktypeFactory

BRONCATALOGUS = {"url": "https://bron.example.nl/catalogussen/1", "domein": "BRON", "rsin": "517439943"}
BRONZAAKTYPE = {
    "url": "https://bron.example.nl/zaaktypen/1",
    "identificatie": "MELDING",
    "omschrijving": "Melding",
}
EMPTY = ["P0D", "PT0S", "P0Y0M0D"]
REFUSED = [("verlengingstermijn", "verlenging-mismatch")]


def test_a_term_without_extension_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str
) -> None:
    body = zaaktype_body(catalogus_url, verlengingstermijn="P30D")

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(f"{ROOT}/zaaktypen", body)) == REFUSED


def test_a_term_with_extension_is_taken(haarlem_api: ApiClient, catalogus_url: str) -> None:
    body = zaaktype_body(catalogus_url, verlengingMogelijk=True, verlengingstermijn="P30D")

    assert haarlem_api.post(f"{ROOT}/zaaktypen", body).json()["verlengingstermijn"] == "P30D"


@pytest.mark.usefixtures("by_the_letter")
def test_extension_that_has_a_term_stays_possible(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory, verlenging_mogelijk=True, verlengingstermijn="P30D"))

    with nothing_written(haarlem):
        assert violations(haarlem_api.patch(path, {"verlengingMogelijk": False})) == REFUSED


def test_for_open_zaak_the_term_goes_with_the_extension(
    haarlem: Municipality, haarlem_api: ApiClient
) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory, verlenging_mogelijk=True, verlengingstermijn="P30D"))

    assert haarlem_api.patch(path, {"verlengingMogelijk": False}).json()["verlengingstermijn"] is None


def test_a_term_that_is_given_for_it_is_refused_all_the_same(
    haarlem: Municipality, haarlem_api: ApiClient
) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory, verlenging_mogelijk=True, verlengingstermijn="P30D"))

    with nothing_written(haarlem):
        sent = {"verlengingMogelijk": False, "verlengingstermijn": "P30D"}
        assert violations(haarlem_api.patch(path, sent)) == REFUSED


@pytest.mark.usefixtures("either_mode")
@pytest.mark.parametrize("possible", [True, False])
def test_a_put_without_the_term_clears_it(
    haarlem: Municipality, haarlem_api: ApiClient, possible: bool
) -> None:
    zaaktype = make(haarlem, ZaaktypeFactory, verlenging_mogelijk=True, verlengingstermijn="P30D")
    shown = haarlem_api.get(path_of(zaaktype)).json()
    del shown["verlengingstermijn"]

    changed = haarlem_api.put(path_of(zaaktype), {**shown, "verlengingMogelijk": possible})

    assert changed.json()["verlengingstermijn"] is None


@pytest.mark.usefixtures("either_mode")
def test_a_change_of_something_else_leaves_the_term(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory, verlenging_mogelijk=True, verlengingstermijn="P30D"))

    assert haarlem_api.patch(path, {"doel": "Anders"}).json()["verlengingstermijn"] == "P30D"


@pytest.mark.parametrize("empty", EMPTY)
def test_for_open_zaak_a_duration_of_nothing_is_none(
    haarlem_api: ApiClient, catalogus_url: str, empty: str
) -> None:
    body = zaaktype_body(catalogus_url, servicenorm=empty, verlengingstermijn=empty)

    made = haarlem_api.post(f"{ROOT}/zaaktypen", body).json()

    assert (made["servicenorm"], made["verlengingstermijn"]) == (None, None)


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize("empty", EMPTY)
def test_a_term_of_nothing_is_one_by_the_letter(
    haarlem_api: ApiClient, catalogus_url: str, empty: str
) -> None:
    body = zaaktype_body(catalogus_url, verlengingstermijn=empty)

    assert violations(haarlem_api.post(f"{ROOT}/zaaktypen", body)) == REFUSED


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize("empty", EMPTY)
def test_a_servicenorm_of_nothing_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str, empty: str
) -> None:
    with nothing_written(haarlem):
        refused = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url, servicenorm=empty))
    assert violations(refused) == [("servicenorm", "empty-duration")]


@pytest.mark.parametrize("servicenorm", ["P10D", None])
def test_a_servicenorm_is_something_or_absent(
    haarlem_api: ApiClient, catalogus_url: str, servicenorm: str | None
) -> None:
    made = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url, servicenorm=servicenorm))

    assert made.json()["servicenorm"] == servicenorm


@pytest.mark.parametrize("half", [{"broncatalogus": BRONCATALOGUS}, {"bronzaaktype": BRONZAAKTYPE}])
def test_half_a_source_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str, half: dict[str, object]
) -> None:
    with nothing_written(haarlem):
        refused = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url, **half))
    assert violations(refused) == [("nonFieldErrors", "invalid-bronzaaktype-for-broncatalogus")]


def test_a_whole_source_is_taken(haarlem_api: ApiClient, catalogus_url: str) -> None:
    source = {"broncatalogus": BRONCATALOGUS, "bronzaaktype": BRONZAAKTYPE}

    made = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url, **source)).json()

    assert (made["broncatalogus"], made["bronzaaktype"]) == (BRONCATALOGUS, BRONZAAKTYPE)


def test_half_of_it_is_not_taken_away(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory))
    haarlem_api.patch(path, {"broncatalogus": BRONCATALOGUS, "bronzaaktype": BRONZAAKTYPE})

    with nothing_written(haarlem):
        refused = haarlem_api.patch(path, {"bronzaaktype": None})
    assert violations(refused) == [("nonFieldErrors", "invalid-bronzaaktype-for-broncatalogus")]
