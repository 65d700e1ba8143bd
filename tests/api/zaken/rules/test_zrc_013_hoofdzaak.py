"""zrc-013: a hoofdzaak is another zaak, and no deelzaak."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from api.zaken.models import Zaak
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue


def test_a_hoofdzaak_that_does_not_exist(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    body = catalogue.zaak(hoofdzaak=haarlem_api.url(f"{ZAKEN}/00000000-0000-4000-8000-000000000000"))
    assert violations(haarlem_api.post(ZAKEN, body)) == [("hoofdzaak", "no_match")]


def test_a_zaak_is_not_its_own_hoofdzaak(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    answer = haarlem_api.patch(catalogue.url(zaak), {"hoofdzaak": catalogue.url(zaak)})
    assert violations(answer) == [("hoofdzaak", "self-forbidden")]


def test_a_deelzaak_is_no_hoofdzaak(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    deelzaak = catalogue.new_zaak(hoofdzaak=zaak)
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(hoofdzaak=catalogue.url(deelzaak)))
    assert violations(answer) == [("hoofdzaak", "deelzaak-als-hoofdzaak")]


def test_a_hoofdzaak_names_its_deelzaken(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    made = haarlem_api.post(ZAKEN, catalogue.zaak(hoofdzaak=catalogue.url(zaak))).json()
    assert haarlem_api.get(catalogue.url(zaak)).json()["deelzaken"] == [made["url"]]


def test_what_has_deelzaken_is_no_deelzaak(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.new_zaak(hoofdzaak=zaak)
    answer = haarlem_api.patch(catalogue.url(zaak), {"hoofdzaak": catalogue.url(catalogue.new_zaak())})
    assert violations(answer) == [("hoofdzaak", "deelzaak-als-hoofdzaak")]


def test_a_deelzaak_moves_to_another_hoofdzaak(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    deelzaak, other = catalogue.new_zaak(hoofdzaak=zaak), catalogue.new_zaak()
    answer = haarlem_api.patch(catalogue.url(deelzaak), {"hoofdzaak": catalogue.url(other)})
    assert answer.json()["hoofdzaak"] == catalogue.url(other)
    assert haarlem_api.patch(catalogue.url(deelzaak), {"hoofdzaak": None}).json()["hoofdzaak"] is None


@pytest.mark.usefixtures("in_haarlem")
def test_the_database_holds_it_from_below(catalogue: Catalogue, zaak: Zaak) -> None:
    deelzaak = catalogue.new_zaak(hoofdzaak=zaak)
    with pytest.raises(IntegrityError, match="zaak_below_one_on_top"), transaction.atomic():
        catalogue.new_zaak(hoofdzaak=deelzaak)


@pytest.mark.usefixtures("in_haarlem")
def test_the_database_holds_it_from_above(catalogue: Catalogue, zaak: Zaak) -> None:
    catalogue.new_zaak(hoofdzaak=zaak)
    other = catalogue.new_zaak()
    with pytest.raises(IntegrityError, match="zaak_below_one_on_top"), transaction.atomic():
        Zaak.objects.filter(pk=zaak.pk).update(hoofdzaak=other)
