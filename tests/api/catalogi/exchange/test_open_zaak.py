"""Zips of Open Zaak go into a catalogus that one chooses."""

from __future__ import annotations

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import nothing_written
from tests.api.catalogi.exchange import open_zaak
from tests.api.catalogi.exchange.contents import outcomes, packed, reasons, send, shown
from tests.api.client import ApiClient

ELDERS = f"{open_zaak.ROOT}/zaaktypen/00000000-0000-4000-8000-000000000000"
ZAAKTYPE = "HOST/catalogi/api/v1/zaaktypen/44444444-4444-4444-8444-444444444444"


def test_relations_by_url_arrive_as_relations(haarlem_api: ApiClient, into: str) -> None:
    assert outcomes(send(haarlem_api, packed(open_zaak.files()), into)) == {"nieuw": 8}
    objects = shown(haarlem_api)
    zaaktype = objects[ZAAKTYPE]
    assert zaaktype["besluittypeOmschrijving"] == ["Besluit op melding"]
    assert zaaktype["informatieobjecttypeOmschrijving"] == ["Foto"]
    assert zaaktype["concept"] is False
    (besluittype,) = (objects[url] for url in zaaktype["besluittypen"])
    assert besluittype["informatieobjecttypeOmschrijvingen"] == ["Foto"]
    assert besluittype["resultaattypenOmschrijving"] == ["Afgehandeld"]
    (eigenschap,) = (objects[url] for url in zaaktype["eigenschappen"])
    assert eigenschap["statustype"] == zaaktype["statustypen"][0]


def test_everything_can_arrive_as_a_concept(haarlem_api: ApiClient, into: str) -> None:
    assert outcomes(send(haarlem_api, packed(open_zaak.files()), f"{into}&alsConcept=true")) == {"nieuw": 8}
    assert shown(haarlem_api)[ZAAKTYPE]["concept"] is True


def test_without_a_catalogus_it_is_refused(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    with nothing_written(haarlem):
        answer = send(haarlem_api, packed(open_zaak.files()))
    assert reasons(answer)["ZaakType.json.0.catalogus"] == "bad-url"
    assert reasons(answer)["StatusType.json.0.zaaktype"] == "bad-url"


def test_a_relation_that_leads_out_of_the_zip_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    related = [{"zaaktype": ELDERS, "aardRelatie": "vervolg", "toelichting": ""}]
    with nothing_written(haarlem):
        answer = send(haarlem_api, packed(open_zaak.files(gerelateerdeZaaktypen=related)), into)
    assert reasons(answer)["ZaakType.json.0.gerelateerdeZaaktypen.0.zaaktype"] == "bad-url"


def test_a_relation_that_leads_out_of_the_zip_can_be_left_out(haarlem_api: ApiClient, into: str) -> None:
    related = [{"zaaktype": ELDERS, "aardRelatie": "vervolg", "toelichting": ""}]
    archive = packed(open_zaak.files(gerelateerdeZaaktypen=related))
    answer = send(haarlem_api, archive, f"{into}&onbekendeRelatiesWeglaten=true")
    assert outcomes(answer) == {"nieuw": 8}
    (line,) = answer.json()["bestanden"][2]["objecten"]
    assert line["weggelaten"] == [f"gerelateerdeZaaktypen: {ELDERS}"]


def test_a_prefix_goes_before_each_identificatie_of_the_zip(haarlem_api: ApiClient, into: str) -> None:
    archive = packed(open_zaak.files(deelzaaktypen=[open_zaak.ZAAKTYPE]))
    assert outcomes(send(haarlem_api, archive, f"{into}&identificatiePrefix=HLM-")) == {"nieuw": 8}
    zaaktype = shown(haarlem_api)[ZAAKTYPE]
    assert zaaktype["identificatie"] == "HLM-MELDING"
    assert zaaktype["deelzaaktypeIdentificaties"] == ["HLM-MELDING"]
