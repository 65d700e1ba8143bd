from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model

from api.catalogi.models import Zaaktype
from api.pipeline.represent.groups import Group
from api.pipeline.words import registry
from api.zaken.models import Resultaat, Rol, Status, Zaak
from backoffice.looking.masking import APART, OPEN, is_open, value_at, values_of

# What is masked of each object that a page shows whole. A member that the standard adds is masked by itself;
# this list is where somebody says that he saw it.
MASKED: dict[type[Model], set[str]] = {
    Zaak: {
        "omschrijving", "toelichting", "zaakgeometrie", "verlenging.reden", "opschorting.reden",
        "relevanteAndereZaken", "kenmerken", "opdrachtgevendeOrganisatie", "processobjectaard",
        "processobject.datumkenmerk", "processobject.identificatie", "processobject.objecttype",
        "processobject.registratie",
    },
    Status: {"statustoelichting"},
    Resultaat: {"toelichting"},
    Rol: {
        "betrokkene", "afwijkendeNaamBetrokkene", "roltoelichting", "contactpersoonRol",
        "betrokkeneIdentificatie",
    },
    Zaaktype: {"verantwoordelijke", "gerelateerdeZaaktypen"},
}  # fmt: skip


def paths(model: type[Model]) -> set[str]:
    """Every member that is shown, those of a group each by itself."""
    members = registry.resource_for(model).representation.members
    return {
        path
        for name, member in members.items()
        if name not in APART
        for path in ([f"{name}.{each}" for each in member.members] if isinstance(member, Group) else [name])
    }


@pytest.mark.parametrize("model", MASKED, ids=lambda model: model.__name__)
def test_of_every_member_somebody_decided(model: type[Model]) -> None:
    assert {path for path in paths(model) if not is_open(model, path)} == MASKED[model]


@pytest.mark.parametrize("model", OPEN, ids=lambda model: model.__name__)
def test_what_is_listed_exists(model: type[Model]) -> None:
    members = registry.resource_for(model).representation.members

    assert {path.partition(".")[0] for path in OPEN[model]} <= set(members)


def test_a_member_that_nobody_listed_is_masked() -> None:
    (value,) = values_of(Zaak, {"nieuwLid": {"naam": "Moulin"}}, mask=True)

    assert (value.path, value.masked, value.value) == ("nieuwLid.naam", True, "")


def test_what_has_no_list_is_masked_whole() -> None:
    (value,) = values_of(Resultaat, {"naam": "Moulin"}, mask=True)

    assert value.masked


@pytest.mark.parametrize("empty", [None, "", [], {}])
def test_of_what_is_empty_is_told_that_it_is(empty: Any) -> None:
    (value,) = values_of(Zaak, {"omschrijving": empty}, mask=True)

    assert value.is_empty


def test_a_list_is_masked_item_by_item() -> None:
    document = {"kenmerken": [{"kenmerk": "A", "bron": "Post"}, {"kenmerk": "B", "bron": ""}]}

    found = {each.path: each.masked for each in values_of(Zaak, document, mask=True)}

    assert found == {
        "kenmerken.0.kenmerk": True,
        "kenmerken.0.bron": True,
        "kenmerken.1.kenmerk": True,
        "kenmerken.1.bron": False,
    }


def test_a_place_on_the_map_is_one_value() -> None:
    document = {"zaakgeometrie": {"type": "Point", "coordinates": [4.63, 52.38]}}

    assert [each.path for each in values_of(Zaak, document, mask=True)] == ["zaakgeometrie"]


def test_without_mask_all_is_shown() -> None:
    (value,) = values_of(Zaak, {"omschrijving": "Tegel"}, mask=False)

    assert (value.value, value.masked) == ("Tegel", False)


@pytest.mark.parametrize("path", ["identificatie", "omschrijving.x", "nergens", "toelichting", ""])
def test_only_what_is_masked_and_there_can_be_shown(path: str) -> None:
    document = {"identificatie": "ZAAK-1", "omschrijving": "Tegel", "toelichting": ""}

    assert value_at(Zaak, document, path) is None


def test_a_masked_value_is_found_by_its_path() -> None:
    found = value_at(
        Rol, {"betrokkeneIdentificatie": {"inpBsn": "999993653"}}, "betrokkeneIdentificatie.inpBsn"
    )

    assert found is not None
    assert found.value == "999993653"
