"""What the tests of the counts write: zaken and documents with what belongs to them, in every way."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model, QuerySet

from api.catalogi.models import Informatieobjecttype, Zaaktype
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.documenten.models import EnkelvoudigInformatieObject, Verzending
from api.pipeline.management.commands.count_rows import lacking
from api.records.models import RowCount
from api.zaken.models import Resultaat, Rol, Status, Zaak
from tenants.registry.postgresql.waiting import waiting_without_end
from tests.factories.catalogi import (
    InformatieobjecttypeFactory,
    ResultaattypeFactory,
    RoltypeFactory,
    StatustypeFactory,
    ZaaktypeFactory,
)
from tests.factories.documenten import EnkelvoudigInformatieObjectFactory, VerzendingFactory
from tests.factories.zaken import ResultaatFactory, RolFactory, StatusFactory, ZaakFactory

LEVELS = list(Vertrouwelijkheidaanduiding)[:4]


@dataclass(frozen=True, slots=True)
class Cast:
    """The types of what is written; by their keys, so that every connection may use them."""

    zaaktypen: list[Zaaktype]
    informatieobjecttypen: list[Informatieobjecttype]
    statustype: Any
    resultaattype: Any
    roltype: Any


def cast_of_haarlem() -> Cast:
    zaaktypen = ZaaktypeFactory.create_batch(3, published=True)
    return Cast(
        zaaktypen,
        InformatieobjecttypeFactory.create_batch(2, published=True),
        StatustypeFactory.create(zaaktype=zaaktypen[0]),
        ResultaattypeFactory.create(zaaktype=zaaktypen[0]),
        RoltypeFactory.create(zaaktype=zaaktypen[0]),
    )


def drawn(seed: int) -> Random:
    """What is chosen at random, the same for the same seed."""
    return Random(seed)  # noqa: S311  # no secret is made of it


def count(model: type[Model]) -> int:
    """As the triggers keep it."""
    kept = RowCount.objects.filter(kind=model._meta.db_table).values_list("number", flat=True)
    return sum(kept)


def assert_right() -> None:
    """Every count is that of the rows, in the snapshot of one statement."""
    wrong = lacking()
    assert not wrong, wrong


Step = Callable[[Cast, Random, int], Any]


def some(model: type[Model], chance: Random, size: int) -> list[Any]:
    keys = list(model._default_manager.order_by().values_list("pk", flat=True)[:200])
    return sorted(chance.sample(keys, min(size, len(keys))))


def one(model: type[Model], chance: Random) -> Any:
    return next(iter(some(model, chance, 1)), None)


def these(model: type[Model], chance: Random, size: int) -> QuerySet[Any, Any]:
    return model._default_manager.filter(pk__in=some(model, chance, size))


def locked(model: type[Model], chance: Random, size: int) -> list[Any]:
    """The keys of some; a queryset that deletes locks nothing of its own accord."""
    return [each.pk for each in these(model, chance, size).select_for_update().order_by("pk")]


def zaken_of(cast: Cast, chance: Random, size: int) -> list[Zaak]:
    return [
        ZaakFactory.build(
            identificatie=str(uuid4()),
            zaaktype=chance.choice(cast.zaaktypen),
            vertrouwelijkheidaanduiding=chance.choice(LEVELS),
        )
        for _ in range(size)
    ]


def add_zaken(cast: Cast, chance: Random, size: int) -> None:
    Zaak.objects.bulk_create(zaken_of(cast, chance, size))


def add_zaken_or_change_them(cast: Cast, chance: Random, size: int) -> None:
    """``ON CONFLICT``: of one statement some rows are new, and others get another type and level."""
    present = list(these(Zaak, chance, size))
    again = zaken_of(cast, chance, len(present))
    for each, before in zip(again, present, strict=True):
        each.identificatie = before.identificatie
    Zaak.objects.bulk_create(
        [*again, *zaken_of(cast, chance, size)],
        update_conflicts=True,
        unique_fields=["bronorganisatie", "identificatie"],
        update_fields=["zaaktype", "vertrouwelijkheidaanduiding"],
    )


def change_level(cast: Cast, chance: Random, size: int) -> None:
    these(Zaak, chance, size).update(vertrouwelijkheidaanduiding=chance.choice(LEVELS))


def change_type(cast: Cast, chance: Random, size: int) -> None:
    these(Zaak, chance, size).update(zaaktype=chance.choice(cast.zaaktypen))


def change_nothing_of_it(cast: Cast, chance: Random, size: int) -> None:
    these(Zaak, chance, size).update(omschrijving=str(size))


def swap_levels(cast: Cast, chance: Random, size: int) -> None:
    """Of one statement, so that the numbers of zaken stay while those of their rollen do not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE zaken_zaak SET vertrouwelijkheidaanduiding = 5 - vertrouwelijkheidaanduiding"
            " WHERE uuid = ANY(%s::uuid[])",
            [[str(each) for each in some(Zaak, chance, size)]],
        )


def add_rollen(cast: Cast, chance: Random, size: int) -> None:
    zaken = some(Zaak, chance, size)
    Rol.objects.bulk_create(RolFactory.build(zaak=None, zaak_id=each, roltype=cast.roltype) for each in zaken)


def copy_rollen(cast: Cast, chance: Random, size: int) -> None:
    columns = (
        "uuid, zaak_id, roltype_id, betrokkene, betrokkene_type, betrokkene_identificatie,"
        " afwijkende_naam_betrokkene, omschrijving, omschrijving_generiek, roltoelichting, registratiedatum,"
        " indicatie_machtiging"
    )
    lines = "".join(
        f"{uuid4()}\t{zaak}\t{cast.roltype.pk}\t\tmedewerker\t{{}}\t\tA\tbehandelaar\t\t2026-01-05\t\n"
        for zaak in some(Zaak, chance, size)
    )
    with connection.cursor() as cursor, connection.wrap_database_errors, waiting_without_end():
        cursor.copy_expert(f"COPY zaken_rol ({columns}) FROM STDIN", io.StringIO(lines))


def add_statussen(cast: Cast, chance: Random, size: int) -> None:
    zaken = some(Zaak, chance, size)
    Status.objects.bulk_create(
        StatusFactory.build(zaak=None, zaak_id=each, statustype=cast.statustype) for each in zaken
    )


def add_resultaten(cast: Cast, chance: Random, size: int) -> None:
    Resultaat.objects.bulk_create(
        (
            ResultaatFactory.build(zaak=None, zaak_id=each, resultaattype=cast.resultaattype)
            for each in some(Zaak, chance, size)
        ),
        ignore_conflicts=True,
    )


def move_rollen(cast: Cast, chance: Random, size: int) -> None:
    zaak = one(Zaak, chance)
    if zaak:
        these(Rol, chance, size).update(zaak=zaak)


def remove_rollen(cast: Cast, chance: Random, size: int) -> None:
    these(Rol, chance, size).delete()


def remove_zaken(cast: Cast, chance: Random, size: int) -> None:
    """With all that belongs to them; locked before, as by the API, so that nothing comes in meanwhile."""
    Zaak.objects.filter(pk__in=locked(Zaak, chance, size)).delete()


def add_documenten(cast: Cast, chance: Random, size: int) -> None:
    EnkelvoudigInformatieObject.objects.bulk_create(
        EnkelvoudigInformatieObjectFactory.build(
            identificatie=str(uuid4()),
            informatieobjecttype=chance.choice(cast.informatieobjecttypen),
            vertrouwelijkheidaanduiding=chance.choice(LEVELS),
            is_gereed_voor_publicatie=chance.choice([None, False, True]),
        )
        for _ in range(size)
    )


def publish(cast: Cast, chance: Random, size: int) -> None:
    these(EnkelvoudigInformatieObject, chance, size).update(
        is_gereed_voor_publicatie=chance.choice([None, False, True])
    )


def change_level_of_documenten(cast: Cast, chance: Random, size: int) -> None:
    these(EnkelvoudigInformatieObject, chance, size).update(vertrouwelijkheidaanduiding=chance.choice(LEVELS))


def add_verzendingen(cast: Cast, chance: Random, size: int) -> None:
    Verzending.objects.bulk_create(
        VerzendingFactory.build(informatieobject=None, informatieobject_id=each)
        for each in some(EnkelvoudigInformatieObject, chance, size)
    )


def move_verzendingen(cast: Cast, chance: Random, size: int) -> None:
    document: UUID | None = one(EnkelvoudigInformatieObject, chance)
    if document:
        these(Verzending, chance, size).update(informatieobject=document)


def remove_documenten(cast: Cast, chance: Random, size: int) -> None:
    EnkelvoudigInformatieObject.objects.filter(
        pk__in=locked(EnkelvoudigInformatieObject, chance, size)
    ).delete()


def look(cast: Cast, chance: Random, size: int) -> None:
    """Counts hold within a transaction as well."""
    assert_right()


STEPS: dict[str, Step] = {
    step.__name__: step
    for step in (
        add_zaken,
        add_zaken_or_change_them,
        change_level,
        change_type,
        change_nothing_of_it,
        swap_levels,
        add_rollen,
        copy_rollen,
        add_statussen,
        add_resultaten,
        move_rollen,
        remove_rollen,
        remove_zaken,
        add_documenten,
        publish,
        change_level_of_documenten,
        add_verzendingen,
        move_verzendingen,
        remove_documenten,
        look,
    )
}
