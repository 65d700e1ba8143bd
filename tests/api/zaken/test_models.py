"""What the database guarantees about zaken, whichever way they are written."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection
from django.db.models import ProtectedError

from api.zaken.models import IdentificatieTeller, Resultaat, Rol, Status, Zaak
from api.zaken.models.keuzes import Betalingsindicatie
from tests.factories.zaken import RSIN, ResultaatFactory, RolFactory, StatusFactory, ZaakFactory

pytestmark = pytest.mark.usefixtures("in_haarlem")


def test_the_newest_zaak_comes_first() -> None:
    older, newer = ZaakFactory.create(), ZaakFactory.create()

    assert list(Zaak.objects.all()) == [newer, older]


def test_an_identificatie_is_unique_within_a_bronorganisatie() -> None:
    zaak = ZaakFactory.create()

    with pytest.raises(IntegrityError, match="zaak_identificatie_unique"):
        ZaakFactory.create(identificatie=zaak.identificatie)


def test_another_bronorganisatie_may_use_the_same_identificatie() -> None:
    zaak = ZaakFactory.create()

    ZaakFactory.create(identificatie=zaak.identificatie, bronorganisatie="002220647")

    assert Zaak.objects.filter(identificatie=zaak.identificatie).count() == 2


def test_a_zaak_has_an_identificatie() -> None:
    with pytest.raises(IntegrityError, match="zaak_has_identificatie"):
        ZaakFactory.create(identificatie="")


def test_a_zaak_is_not_its_own_hoofdzaak() -> None:
    zaak = ZaakFactory.create()

    with pytest.raises(IntegrityError, match="zaak_is_not_its_hoofdzaak"):
        Zaak.objects.filter(pk=zaak.pk).update(hoofdzaak=zaak)


def test_what_costs_nothing_is_never_paid() -> None:
    with pytest.raises(IntegrityError, match="zaak_betaling_nvt"):
        ZaakFactory.create(
            betalingsindicatie=Betalingsindicatie.NVT, laatste_betaaldatum=datetime(2026, 1, 6, tzinfo=UTC)
        )


def test_a_zaak_has_one_current_status() -> None:
    status = StatusFactory.create(indicatie_laatst_gezette_status=True)

    with pytest.raises(IntegrityError, match="status_one_current"):
        StatusFactory.create(
            zaak=status.zaak, statustype=status.statustype, indicatie_laatst_gezette_status=True
        )


def test_a_zaak_has_any_number_of_former_statussen() -> None:
    zaak = StatusFactory.create(indicatie_laatst_gezette_status=True).zaak

    StatusFactory.create(zaak=zaak)
    StatusFactory.create(zaak=zaak)

    assert zaak.statussen.count() == 3


def test_a_zaak_has_one_resultaat() -> None:
    resultaat = ResultaatFactory.create()

    with pytest.raises(IntegrityError, match="zaken_resultaat_zaak_id"):
        ResultaatFactory.create(zaak=resultaat.zaak)


def test_a_deleted_zaak_takes_everything_along() -> None:
    hoofdzaak = ZaakFactory.create()
    deelzaak = ZaakFactory.create(hoofdzaak=hoofdzaak)
    StatusFactory.create(zaak=deelzaak, gezetdoor=RolFactory.create(zaak=deelzaak))
    ResultaatFactory.create(zaak=deelzaak)

    hoofdzaak.delete()

    assert [model.objects.count() for model in (Zaak, Status, Rol, Resultaat)] == [0, 0, 0, 0]


def test_a_zaaktype_that_is_used_stays() -> None:
    zaaktype = ZaakFactory.create().zaaktype

    with pytest.raises(ProtectedError):
        zaaktype.delete()


@pytest.mark.parametrize(
    ("key", "index"),
    [
        ("inpBsn", "rol_inp_bsn"),
        ("anpIdentificatie", "rol_anp_identificatie"),
        ("inpA_nummer", "rol_inp_a_nummer"),
        ("innNnpId", "rol_inn_nnp_id"),
        ("annIdentificatie", "rol_ann_identificatie"),
        ("vestigingsNummer", "rol_vestigings_nummer"),
        ("identificatie", "rol_identificatie"),
    ],
)
def test_a_betrokkene_is_found_through_an_index(key: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert index in Rol.objects.filter(**{f"betrokkene_identificatie__{key}": "999993653"}).explain()


def test_numbers_count_up_per_soort_organisatie_and_jaar() -> None:
    next_number = IdentificatieTeller.objects.next_number

    assert [next_number("zaak", RSIN, 2026) for _ in range(3)] == [1, 2, 3]
    assert next_number("zaak", RSIN, 2027) == 1
    assert next_number("zaak", "002220647", 2026) == 1
    assert next_number("besluit", RSIN, 2026) == 1
