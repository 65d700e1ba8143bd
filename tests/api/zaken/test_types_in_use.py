"""A type that a zaak uses is not deleted, whatever scope is held: the zaak would lose what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db.models import PROTECT, Model

from api.catalogi.models import Zaaktype
from api.documenten.models import InformatieObjectVersie
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import nothing_written, path_of
from tests.api.client import ApiClient
from tests.factories.catalogi import InformatieobjecttypeFactory
from tests.factories.documenten import EnkelvoudigInformatieObjectFactory, InformatieObjectVersieFactory
from tests.factories.zaken import ResultaatFactory, RolFactory, StatusFactory, ZaakFactory

Use = Callable[[], Model]


def _before() -> InformatieObjectVersie:
    """A version of a document that has another type by now."""
    other = InformatieobjecttypeFactory.create(published=True)
    version: InformatieObjectVersie = InformatieObjectVersieFactory.create(informatieobjecttype=other)
    return version


IN_USE: dict[str, Use] = {
    "zaaktype": lambda: ZaakFactory.create().zaaktype,
    "statustype": lambda: StatusFactory.create().statustype,
    "resultaattype": lambda: ResultaatFactory.create().resultaattype,
    "roltype": lambda: RolFactory.create().roltype,
    "informatieobjecttype": lambda: EnkelvoudigInformatieObjectFactory.create().informatieobjecttype,
    "informatieobjecttype of an earlier version": lambda: _before().informatieobjecttype,
    "zaaktype of a statustype": lambda: StatusFactory.create().statustype.zaaktype,
}


@pytest.mark.parametrize("use", IN_USE.values(), ids=IN_USE.keys())
def test_it_is_not_deleted(haarlem: Municipality, haarlem_api: ApiClient, use: Use) -> None:
    with in_municipality(haarlem):
        used = use()

    with nothing_written(haarlem):
        refused = haarlem_api.delete(path_of(used))
    assert (refused.status_code, refused.json()["code"]) == (409, "in-use")
    with in_municipality(haarlem):
        assert type(used)._default_manager.filter(pk=used.pk).exists()


def test_a_concept_in_use_is_not_deleted_either(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    with in_municipality(haarlem):
        zaaktype = ZaakFactory.create().zaaktype
        Zaaktype.objects.update(concept=True)

    assert haarlem_api.delete(path_of(zaaktype)).status_code == 409


def test_it_is_deleted_once_no_zaak_uses_it(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    with in_municipality(haarlem):
        zaak = ZaakFactory.create()
    haarlem_api.delete(path_of(zaak))

    assert haarlem_api.delete(path_of(zaak.zaaktype)).status_code == 204


def uses() -> list[Any]:
    """The foreign keys from zaken and documenten to types."""
    models = [model for app in ("zaken", "documenten") for model in apps.get_app_config(app).get_models()]
    keys: list[Any] = [each for model in models for each in model._meta.concrete_fields if each.many_to_one]
    return [key for key in keys if key.related_model._meta.app_label == "catalogi"]


def test_every_use_is_tested() -> None:
    assert {key.name for key in uses()} <= IN_USE.keys()


def test_none_cascades() -> None:
    assert {key.remote_field.on_delete for key in uses()} == {PROTECT}
