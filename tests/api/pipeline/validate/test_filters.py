"""How parameters narrow a list, at the values where they begin and end."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from rest_framework import serializers

from api.catalogi.models import Zaaktype
from api.clients.client import NOBODY
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.pipeline.validate.filters import (
    NO_KEY,
    AmongThese,
    Containing,
    Day,
    Empty,
    Filter,
    JsonKey,
    LinkTo,
    Lookup,
    OneOf,
    Text,
    UrlText,
    Within,
    Wrong,
    Yes,
    parse,
)
from api.pipeline.words.caller import Caller
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import RESULTATEN, ROLLEN, STATUSSEN, ZAKEN, Catalogue
from tests.factories.zaken import RolFactory

KEY = UUID("9f2a4b3c-1d5e-4f60-8a7b-0c1d2e3f4a5b")
TYPES = f"http://haarlem.localhost/catalogi/api/v1/zaaktypen/{KEY}"
WORDS = (("a", "A"), ("b", "B"), ("", "-"))
AREA = {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]]}


@pytest.fixture
def caller(haarlem: Municipality) -> Caller:
    return Caller(NOBODY, haarlem, timezone.now(), "http://haarlem.localhost")


# -- where a comparison begins and ends ------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "found"),
    [("", (0, 1, 0)), ("__gt", (1, 0, 0)), ("__gte", (1, 1, 0)), ("__lt", (0, 0, 1)), ("__lte", (0, 1, 1))],
)
def test_a_day_is_compared(
    haarlem_api: ApiClient, catalogue: Catalogue, how: str, found: tuple[int, ...]
) -> None:
    catalogue.new_zaak(startdatum=date(2026, 1, 5))
    days = ("2026-01-04", "2026-01-05", "2026-01-06")
    counts = [haarlem_api.get(f"{ZAKEN}?startdatum{how}={day}").json()["count"] for day in days]
    assert tuple(counts) == found


@pytest.mark.parametrize(
    "name", ["registratiedatum", "einddatum", "einddatumGepland", "uiterlijkeEinddatumAfdoening"]
)
def test_a_day_itself_is_neither_before_nor_after(
    haarlem_api: ApiClient, catalogue: Catalogue, name: str
) -> None:
    day = date(2026, 1, 5)
    catalogue.new_zaak(
        registratiedatum=day, einddatum=day, einddatum_gepland=day, uiterlijke_einddatum_afdoening=day
    )
    counts = [
        haarlem_api.get(f"{ZAKEN}?{query}").json()["count"]
        for query in (f"{name}={day}", f"{name}__gt={day}", f"{name}__lt={day}")
    ]
    assert counts == [1, 0, 0]


@pytest.mark.parametrize(
    ("moment", "day"), [("2026-01-15T23:30:00Z", "2026-01-16"), ("2025-07-15T22:30:00Z", "2025-07-16")]
)
def test_the_day_of_an_end_is_the_one_in_amsterdam(
    haarlem_api: ApiClient, catalogue: Catalogue, moment: str, day: str
) -> None:
    zaak = catalogue.new_zaak(startdatum=date(2025, 1, 1))
    haarlem_api.post(RESULTATEN, catalogue.resultaat(zaak))
    haarlem_api.post(STATUSSEN, catalogue.status(zaak, catalogue.last, datumStatusGezet=moment))
    assert haarlem_api.get(f"{ZAKEN}?einddatum={day}").json()["count"] == 1


@pytest.mark.parametrize(
    ("maximum", "found"), [("beperkt_openbaar", 0), ("intern", 1), ("zaakvertrouwelijk", 1)]
)
def test_a_level_is_at_most(haarlem_api: ApiClient, catalogue: Catalogue, maximum: str, found: int) -> None:
    catalogue.new_zaak(vertrouwelijkheidaanduiding=Level.INTERN)
    answer = haarlem_api.get(f"{ZAKEN}?maximaleVertrouwelijkheidaanduiding={maximum}")
    assert answer.json()["count"] == found


@pytest.mark.parametrize(("empty", "found"), [("true", 1), ("false", 2)])
def test_empty_has_no_value(haarlem_api: ApiClient, catalogue: Catalogue, empty: str, found: int) -> None:
    catalogue.new_zaak(einddatum=None)
    catalogue.new_zaak(einddatum=date(2026, 2, 1))
    catalogue.new_zaak(einddatum=date(2026, 2, 2))
    assert haarlem_api.get(f"{ZAKEN}?einddatum__isnull={empty}").json()["count"] == found


@pytest.mark.parametrize(
    ("point", "found"), [([4.5, 52.5], 1), ([4, 52.5], 0), ([4, 52], 0), ([5.000001, 52.5], 0)]
)
def test_what_lies_on_the_edge_does_not_lie_within(
    haarlem_api: ApiClient, catalogue: Catalogue, point: list[float], found: int
) -> None:
    catalogue.new_zaak(zaakgeometrie={"type": "Point", "coordinates": point})
    answer = haarlem_api.post(f"{ZAKEN}/_zoek", {"zaakgeometrie": {"within": AREA}})
    assert answer.json()["count"] == found


# -- several at once -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bsn", "kind", "found"),
    [
        ("999993653", "natuurlijk_persoon", 1),
        ("999993653", "medewerker", 0),
        ("999990019", "natuurlijk_persoon", 0),
    ],
)
def test_filters_of_one_relation_hold_for_the_same_row(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, bsn: str, kind: str, found: int
) -> None:
    with in_municipality(catalogue.municipality):
        RolFactory.create(zaak=zaak, roltype=catalogue.roltype)
    haarlem_api.post(ROLLEN, catalogue.rol(zaak))
    query = f"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn={bsn}&rol__betrokkeneType={kind}"
    assert haarlem_api.get(f"{ZAKEN}?{query}").json()["count"] == found


def test_a_zaak_with_several_such_rows_is_there_once(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    haarlem_api.post(ROLLEN, catalogue.rol(zaak))
    haarlem_api.post(ROLLEN, catalogue.rol(zaak))
    found = haarlem_api.get(f"{ZAKEN}?rol__betrokkeneType=medewerker").json()
    assert (found["count"], len(found["results"])) == (1, 1)


@pytest.mark.parametrize(
    ("which", "found"),
    [("medewerker", 1), ("organisatorischeEenheid", 0)],
)
def test_a_key_counts_for_its_own_kind(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, which: str, found: int
) -> None:
    haarlem_api.post(ROLLEN, catalogue.rol(zaak))
    query = f"betrokkeneIdentificatie__{which}__identificatie=m1"
    assert haarlem_api.get(f"{ROLLEN}?{query}").json()["count"] == found
    assert haarlem_api.get(f"{ZAKEN}?rol__{query}").json()["count"] == found


def test_everything_that_is_wrong_is_said_at_once(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.get(f"{ZAKEN}?startdatum=2026-02-30&archiefstatus=weg&zaaktype=x")
    assert sorted(violations(answer)) == [
        ("archiefstatus", "invalid_choice"),
        ("startdatum", "invalid"),
        ("zaaktype", "invalid"),
    ]


# -- what a value may be ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "text", "value"),
    [
        (Text("naam"), "", ""),
        (Text("naam"), "a,b", "a,b"),
        (Day("dag"), "2024-02-29", date(2024, 2, 29)),
        (Empty("dag"), "true", True),
        (Empty("dag"), "false", False),
        (Yes("ja"), "True", True),
        (OneOf("woord", WORDS), "a", "a"),
        (OneOf("niveau", Level.choices), "zeer_geheim", "zeer_geheim"),
        (AmongThese(OneOf("woord", WORDS)), "a", ["a"]),
        (AmongThese(OneOf("woord", WORDS)), "a, b", ["a", "b"]),
        (AmongThese(OneOf("woord", WORDS)), ["b", "a"], ["b", "a"]),
        (AmongThese(OneOf("woord", WORDS)), [], []),
        (Containing("woorden"), "a, b", ["a", "b"]),
        (JsonKey("wie", "inpBsn", max_length=9), "9" * 9, "9" * 9),
        (LinkTo("zaaktype", Zaaktype), TYPES, KEY),
        (LinkTo("zaaktype", Zaaktype), TYPES.replace("zaaktypen", "statustypen"), NO_KEY),
        (LinkTo("zaaktype", Zaaktype), TYPES.replace("haarlem", "utrecht"), NO_KEY),
        (LinkTo("zaaktype", Zaaktype), f"{TYPES}?a=b", NO_KEY),
        (UrlText("betrokkene"), TYPES, f"zaakplein:/catalogi/api/v1/zaaktypen/{KEY}"),
        (UrlText("betrokkene"), "https://elders.example/1", "https://elders.example/1"),
        (Within("plek"), {"within": AREA}, AREA),
    ],
)
def test_a_value_that_is_taken(caller: Caller, declared: Filter, text: Any, value: Any) -> None:
    assert declared.parse(text, caller) == value


@pytest.mark.parametrize(
    ("declared", "text", "code"),
    [
        (Day("dag"), "2023-02-29", "invalid"),
        (Day("dag"), "2024-02-29T00:00:00Z", "invalid"),
        (Day("dag"), "", "invalid"),
        (Empty("dag"), "misschien", "invalid"),
        (OneOf("woord", WORDS), "", "invalid_choice"),
        (OneOf("woord", WORDS), "c", "invalid_choice"),
        (OneOf("niveau", Level.choices), "8", "invalid_choice"),
        (AmongThese(OneOf("woord", WORDS)), "a,c", "invalid_choice"),
        (AmongThese(OneOf("woord", WORDS)), 1, "not_a_list"),
        (AmongThese(Lookup("uuid", serializers.UUIDField())), [str(KEY)[:-1]], "invalid"),
        (Containing("woorden"), "a\x00", "null_characters_not_allowed"),
        (JsonKey("wie", "inpBsn", max_length=9), "9" * 10, "max_length"),
        (JsonKey("wie", "inpBsn", max_length=9), "", "blank"),
        (LinkTo("zaaktype", Zaaktype), f"/zaaktypen/{KEY}", "invalid"),
        (UrlText("betrokkene"), "betrokkene", "invalid"),
        (Within("plek"), AREA, "required"),
        (Within("plek"), {"within": {"type": "Cirkel"}}, "invalid"),
        (Within("plek"), "hier", "required"),
    ],
)
def test_a_value_that_is_not_taken(caller: Caller, declared: Filter, text: Any, code: str) -> None:
    with pytest.raises(Wrong) as wrong:
        declared.parse(text, caller)
    assert wrong.value.code == code


def test_a_default_holds_where_nothing_is_given(caller: Caller) -> None:
    usual = OneOf("status", WORDS)
    usual.default = "a"
    assert parse({"status": usual, "naam": Text("naam")}, {}, caller) == ({"status": "a"}, [])
    assert parse({"status": usual}, {"status": "b"}, caller) == ({"status": "b"}, [])


def test_what_is_wrong_has_the_name_of_its_parameter(caller: Caller) -> None:
    values, wrong = parse({"dag": Day("dag"), "naam": Text("naam")}, {"dag": "x", "naam": "y"}, caller)
    assert (values, [(each.name, each.code) for each in wrong]) == ({"naam": "y"}, [("dag", "invalid")])
