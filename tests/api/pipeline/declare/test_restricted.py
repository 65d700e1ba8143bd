"""What a client may see is the same, whichever of the three ways asks: a list, a detail, or a write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Model
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from api.clients.client import NOBODY, Client, Right
from api.clients.scopes import Scope, ScopeExpression
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Level
from api.documenten.models import EnkelvoudigInformatieObject, Gebruiksrechten
from api.documenten.rights import RIGHTS as ON_DOCUMENTEN
from api.documenten.scopes import DOCUMENTEN_LEZEN
from api.pipeline.declare.visibility import AllRights, ComponentRights, OpenRights, Rights, TypeRights
from api.pipeline.sql.compiled import Bindings, compile_queryset
from api.zaken.models import Rol, Zaak
from api.zaken.rules.zrc_006_autorisatie import RIGHTS as ON_ZAKEN
from api.zaken.scopes import ZAKEN_LEZEN
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.factories.catalogi import InformatieobjecttypeFactory, RoltypeFactory, ZaaktypeFactory
from tests.factories.documenten import EnkelvoudigInformatieObjectFactory, GebruiksrechtenFactory
from tests.factories.zaken import RolFactory, ZaakFactory

DAY = date(2026, 1, 5)
TYPES = 3
SCOPES = ("zaken.lezen", "documenten.lezen", "zaken.aanmaken")

HELD = st.lists(
    st.tuples(
        st.sampled_from(["zrc", "drc"]),
        st.frozensets(st.sampled_from(SCOPES), min_size=1),
        st.one_of(st.none(), st.integers(0, TYPES - 1)),
        st.sampled_from(Level),
    ),
    max_size=6,
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Of each type a zaak and documents of every level, published, not, and unsaid; the types by number."""

    types: tuple[UUID, ...]

    def client(self, held: Any, *, everything: bool, only_published: bool) -> Client:
        rights = tuple(
            Right(component, scopes, None if number is None else self.types[number], int(level))
            for component, scopes, number, level in held
        )
        return Client(
            "zaaksysteem",
            rights=rights,
            heeft_alle_autorisaties=everything,
            alleen_is_gereed_voor_publicatie=only_published,
        )


@pytest.fixture
def cast(haarlem: Municipality) -> Iterator[Cast]:
    """With the same keys for the types of both kinds, so that rights of one component tempt the other."""
    with in_municipality(haarlem):
        keys = tuple(UUID(int=number + 1) for number in range(TYPES))
        for key in keys:
            zaaktype = ZaaktypeFactory.create(uuid=key, published=True)
            roltype = RoltypeFactory.create(zaaktype=zaaktype)
            kind = InformatieobjecttypeFactory.create(uuid=key, published=True)
            for level in Level:
                zaak = ZaakFactory.create(zaaktype=zaaktype, vertrouwelijkheidaanduiding=level)
                RolFactory.create(zaak=zaak, roltype=roltype)
            for level, published in product(Level, (True, False, None)):
                document = EnkelvoudigInformatieObjectFactory.create(
                    informatieobjecttype=kind,
                    vertrouwelijkheidaanduiding=level,
                    is_gereed_voor_publicatie=published,
                )
                GebruiksrechtenFactory.create(informatieobject=document)
        yield Cast(keys)


def seen_in_a_list(
    rights: Rights, model: type[Model], client: Client, scope: ScopeExpression, through: str
) -> set[Any]:
    rows = rights.restrict(model._default_manager.order_by(), client, scope, through)
    return set(rows.values_list("pk", flat=True))


def seen_alone(
    rights: Rights, model: type[Model], client: Client, scope: ScopeExpression, through: str
) -> set[Any]:
    """By the text that all clients share."""
    compiled = compile_queryset(
        model._default_manager.order_by().filter(rights.visible(scope, through)).values_list("pk")
    )
    return {key for (key,) in compiled.rows(Bindings(client, DAY, open_zaak_compatibility=True))}


def permitted(
    rights: Rights, model: type[Model], client: Client, scope: ScopeExpression, main: str
) -> set[Any]:
    """By the rule for a single object."""
    rows = model._default_manager.select_related(*([main] if main else []))
    return {row.pk for row in rows if rights.permits(client, scope, getattr(row, main) if main else row)}


JUDGED: tuple[tuple[TypeRights, type[Model], ScopeExpression, str], ...] = (
    (ON_ZAKEN, Zaak, ZAKEN_LEZEN, ""),
    (ON_ZAKEN, Rol, ZAKEN_LEZEN, "zaak"),
    (ON_DOCUMENTEN, EnkelvoudigInformatieObject, DOCUMENTEN_LEZEN, ""),
    (ON_DOCUMENTEN, Gebruiksrechten, DOCUMENTEN_LEZEN, "informatieobject"),
)


@pytest.mark.parametrize(
    ("rights", "model", "scope", "main"), JUDGED, ids=[each[1].__name__ for each in JUDGED]
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=HELD, everything=st.booleans(), only_published=st.booleans())
@example(held=[], everything=False, only_published=False)
@example(held=[], everything=True, only_published=True)
@example(
    held=[("drc", frozenset(SCOPES), 0, Level.INTERN), ("drc", frozenset(SCOPES), 0, Level.GEHEIM)],
    everything=False,
    only_published=False,
).via("the same type twice")
def test_a_list_has_what_may_be_seen_alone(
    cast: Cast,
    rights: TypeRights,
    model: type[Model],
    scope: ScopeExpression,
    main: str,
    held: Any,
    everything: bool,
    only_published: bool,
) -> None:
    client = cast.client(held, everything=everything, only_published=only_published)
    asked = (rights, model, client, scope, f"{main}__" if main else "")
    assert seen_in_a_list(*asked) == seen_alone(*asked)
    # an autorisatie that names no type covers no list
    untyped = any(number is None for _, _, number, _ in held)
    assert untyped or seen_in_a_list(*asked) == permitted(rights, model, client, scope, main)


READING = Scope("catalogi.lezen")


@pytest.mark.parametrize(
    "rights",
    [
        ComponentRights("ztc"),
        ComponentRights("ztc", also=(("zrc", READING),)),
        AllRights("ac"),
        OpenRights(),
        TypeRights("ztc", "zaaktype_id"),
    ],
)
@pytest.mark.parametrize("component", ["ztc", "zrc", "drc"])
@pytest.mark.parametrize("everything", [True, False])
def test_so_it_is_of_all_kinds_of_rights(
    cast: Cast, rights: Rights, component: str, everything: bool
) -> None:
    held = Right(component, frozenset(["catalogi.lezen"]), cast.types[0], Level.GEHEIM)
    for client in (NOBODY, Client("x", heeft_alle_autorisaties=everything, rights=(held,))):
        asked = (rights, Zaak, client, READING, "")
        assert seen_in_a_list(*asked) == seen_alone(*asked)


def test_types_are_held_up_to_the_highest_level() -> None:
    scopes = frozenset(["zaken.lezen"])
    first, second, third = (UUID(int=number) for number in (1, 2, 3))
    rights = (
        Right("zrc", scopes, first, Level.INTERN),
        Right("zrc", scopes, second, Level.GEHEIM),
        Right("zrc", scopes, first, Level.GEHEIM),
        Right("zrc", scopes, third, Level.OPENBAAR),
        Right("drc", scopes, third, Level.GEHEIM),
        Right("zrc", frozenset(["zaken.aanmaken"]), third, Level.GEHEIM),
    )
    assert ON_ZAKEN.held_by_level(Client("x", rights=rights), ZAKEN_LEZEN) == {
        Level.GEHEIM: [first, second],
        Level.OPENBAAR: [third],
    }
