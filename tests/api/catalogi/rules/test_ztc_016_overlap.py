"""ztc-016: published versions are never valid on the same day."""

from __future__ import annotations

from datetime import date

from api.catalogi.models import Zaaktype
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import nothing_written
from tests.api.catalogi.rules.conftest import url
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import ZaaktypeFactory


def version(api: ApiClient, of: Zaaktype, begin: date) -> Zaaktype:
    with in_municipality(api.municipality):
        return ZaaktypeFactory.create(
            catalogus=of.catalogus, identificatie=of.identificatie, begin_geldigheid=begin
        )


def test_publishing_an_overlap_is_refused(writer: ApiClient, published: Zaaktype) -> None:
    second = version(writer, published, date(2025, 1, 1))
    assert violations(writer.post(f"{url(second)}/publish")) == [("beginGeldigheid", "overlap")]
    assert writer.get(url(second)).json()["concept"] is True


def test_the_last_day_counts(writer: ApiClient, published: Zaaktype) -> None:
    writer.patch(url(published), {"eindeGeldigheid": "2025-01-01"})
    second = version(writer, published, date(2025, 1, 1))
    assert violations(writer.post(f"{url(second)}/publish")) == [("beginGeldigheid", "overlap")]


def test_the_day_after_is_free(writer: ApiClient, published: Zaaktype) -> None:
    writer.patch(url(published), {"eindeGeldigheid": "2024-12-31"})
    second = version(writer, published, date(2025, 1, 1))
    assert writer.post(f"{url(second)}/publish").json()["concept"] is False


def test_an_end_that_moves_into_the_next_version(writer: ApiClient, published: Zaaktype) -> None:
    writer.patch(url(published), {"eindeGeldigheid": "2024-12-31"})
    second = version(writer, published, date(2025, 1, 1))
    writer.post(f"{url(second)}/publish")
    answer = writer.patch(url(published), {"eindeGeldigheid": "2025-06-30"})
    assert violations(answer) == [("eindeGeldigheid", "overlap")]


def test_concepts_may_overlap(writer: ApiClient, published: Zaaktype) -> None:
    second = version(writer, published, date(2025, 1, 1))
    assert writer.patch(url(second), {"beginGeldigheid": "2024-01-01"}).status_code == 200


def test_another_identificatie_overlaps_nothing(writer: ApiClient, published: Zaaktype) -> None:
    second = version(writer, published, date(2025, 1, 1))
    writer.patch(url(second), {"identificatie": "ANDER"})
    assert writer.post(f"{url(second)}/publish").status_code == 200


def test_a_correction_may_not_overlap_either(
    haarlem: Municipality, haarlem_api: ApiClient, published: Zaaktype
) -> None:
    haarlem_api.patch(url(published), {"eindeGeldigheid": "2024-12-31"})
    second = version(haarlem_api, published, date(2025, 1, 1))
    haarlem_api.post(f"{url(second)}/publish")
    with nothing_written(haarlem):
        answer = haarlem_api.patch(url(second), {"beginGeldigheid": "2024-06-01", "toelichting": "x"})
    assert violations(answer) == [("beginGeldigheid", "overlap")]
