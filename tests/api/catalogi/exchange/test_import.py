"""What happens to what is here already, who may import, and that it is all or nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from api.catalogi.models import Catalogus, Zaaktype
from api.records.models import OutboxMessage
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import make, nothing_written, path_of, reader
from tests.api.catalogi.exchange import open_zaak
from tests.api.catalogi.exchange.contents import (
    exported,
    outcomes,
    packed,
    reasons,
    rich_catalogus,
    send,
    shown,
    unpacked,
)
from tests.api.client import ApiClient, api_with_rights, right
from tests.factories.catalogi import SELECTIELIJST, ZaaktypeFactory

KEY = UUID("44444444-4444-4444-8444-444444444444")
MELDING = "HOST/catalogi/api/v1/zaaktypen/44444444-4444-4444-8444-444444444444"


def taken(api: ApiClient, into: str, **zaaktype: Any) -> None:
    """The zip is in, all of it concepts."""
    assert outcomes(send(api, packed(open_zaak.files(**zaaktype)), f"{into}&alsConcept=true")) == {"nieuw": 8}


def test_a_trial_run_reports_what_a_run_does_and_writes_nothing(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    archive = packed(open_zaak.files())
    with nothing_written(haarlem):
        trial = send(haarlem_api, archive, f"{into}&proef=true").json()
    real = send(haarlem_api, archive, into).json()
    assert (trial["proef"], trial["uitgevoerd"]) == (True, False)
    assert (real["proef"], real["uitgevoerd"]) == (False, True)
    assert trial["bestanden"] == real["bestanden"]


def test_a_trial_run_reports_what_a_run_refuses(haarlem_api: ApiClient, into: str) -> None:
    archive = packed(open_zaak.files(doel=None))
    trial = send(haarlem_api, archive, f"{into}&proef=true").json()
    complaints = {
        f"{file['bestand']}.{line['plaats']}.{each['name']}": each["code"]
        for file in trial["bestanden"]
        for line in file["objecten"]
        for each in line["bezwaren"]
    }
    assert complaints == reasons(send(haarlem_api, archive, into))


def test_what_is_wrong_is_told_all_at_once(haarlem: Municipality, haarlem_api: ApiClient, into: str) -> None:
    files = open_zaak.files(verlengingstermijn="P1D")
    files["InformatieObjectType.json"][0]["eindeGeldigheid"] = "2000-01-01"
    files["Eigenschap.json"][0]["naam"] = "x" * 21
    with nothing_written(haarlem):
        found = reasons(send(haarlem_api, packed(files), into))
    assert found["InformatieObjectType.json.0.eindeGeldigheid"] == "date-mismatch"
    assert found["ZaakType.json.0.verlengingstermijn"] == "verlenging-mismatch"
    assert found["Eigenschap.json.0.naam"] == "max_length"


def test_what_differs_is_refused_with_its_members(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    taken(haarlem_api, into)
    changed = packed(open_zaak.files(doel="Iets anders", referentieproces={"naam": "Ander proces"}))
    with nothing_written(haarlem):
        answer = send(haarlem_api, changed, f"{into}&alsConcept=true")
    assert reasons(answer) == {"ZaakType.json.0": "import-conflict"}
    (refused,) = answer.json()["invalidParams"]
    assert refused["reason"].endswith("een andere waarde voor: doel, referentieproces.naam.")


def test_what_differs_can_stay(haarlem: Municipality, haarlem_api: ApiClient, into: str) -> None:
    taken(haarlem_api, into)
    changed = packed(open_zaak.files(doel="Iets anders"))
    with nothing_written(haarlem):
        answer = send(haarlem_api, changed, f"{into}&alsConcept=true&bijVerschil=behouden")
    assert outcomes(answer) == {"gelijk": 7, "behouden": 1}


def test_a_concept_that_differs_can_be_replaced(haarlem_api: ApiClient, into: str) -> None:
    taken(haarlem_api, into)
    changed = packed(open_zaak.files(doel="Iets anders", besluittypen=[]))
    answer = send(haarlem_api, changed, f"{into}&alsConcept=true&bijVerschil=vervangen")
    assert outcomes(answer) == {"gelijk": 7, "vervangen": 1}
    zaaktype = shown(haarlem_api)[MELDING]
    assert (zaaktype["doel"], zaaktype["besluittypeOmschrijving"]) == ("Iets anders", [])


def test_a_concept_is_published_by_replacing_it(haarlem_api: ApiClient, into: str) -> None:
    taken(haarlem_api, into)
    answer = send(haarlem_api, packed(open_zaak.files()), f"{into}&bijVerschil=vervangen")
    assert outcomes(answer) == {"gelijk": 5, "vervangen": 3}
    assert shown(haarlem_api)[MELDING]["concept"] is False


def test_a_published_type_is_not_replaced(haarlem: Municipality, haarlem_api: ApiClient, into: str) -> None:
    assert send(haarlem_api, packed(open_zaak.files()), into).status_code == 200
    with nothing_written(haarlem):
        changed = packed(open_zaak.files(doel="Iets anders"))
        answer = send(haarlem_api, changed, f"{into}&bijVerschil=vervangen")
    assert reasons(answer) == {"ZaakType.json.0": "import-conflict"}


def test_a_key_that_is_in_use_gives_way_and_references_follow(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    make(haarlem, ZaaktypeFactory, uuid=KEY, identificatie="ANDERS")
    taken(haarlem_api, into)
    objects = shown(haarlem_api)
    melding = next(each for each in objects.values() if each.get("identificatie") == "MELDING")
    assert melding["url"] != MELDING
    assert objects[melding["statustypen"][0]]["zaaktype"] == melding["url"]


def test_what_has_another_key_here_is_known_by_its_name(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus: Catalogus, into: str
) -> None:
    taken(haarlem_api, into)
    with in_municipality(haarlem):
        Zaaktype.objects.all().delete()
    files = open_zaak.files()
    files["BesluitType.json"][0]["url"] = f"{open_zaak.ROOT}/besluittypen/{KEY}"
    files["ZaakType.json"][0]["besluittypen"] = [f"{open_zaak.ROOT}/besluittypen/{KEY}"]
    files["ResultaatType.json"] = []
    answer = send(haarlem_api, packed(files), f"{into}&alsConcept=true")
    assert outcomes(answer) == {"gelijk": 2, "nieuw": 5}
    assert shown(haarlem_api)[MELDING]["besluittypeOmschrijving"] == ["Besluit op melding"]


def test_an_unknown_reference_to_the_selectielijst_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    files = with_unknown_reference()
    with nothing_written(haarlem):
        answer = send(haarlem_api, packed(files), into)
    assert reasons(answer) == {"ResultaatType.json.0.selectielijstklasse": "bad-url"}


def test_an_unknown_reference_can_be_taken_as_it_is(haarlem_api: ApiClient, into: str) -> None:
    files = with_unknown_reference()
    answer = send(haarlem_api, packed(files), f"{into}&verwijzingenOvernemen=true")
    assert outcomes(answer) == {"nieuw": 8}
    (resultaattype,) = (each for url, each in shown(haarlem_api).items() if "/resultaattypen/" in url)
    assert resultaattype["selectielijstklasse"] == files["ResultaatType.json"][0]["selectielijstklasse"]
    assert resultaattype["omschrijvingGeneriek"] == "Volgens de zip"


def with_unknown_reference() -> dict[str, Any]:
    files = open_zaak.files()
    files["ResultaatType.json"][0]["omschrijvingGeneriek"] = "Volgens de zip"
    files["ResultaatType.json"][0]["selectielijstklasse"] = (
        f"{SELECTIELIJST}/resultaten/00000000-0000-4000-8000-000000000000"
    )
    return files


def test_published_versions_may_not_overlap(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus: Catalogus, into: str
) -> None:
    make(haarlem, ZaaktypeFactory, catalogus=catalogus, identificatie="MELDING", concept=False)
    files = open_zaak.files(beginGeldigheid="2025-01-01")
    with nothing_written(haarlem):
        answer = send(haarlem_api, packed(files), into)
    assert reasons(answer) == {"ZaakType.json.0.beginGeldigheid": "overlap"}


def test_a_part_of_a_published_zaaktype_needs_the_forced_scope(haarlem: Municipality, into: str) -> None:
    writer = api_with_rights(haarlem, right("ztc", ["catalogi.lezen", "catalogi.schrijven"]))
    forced = api_with_rights(haarlem, right("ztc", ["catalogi.schrijven", "catalogi.geforceerd-schrijven"]))
    files = open_zaak.files()
    assert send(writer, packed({**files, "RolType.json": []}), into).status_code == 200
    with nothing_written(haarlem):
        assert reasons(send(writer, packed(files), into)) == {"RolType.json.0": "non-concept-zaaktype"}
    assert outcomes(send(forced, packed(files), into)) == {"gelijk": 7, "nieuw": 1}


def test_a_reader_may_export_and_not_import(haarlem: Municipality, haarlem_api: ApiClient, into: str) -> None:
    path = path_of(rich_catalogus(haarlem))
    with nothing_written(haarlem):
        assert exported(reader(haarlem), path)
        assert send(reader(haarlem), packed(open_zaak.files()), into).status_code == 403


def test_who_may_do_nothing_may_not_export(haarlem: Municipality, catalogus: Catalogus) -> None:
    nobody = api_with_rights(haarlem, right("zrc", ["zaken.aanmaken"]))
    assert nobody.get(f"{path_of(catalogus)}/export").status_code == 403


def test_an_export_is_a_file_to_keep(haarlem_api: ApiClient, catalogus: Catalogus) -> None:
    answer = haarlem_api.get(f"{path_of(catalogus)}/export", Accept="application/zip")
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith(
        f'attachment; filename="catalogus-{catalogus.domein}-{catalogus.rsin}-'
    )
    assert unpacked(answer.content)["Catalogus.json"][0]["domein"] == catalogus.domein


def test_an_import_leaves_the_messages_of_its_writes(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    assert send(haarlem_api, packed(open_zaak.files()), into).status_code == 200
    with in_municipality(haarlem):
        left = OutboxMessage.objects.filter(kanaal="zaaktypen").order_by("pk").values_list("actie", flat=True)
        assert list(left) == ["create", "publish"]


def test_zaaktypen_without_a_name_get_the_numbers_after_those_before_them(
    haarlem: Municipality, haarlem_api: ApiClient, into: str
) -> None:
    year = timezone.localdate().year
    names = [f"ZAAKTYPE-{year}-0000000005", "", "", "MELDING"]
    (like,) = open_zaak.files()["ZaakType.json"]
    zaaktypen = [
        {**like, "url": f"{like['url'][:-1]}{number}", "identificatie": name, "besluittypen": []}
        for number, name in enumerate(names)
    ]

    assert outcomes(send(haarlem_api, packed({"ZaakType.json": zaaktypen}), into)) == {"nieuw": 4}

    with in_municipality(haarlem):
        given = Zaaktype.objects.order_by("identificatie").values_list("identificatie", flat=True)
        assert list(given) == ["MELDING", *(f"ZAAKTYPE-{year}-000000000{number}" for number in (5, 6, 7))]
