"""Many writes at once are the same as one after the other, in fewer statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.catalogi.exchange.command import command_caller
from api.catalogi.models import Roltype, Statustype, TypeRelatie, Zaaktype
from api.catalogi.resources.roltype import RoltypeResource
from api.catalogi.resources.statustype import StatustypeResource
from api.catalogi.resources.zaaktype import ZaaktypeResource
from api.clients.client import NOBODY
from api.pipeline.commit.entry import carry_out, carry_out_together
from api.pipeline.declare.write import Write
from api.pipeline.words.caller import Caller
from api.pipeline.words.refusals import Forbidden, Invalid, NotFound
from api.records.models import AuditTrail, OutboxMessage
from api.zaken.models import Rol, Zaak
from api.zaken.resources.rol import RolResource
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.factories.catalogi import CatalogusFactory, ZaaktypeFactory
from tests.factories.zaken import RolFactory

Create = Callable[[], Write]


@pytest.fixture
def caller(haarlem: Municipality) -> Iterator[Caller]:
    """Who may write the catalogue; inside Haarlem."""
    with in_municipality(haarlem):
        yield command_caller(haarlem, force=False)


@pytest.fixture
def zaaktype(caller: Caller) -> Zaaktype:
    return ZaaktypeFactory.create()


def statustype(caller: Caller, zaaktype: Zaaktype, volgnummer: int) -> Write:
    data = {"zaaktype": zaaktype, "omschrijving": f"Status {volgnummer}", "volgnummer": volgnummer}
    return Write(StatustypeResource, "create", caller, data)


def roltype(caller: Caller, zaaktype: Zaaktype, number: int) -> Write:
    data = {"zaaktype": zaaktype, "omschrijving": f"Rol {number}", "omschrijving_generiek": "adviseur"}
    return Write(RoltypeResource, "create", caller, data)


def new_zaaktypen(caller: Caller, *identificaties: str) -> list[Write]:
    catalogus = CatalogusFactory.create()
    like = ZaaktypeFactory.build(catalogus=catalogus)
    columns = {
        field.name: getattr(like, field.name)
        for field in Zaaktype._meta.concrete_fields
        if field.name not in {"uuid", "concept"}
    }
    stored = {"besluittypen": ["Vergunning"], "deelzaaktypen": [], "gerelateerde_zaaktypen": []}
    data = [{**columns, **stored, "identificatie": identificatie} for identificatie in identificaties]
    return [Write(ZaaktypeResource, "create", caller, each) for each in data]


def left_behind() -> list[tuple[Any, ...]]:
    """Rows and messages, without their keys."""
    return [
        *Zaaktype.objects.order_by("identificatie").values_list("identificatie", "concept", "doel"),
        *TypeRelatie.objects.order_by("pk").values_list(
            "kind", "naam", "volgorde", "zaaktype__identificatie"
        ),
        *OutboxMessage.objects.order_by("pk").values_list("kanaal", "actie", "resource", "aanmaakdatum"),
    ]


def test_the_same_is_left_behind(caller: Caller) -> None:
    for write in new_zaaktypen(caller, "A", "B", "C"):
        carry_out(write, answered=False)
    one_by_one = left_behind()
    Zaaktype.objects.all().delete()
    OutboxMessage.objects.all().delete()

    assert carry_out_together(new_zaaktypen(caller, "A", "B", "C")) == [None, None, None]

    assert left_behind() == one_by_one
    assert len(one_by_one) == 9


def test_every_message_names_its_own_object(caller: Caller) -> None:
    writes = new_zaaktypen(caller, "A", "B")

    carry_out_together(writes)

    named = OutboxMessage.objects.order_by("pk").values_list("resource_url", flat=True)
    assert list(named) == [ZaaktypeResource.url_of(write.instance) for write in writes]


def test_more_take_no_more_statements(caller: Caller, zaaktype: Zaaktype) -> None:
    numbers = []
    for start, count in ((0, 2), (100, 60)):
        with CaptureQueriesContext(connection) as queries:
            carry_out_together([roltype(caller, zaaktype, start + each) for each in range(count)])
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]
    assert Roltype.objects.count() == 62


def test_of_two_that_exclude_each_other_the_second_is_refused(caller: Caller, zaaktype: Zaaktype) -> None:
    refusals = carry_out_together([statustype(caller, zaaktype, each) for each in (1, 2, 2, 3)])

    assert [refusal is None for refusal in refusals] == [True, True, False, True]
    assert isinstance(refusals[2], Invalid)
    assert [each.code for each in refusals[2].violations] == ["unique"]
    assert sorted(Statustype.objects.values_list("volgnummer", flat=True)) == [1, 2, 3]


def test_what_a_rule_refuses_leaves_the_others(caller: Caller, zaaktype: Zaaktype) -> None:
    refusals = carry_out_together([statustype(caller, zaaktype, each) for each in (1, 10_000, 2)])

    assert [refusal is None for refusal in refusals] == [True, False, True]
    assert Statustype.objects.count() == 2


def test_two_published_versions_do_not_overlap(caller: Caller) -> None:
    writes = new_zaaktypen(caller, "A", "A")
    carry_out_together(writes)
    keys: Sequence[UUID] = [write.instance.pk for write in writes]

    refusals = carry_out_together(
        [Write(ZaaktypeResource, "publish", caller, {"concept": False}) for _ in keys], keys
    )

    assert [refusal is None for refusal in refusals] == [True, False]
    assert isinstance(refusals[1], Invalid)
    assert [each.code for each in refusals[1].violations] == ["overlap"]


def test_publishing_many_changes_each(caller: Caller) -> None:
    writes = new_zaaktypen(caller, "A", "B")
    carry_out_together(writes)
    publishing = [Write(ZaaktypeResource, "publish", caller, {"concept": False}) for _ in writes]

    assert carry_out_together(publishing, [write.instance.pk for write in writes]) == [None, None]

    assert not Zaaktype.objects.filter(concept=True).exists()
    assert [write.instance.concept for write in publishing] == [False, False]


def test_who_may_not_does_nothing(caller: Caller, zaaktype: Zaaktype) -> None:
    stranger = replace(caller, client=NOBODY)

    with pytest.raises(Forbidden):
        carry_out_together([roltype(stranger, zaaktype, each) for each in range(2)])

    assert not Roltype.objects.exists()


def test_what_is_not_there_is_not_changed(caller: Caller, zaaktype: Zaaktype) -> None:
    publishing = [Write(ZaaktypeResource, "publish", caller, {"concept": False}) for _ in range(2)]

    with pytest.raises(NotFound):
        carry_out_together(publishing, [uuid4(), zaaktype.pk])


def test_what_belongs_to_a_zaak_is_locked_and_audited_one_by_one(caller: Caller) -> None:
    known = RolFactory.create()
    all_rights = replace(caller, client=replace(caller.client, heeft_alle_autorisaties=True))
    data = {
        field.name: getattr(known, field.name) for field in Rol._meta.concrete_fields if field.name != "uuid"
    }

    refusals = carry_out_together([Write(RolResource, "create", all_rights, dict(data)) for _ in range(2)])

    assert refusals == [None, None]
    assert AuditTrail.objects.filter(resource="rol", hoofd_object_uuid=Zaak.objects.get().pk).count() == 2


def test_nothing_is_nothing(caller: Caller) -> None:
    assert carry_out_together([]) == []
