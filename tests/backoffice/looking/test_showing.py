from __future__ import annotations

from typing import Any

import pytest

from api.catalogi.models import Resultaattype, Zaaktype
from api.zaken.models import Rol, Zaak
from backoffice.looking.masking import OPEN
from backoffice.looking.showing import Shown, choices_of, plain, words_of


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("identificatie", "Identificatie"),
        ("uiterlijkeEinddatumAfdoening", "Uiterlijke einddatum afdoening"),
        ("verlenging.duur", "Verlenging, duur"),
        ("kenmerken.0.bron", "Kenmerken, 1, bron"),
        ("betrokkeneIdentificatie.inpA_nummer", "Betrokkene identificatie, inp a nummer"),
    ],
)
def test_a_member_is_called_by_its_name(path: str, words: str) -> None:
    assert words_of(path) == words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "ja"),
        (False, "nee"),
        ("2026-11-03", "03-11-2026"),
        ("2026-11-03T23:30:00Z", "04-11-2026 00:30"),
        ("2026-99-99", "2026-99-99"),
        ("2026-11-03Thuis", "2026-11-03Thuis"),
        (["a", "b"], "a, b"),
        (12, "12"),
        ("zaakplein:/zaken/api/v1/zaken/1", "/zaken/api/v1/zaken/1"),
        ("https://x.example/zaakplein:/1", "https://x.example/zaakplein:/1"),
        ({"type": "Point"}, '{"type": "Point"}'),
    ],
)
def test_a_value_is_shown_in_its_form(value: Any, shown: str) -> None:
    assert plain(value) == shown


def test_a_closed_set_is_told_by_its_words() -> None:
    """What is no value of it, and what is no closed set, stays the text that it is."""
    zaak = Shown(
        Zaak,
        {
            "archiefstatus": "nog_te_archiveren",
            "archiefnominatie": "blijvend_bewaren",
            "vertrouwelijkheidaanduiding": "beperkt_openbaar",
            "bronorganisatie": "nog_te_archiveren",
        },
        mask=True,
    )
    assert zaak.at("archiefstatus") == "Nog te archiveren"
    assert zaak.at("archiefnominatie") == "Blijvend bewaren"
    assert zaak.at("vertrouwelijkheidaanduiding") == "Beperkt openbaar"
    assert zaak.at("bronorganisatie") == "nog_te_archiveren"
    assert ("Archiefstatus", "Nog te archiveren") in zaak.rows()
    assert Shown(Rol, {"betrokkeneType": "natuurlijk_persoon"}, mask=True).at("betrokkeneType") == (
        "Natuurlijk persoon"
    )
    assert Shown(Zaak, {"archiefstatus": "iets_anders"}, mask=True).at("archiefstatus") == "iets_anders"
    source = choices_of(Resultaattype, "brondatumArchiefprocedure.afleidingswijze")
    assert source["ander_datumkenmerk"] == "Ander datumkenmerk"
    assert choices_of(Zaaktype, "omschrijvingGeneriek") == {}


def test_no_closed_set_that_is_shown_is_told_by_its_value() -> None:
    words = [
        word for model, paths in OPEN.items() for path in paths for word in choices_of(model, path).values()
    ]
    assert len(words) > len(OPEN)
    assert not [word for word in words if "_" in word]


def test_a_cell_of_what_is_masked_holds_nothing_of_it() -> None:
    zaak = Shown(Zaak, {"omschrijving": "Tegel", "identificatie": "Z1", "toelichting": ""}, mask=True)

    assert "Tegel" not in zaak.at("omschrijving")
    assert (zaak.at("identificatie"), zaak.at("toelichting"), zaak.at("nergens.dan")) == ("Z1", "", "")
