"""ztc-016: published versions are never valid on the same day."""

from __future__ import annotations

from datetime import date

from api.catalogi.models import Zaaktype
from tenants.registry.context import in_municipality
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
