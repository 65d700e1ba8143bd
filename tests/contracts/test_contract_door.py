"""What a municipality reads and writes of contracts: its own, no neighbour's, and nothing of a concept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils import timezone
from psycopg2 import sql

from contracts.in_force import contract_of, version_at, version_of
from contracts.models import (
    Annex,
    AnnexKind,
    Calendar,
    CalendarVersion,
    Contract,
    ContractCover,
    ContractEntry,
    ContractLine,
    ContractParty,
    ContractVersion,
    InForce,
    ServiceLevel,
    ServiceLevelVersion,
    Signature,
    Target,
)
from contracts.running import ClockKind
from contracts.states import Side, State
from contracts.terms import terms_of
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import vendor_rows
from tests.contracts.agreed import DIGEST, agreed, level_of, made, offered
from tests.handover.moves import other_vendor
from tests.isolation.test_door import all_that_is_shown

OF_A_VERSION = (ContractParty, ContractLine, Annex, Signature, ContractEntry)
PROMISED = (ServiceLevel, ServiceLevelVersion, Target, Calendar, CalendarVersion)
EVERY = (Contract, ContractVersion, ContractCover, InForce, *OF_A_VERSION, *PROMISED)
NOW = timezone.now()

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(haarlem: Municipality) -> ContractVersion:
    return entered(agreed(made(haarlem)))


@pytest.fixture(autouse=True)
def theirs(utrecht: Municipality) -> ContractVersion:
    """Of another organisation, with promises of its own."""
    Municipality.objects.filter(pk=utrecht.pk).update(vendor=other_vendor())
    utrecht.refresh_from_db()
    return entered(agreed(made(utrecht)))


def entered(version: ContractVersion) -> ContractVersion:
    ContractEntry.objects.create(
        contract=version.contract, version=version, at=NOW, act="aanbieden", side=Side.LEVERANCIER, person="x"
    )
    return version


def shown_to(municipality: Municipality, model: Any) -> set[int]:
    with in_municipality(municipality):
        return {row["id"] for row in all_that_is_shown(model._meta.db_table)}


def of_version(model: Any, version: ContractVersion) -> set[int]:
    level = version.service_level_version
    calendars = {level.window_id, *level.targets.values_list("calendar", flat=True)}
    rows = {
        Contract: {"pk": version.contract_id},
        ContractVersion: {"pk": version.pk},
        ServiceLevel: {"pk": level.level_id},
        ServiceLevelVersion: {"pk": level.pk},
        Target: {"version": level},
        Calendar: {"pk__in": calendars},
        CalendarVersion: {"calendar__in": calendars},
    }.get(model, {"version": version})
    return set(model.objects.filter(**rows).values_list("pk", flat=True))


@pytest.mark.parametrize("model", EVERY, ids=lambda model: model.__name__)
def test_without_any_condition_there_is_nothing_of_a_neighbour(
    haarlem: Municipality,
    utrecht: Municipality,
    ours: ContractVersion,
    theirs: ContractVersion,
    model: Any,
) -> None:
    own, neighbours = of_version(model, ours), of_version(model, theirs)

    assert own
    assert not own & neighbours
    assert shown_to(haarlem, model) == own
    assert shown_to(utrecht, model) == neighbours


@pytest.mark.parametrize("model", EVERY, ids=lambda model: model.__name__)
def test_a_concept_shows_nothing(haarlem: Municipality, model: Any) -> None:
    entered(made(haarlem))

    assert shown_to(haarlem, model) == set()


def test_a_draft_of_an_addendum_shows_nothing_more(haarlem: Municipality, ours: ContractVersion) -> None:
    other = level_of(haarlem.vendor_id, "Premium")
    draft = made(haarlem, contract=ours.contract, service_level_version=other)
    before = {model: shown_to(haarlem, model) for model in EVERY}

    assert before == {model: of_version(model, ours) for model in EVERY}
    offered(draft)
    assert other.pk in shown_to(haarlem, ServiceLevelVersion)


def test_every_table_of_a_contract_is_tried() -> None:
    own = {
        each for each in apps.get_app_config("contracts").get_models() if each._meta.db_table in _readable()
    }

    assert own <= {*EVERY, *_of_hours()}


def _readable() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        return {name for (name,) in cursor.fetchall()}


def _of_hours() -> set[Any]:
    """The ledger is tried where it is kept."""
    return {each for each in apps.get_app_config("contracts").get_models() if each.__name__ == "HoursEntry"}


@pytest.mark.parametrize("model", [*EVERY[:4], *OF_A_VERSION], ids=lambda model: model.__name__)
def test_the_ordinary_way_shows_the_same(haarlem: Municipality, ours: ContractVersion, model: Any) -> None:
    with in_municipality(haarlem):
        found = {row.pk for row in vendor_rows(haarlem).of(model)}

    assert found == of_version(model, ours)


@pytest.mark.parametrize("model", EVERY, ids=lambda model: model.__name__)
@pytest.mark.parametrize("statement", ["DELETE FROM public.{}", "UPDATE public.{} SET id = 1"])
def test_a_municipality_writes_nothing_there(
    haarlem: Municipality, ours: ContractVersion, model: Any, statement: str
) -> None:
    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.SQL(statement).format(sql.Identifier(model._meta.db_table)))


def test_who_has_what_is_asked_inside_as_outside(haarlem: Municipality, ours: ContractVersion) -> None:
    today = timezone.localdate()
    with in_municipality(haarlem):
        assert version_of(haarlem.pk, today) == ours
        assert contract_of(haarlem.pk, today) == ours.contract
        agreed = version_at(haarlem.pk, timezone.now())

        assert agreed is not None
        level = agreed.service_level_version
        assert level.level.name == "Plus"
        target = terms_of(level)(timezone.now())["P1"]
    assert target.minutes[ClockKind.RESPONSE] == 60


def test_inside_there_is_nothing_of_another(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem):
        assert version_of(utrecht.pk, timezone.localdate()) is None


# Functions of the door -----------------------------------------------------------------------------


def call(municipality: Municipality, function: str, *given: object) -> object:
    with in_municipality(municipality), transaction.atomic():
        return vendor_rows(municipality).call(function, *given)


def everything_of(version: ContractVersion) -> list[Any]:
    contract = version.contract_id
    return [
        Contract.objects.values().get(pk=contract),
        list(ContractVersion.objects.filter(contract=contract).values()),
        list(Signature.objects.filter(version__contract=contract).values()),
        list(Annex.objects.filter(version__contract=contract).values()),
        list(ContractEntry.objects.filter(contract=contract).values()),
    ]


@pytest.mark.parametrize("state", [State.AANGEBODEN, State.GETEKEND])
def test_no_function_reaches_a_contract_of_a_neighbour(
    haarlem: Municipality, utrecht: Municipality, theirs: ContractVersion, state: State
) -> None:
    version = theirs
    if state is State.AANGEBODEN:
        version = offered(made(utrecht, contract=theirs.contract))
    annex = theirs.annexes.create(
        kind=AnnexKind.OVERIG,
        name="Later",
        document_version="1",
        valid_from=timezone.localdate(),
        reference="x",
        added_at=NOW,
        added_by="x",
    )
    before = everything_of(theirs)

    answers = [
        call(haarlem, "contracts_sign", version.pk, DIGEST, "A", "B", "a@haarlem.example", NOW),
        call(haarlem, "contracts_decline", version.pk, "Nee", "a@haarlem.example", NOW),
        call(
            haarlem, "contracts_give_notice", theirs.contract_id, theirs.end, "Weg", "a@haarlem.example", NOW
        ),
        call(haarlem, "contracts_agree_annex", annex.pk, "a@haarlem.example", NOW),
    ]

    assert answers == [False] * 4
    assert everything_of(theirs) == before


@pytest.mark.parametrize(
    ("address", "digest", "days"),
    [
        ("Opsteller@Leverancier.example", DIGEST, 0),
        ("a@haarlem.example", "e" * 64, 0),
        ("a@haarlem.example", DIGEST, 31),
    ],
    ids=["its drafter", "something else", "too late"],
)
def test_the_door_refuses_a_signature(haarlem: Municipality, address: str, digest: str, days: int) -> None:
    version = offered(made(haarlem))
    moment = timezone.now() + timedelta(days=days)

    assert call(haarlem, "contracts_sign", version.pk, digest, "A", "B", address, moment) is False
    assert not Signature.objects.filter(version=version).exists()


def test_the_door_signs_on_the_last_day(haarlem: Municipality) -> None:
    version = offered(made(haarlem), until=timezone.localdate())

    assert (
        call(haarlem, "contracts_sign", version.pk, DIGEST, "A", "B", "a@haarlem.example", timezone.now())
        is True
    )


def test_the_door_asks_a_concept_nothing(haarlem: Municipality) -> None:
    version = made(haarlem)

    assert call(haarlem, "contracts_sign", version.pk, "", "A", "B", "a@haarlem.example", NOW) is False
    assert call(haarlem, "contracts_decline", version.pk, "Nee", "a@haarlem.example", NOW) is False


def test_an_annex_is_agreed_to_by_another_than_who_added_it(
    haarlem: Municipality, ours: ContractVersion
) -> None:
    later = ours.annexes.create(
        kind=AnnexKind.SUBVERWERKERS,
        name="Lijst",
        document_version="4",
        valid_from=timezone.localdate(),
        reference="x",
        added_at=NOW,
        added_by="zelf@x.example",
    )

    assert call(haarlem, "contracts_agree_annex", later.pk, "Zelf@x.example", NOW) is False
    assert call(haarlem, "contracts_agree_annex", later.pk, "a@haarlem.example", NOW) is True
    assert call(haarlem, "contracts_agree_annex", later.pk, "a@haarlem.example", NOW) is False
