import pytest

from api.zaken.models import Zaak
from tests.factories.zaken import ZaakFactory

pytestmark = pytest.mark.usefixtures("in_haarlem")


def test_numbers_are_given_in_the_order_of_arrival_and_read_back() -> None:
    first, second = ZaakFactory.create(), ZaakFactory.create()

    assert first.volgorde < second.volgorde
    assert list(Zaak.objects.values_list("volgorde", flat=True)) == [second.volgorde, first.volgorde]


def test_rows_made_in_bulk_get_their_own_numbers() -> None:
    zaaktype = ZaakFactory.create().zaaktype

    zaken = Zaak.objects.bulk_create(ZaakFactory.build_batch(3, zaaktype=zaaktype))

    assert len({zaak.volgorde for zaak in zaken}) == 3


def test_saving_again_keeps_the_number() -> None:
    zaak = ZaakFactory.create()
    given = zaak.volgorde

    zaak.save()

    zaak.refresh_from_db()
    assert zaak.volgorde == given
