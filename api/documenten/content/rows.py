"""The rows of content, in the transaction of whoever points at them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import cast
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from api.documenten.content.writing import Stored
from api.documenten.models import Inhoud, OngecontroleerdeInhoud, VerlatenInhoud
from tenants.registry.storage import slice_named


def keep(stored: Stored) -> Inhoud:
    """The row of what is stored, which is made unless it was there; marked, if nobody looked through it."""
    if stored.row is not None:
        row = Inhoud.objects.get(pk=stored.row)
    else:
        row = Inhoud.objects.create(
            opslag=stored.opslag, key=stored.key, omvang=stored.omvang, sha256=stored.sha256
        )
    if stored.unchecked:
        OngecontroleerdeInhoud.objects.get_or_create(inhoud=row, defaults={"reden": stored.unchecked})
    return row


def has_row(stored: Stored) -> bool:
    """Whether a row speaks of it."""
    return Inhoud.objects.filter(opslag=stored.opslag, key=stored.key).exists()


def let_go(inhoud_ids: Collection[UUID]) -> int:
    """Give up the rows among these that nothing points at any more; their bytes follow after a grace.

    Call it in the transaction that took the pointers away, after it did. What somebody points at again
    meanwhile keeps its row by its foreign key: that transaction fails, or this one.
    """
    if not inhoud_ids:
        return 0
    unused = unreferenced().filter(pk__in=inhoud_ids).select_for_update(of=("self",), skip_locked=True)
    gone = list(unused.values_list("pk", "opslag", "key"))
    Inhoud.objects.filter(pk__in=[pk for pk, _, _ in gone]).delete()
    leave((opslag, key) for _, opslag, key in gone)
    return len(gone)


def leave(places: Iterable[tuple[str, str]]) -> None:
    """Have the bytes under these keys deleted after a grace, which nothing points at any more.

    A slice goes with the whole that it is in: whoever takes the parts away leaves that.
    """
    now = timezone.now()
    VerlatenInhoud.objects.bulk_create(
        [
            VerlatenInhoud(opslag=opslag, key=key, verlaten_op=now)
            for opslag, key in places
            if slice_named(key) is None
        ],
        ignore_conflicts=True,
    )


def unreferenced() -> QuerySet[Inhoud]:
    """Content that no row of any kind points at."""
    rows = Inhoud.objects.all()
    for relation in Inhoud._meta.related_objects:
        model = cast(type[Model], relation.related_model)
        if model is OngecontroleerdeInhoud:
            continue  # it goes with the content
        pointing = model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        rows = rows.exclude(Exists(pointing))
    return rows
