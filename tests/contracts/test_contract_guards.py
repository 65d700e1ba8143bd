"""What the database holds of contracts, whoever writes: tried with plain statements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from contracts.models import (
    Annex,
    AnnexKind,
    Contract,
    ContractCover,
    ContractVersion,
    InForce,
    Line,
    Renewal,
    Signature,
)
from contracts.standing import add_months
from contracts.states import TRANSITIONS, Side, Standing, State
from tenants.registry.connection import connection
from tenants.registry.models import Municipality
from tests.contracts.agreed import DIGEST, agreed, made, offered, signature

STAYS = "does not change|stays|not this way|begins as|keeps|follows from|append-only|Not to be signed"


def run(statement: str, *parameters: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def sign_raw(version: ContractVersion) -> None:
    run(
        "UPDATE contracts_contractversion SET state = 'getekend', signed_at = now() WHERE id = %s", version.pk
    )


CHANGES = (
    "UPDATE contracts_contractparty SET name = 'Een ander' WHERE version_id = %s",
    "UPDATE contracts_contractcover SET components = '{Zaken}' WHERE version_id = %s",
    "UPDATE contracts_contractline SET unit_cents = 1 WHERE version_id = %s",
    "DELETE FROM contracts_contractparty WHERE version_id = %s",
    "DELETE FROM contracts_contractcover WHERE version_id = %s",
    "DELETE FROM contracts_contractline WHERE version_id = %s",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_what_was_offered_keeps_its_parts(haarlem: Municipality, statement: str) -> None:
    version = offered(made(haarlem))

    with pytest.raises(IntegrityError, match="offered does not change"):
        run(statement, version.pk)


@pytest.mark.parametrize("statement", CHANGES)
def test_a_part_of_a_concept_changes(haarlem: Municipality, statement: str) -> None:
    run(statement, made(haarlem).pk)


def test_nothing_is_added_to_what_was_offered(haarlem: Municipality) -> None:
    version = offered(made(haarlem, lines=(Line.HOSTING,)))

    with pytest.raises(IntegrityError, match="offered does not change"), transaction.atomic():
        version.parties.create(line=Line.FIRST, organisation=haarlem.vendor, name="x")


def test_nothing_moves_to_another_version(haarlem: Municipality, utrecht: Municipality) -> None:
    one, other = made(haarlem), made(utrecht)

    with pytest.raises(IntegrityError, match="offered does not change"):
        run(
            "UPDATE contracts_contractline SET version_id = %s, position = 9 WHERE version_id = %s",
            other.pk,
            one.pk,
        )


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE contracts_contractversion SET "end" = "end" + 1 WHERE id = %s',
        "UPDATE contracts_contractversion SET reason = 'x' WHERE id = %s",
        "UPDATE contracts_contractversion SET digest = 'x' WHERE id = %s",
        "UPDATE contracts_contractversion SET number = 9 WHERE id = %s",
    ],
)
def test_what_was_offered_says_what_it_said(haarlem: Municipality, statement: str) -> None:
    version = offered(made(haarlem))

    with pytest.raises(IntegrityError, match=STAYS):
        run(statement, version.pk)


def test_what_was_signed_does_not_change_nor_go(haarlem: Municipality) -> None:
    version = agreed(made(haarlem))

    for statement in (
        "UPDATE contracts_contractversion SET state = 'ingetrokken', signed_at = NULL WHERE id = %s",
        "UPDATE contracts_contractversion SET signed_at = now() WHERE id = %s",
        "DELETE FROM contracts_contractversion WHERE id = %s",
    ):
        with pytest.raises(IntegrityError, match=STAYS):
            run(statement, version.pk)


def test_nothing_begins_signed(haarlem: Municipality) -> None:
    now = timezone.now()
    signed: dict[str, Any] = {
        "state": State.GETEKEND,
        "signed_at": now,
        "offered_at": now,
        "offer_until": timezone.localdate(),
        "digest": DIGEST,
    }
    with pytest.raises(IntegrityError, match="begins as a concept"), transaction.atomic():
        made(haarlem, **signed)


STEPS = {
    (before.value, after.value)
    for each in TRANSITIONS.values()
    if not each.is_of_contract
    for before in each.before
    for after in each.after
    if before != after and {before.value, after.value} <= set(State.values)
}


@pytest.mark.parametrize("after", State)
@pytest.mark.parametrize("before", [State.CONCEPT, State.AANGEBODEN])
def test_the_database_knows_the_table_of_states(haarlem: Municipality, before: State, after: State) -> None:
    """Each step that no act takes is refused; signing takes signatures, which are tried apart."""
    version = made(haarlem)
    if before is State.AANGEBODEN:
        offered(version)
        signature(version, Side.GEMEENTE)
        signature(version, Side.LEVERANCIER)
    now, today = timezone.now(), timezone.localdate()
    fits: dict[str, Any] = {
        "signed_at": now if after is State.GETEKEND else None,
        "closed_at": now if after in {State.AFGEWEZEN, State.INGETROKKEN} else None,
    }
    if before is State.CONCEPT:
        fits |= {"offered_at": now, "offer_until": today, "digest": DIGEST}
    try:
        with transaction.atomic():
            ContractVersion.objects.filter(pk=version.pk).update(state=after, **fits)
    except IntegrityError:
        went = False
    else:
        went = True

    assert went == (before is after or (before.value, after.value) in STEPS)


def test_a_contract_is_signed_by_both(haarlem: Municipality) -> None:
    version = offered(made(haarlem))
    signature(version, Side.GEMEENTE)

    with pytest.raises(IntegrityError, match="Both sides sign"):
        sign_raw(version)


def test_nothing_is_signed_without_a_processing_agreement(haarlem: Municipality) -> None:
    version = offered(made(haarlem, annexes=(AnnexKind.GIBIT,)))
    for side in Side:
        signature(version, side)

    with pytest.raises(IntegrityError, match="processing agreement"):
        sign_raw(version)
    assert not InForce.objects.exists()


def test_signing_signs_the_annexes_that_came_with_it(haarlem: Municipality) -> None:
    version = offered(made(haarlem))
    for side in Side:
        signature(version, side)
    sign_raw(version)

    assert all(annex.is_signed for annex in version.annexes.all())


def test_a_contract_is_about_something(haarlem: Municipality) -> None:
    version = offered(made(haarlem, lines=()))
    for side in Side:
        signature(version, side)

    with pytest.raises(IntegrityError, match="about something"):
        sign_raw(version)


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest": "e" * 64},
        {"email": "Opsteller@Leverancier.example"},
        {"at": timezone.now() + timedelta(days=60)},
    ],
    ids=["something else", "its drafter", "too late"],
)
def test_the_database_refuses_a_signature(haarlem: Municipality, wrong: dict[str, Any]) -> None:
    version = offered(made(haarlem))

    with pytest.raises(IntegrityError, match="Not to be signed"), transaction.atomic():
        signature(version, Side.LEVERANCIER, **wrong)


def test_a_concept_is_not_signed(haarlem: Municipality) -> None:
    with pytest.raises(IntegrityError, match="Not to be signed"), transaction.atomic():
        signature(made(haarlem), Side.LEVERANCIER)


@pytest.mark.parametrize(
    "again",
    [
        {"side": Side.GEMEENTE, "email": "ander@x.example"},
        {"side": Side.LEVERANCIER, "email": "GEMEENTE@tekent.example"},
    ],
    ids=["a side twice", "a human for both"],
)
def test_nobody_signs_twice(haarlem: Municipality, again: dict[str, Any]) -> None:
    version = offered(made(haarlem))
    signature(version, Side.GEMEENTE)

    with pytest.raises(IntegrityError, match="unique"), transaction.atomic():
        signature(version, again["side"], email=again["email"])


@pytest.mark.parametrize(
    "statement", ["UPDATE contracts_signature SET name = 'x'", "DELETE FROM contracts_signature"]
)
def test_a_signature_stays(haarlem: Municipality, statement: str) -> None:
    signature(offered(made(haarlem)), Side.GEMEENTE)

    with pytest.raises(IntegrityError, match="signature does not change"):
        run(statement)
    assert Signature.objects.get().name == "Iemand"


def test_an_annex_that_was_signed_stays(haarlem: Municipality) -> None:
    agreed(made(haarlem))

    for statement in (
        "UPDATE contracts_annex SET name = 'x'",
        "UPDATE contracts_annex SET signed_at = NULL",
        "DELETE FROM contracts_annex",
    ):
        with pytest.raises(IntegrityError, match="offered or signed"):
            run(statement)


def test_a_later_annex_waits_and_is_signed_once(haarlem: Municipality) -> None:
    version = agreed(made(haarlem))
    later = version.annexes.create(
        kind=AnnexKind.SUBVERWERKERS,
        name="Lijst",
        document_version="4",
        valid_from=timezone.localdate(),
        reference="x",
        added_at=timezone.now(),
        added_by="x",
    )
    assert not later.is_signed

    run("UPDATE contracts_annex SET signed_at = now(), signed_by = 'x' WHERE id = %s", later.pk)
    with pytest.raises(IntegrityError, match="offered or signed"):
        run("UPDATE contracts_annex SET signed_by = 'y' WHERE id = %s", later.pk)


def test_no_annex_comes_signed_to_what_was_signed(haarlem: Municipality) -> None:
    version = agreed(made(haarlem))

    with pytest.raises(IntegrityError, match="offered or signed"), transaction.atomic():
        Annex.objects.create(
            version=version,
            kind=AnnexKind.OVERIG,
            name="x",
            document_version="1",
            valid_from=timezone.localdate(),
            reference="x",
            added_at=timezone.now(),
            added_by="x",
            signed_at=timezone.now(),
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contracts_inforce SET until = since",
        "DELETE FROM contracts_inforce",
        (
            "INSERT INTO contracts_inforce (municipality_id, line, contract_id, version_id, since)"
            " SELECT municipality_id, 'third', contract_id, version_id, since FROM contracts_inforce LIMIT 1"
        ),
    ],
)
def test_what_is_in_force_is_not_written_by_hand(haarlem: Municipality, statement: str) -> None:
    agreed(made(haarlem, lines=(Line.FIRST,)))

    with pytest.raises(IntegrityError, match="follows from signatures"):
        run(statement)


@pytest.mark.parametrize("lines", [(Line.FIRST,), tuple(Line)])
def test_an_environment_has_one_contract_for_a_line(haarlem: Municipality, lines: tuple[Line, ...]) -> None:
    agreed(made(haarlem))
    other = offered(made(haarlem, lines=lines))
    for side in Side:
        signature(other, side)

    with pytest.raises(IntegrityError, match="one_contract_at_a_time"):
        sign_raw(other)


def test_another_line_is_another_contract(haarlem: Municipality) -> None:
    agreed(made(haarlem, lines=(Line.HOSTING, Line.FIRST)))
    agreed(made(haarlem, lines=(Line.SECOND, Line.THIRD)))

    assert InForce.objects.count() == 4


def test_another_environment_is_another_contract(haarlem: Municipality, utrecht: Municipality) -> None:
    agreed(made(haarlem))
    agreed(made(utrecht))


def test_the_next_contract_begins_the_day_after(haarlem: Municipality) -> None:
    today = timezone.localdate()
    first = made(haarlem, end=today + timedelta(days=30), renewal=Renewal.NONE)
    agreed(first)
    same_day = offered(made(haarlem, start=first.end, end=first.end))
    for side in Side:
        signature(same_day, side)

    with pytest.raises(IntegrityError, match="one_contract_at_a_time"):
        sign_raw(same_day)
    agreed(made(haarlem, start=first.end + timedelta(days=1), end=first.end + timedelta(days=9)))


def notice(version: ContractVersion, last_day: Any, at: Any = None) -> None:
    run(
        "UPDATE contracts_contract SET ends_on = %s, notice_at = %s, notice_side = 'gemeente' WHERE id = %s",
        last_day,
        at or timezone.now(),
        version.contract_id,
    )


def test_notice_on_the_last_day_ends_what_is_in_force(haarlem: Municipality) -> None:
    today = timezone.localdate()
    version = agreed(made(haarlem, end=add_months(today, 3), notice_months=3))
    last = version.end if add_months(version.end, -3) >= today else version.end + timedelta(days=1)

    notice(version, last)

    assert {each.until for each in InForce.objects.all()} == {last}
    agreed(made(haarlem, start=last + timedelta(days=1), end=last + timedelta(days=9)))


def test_notice_keeps_to_its_term(haarlem: Municipality) -> None:
    version = agreed(made(haarlem))

    with pytest.raises(IntegrityError, match="keeps to its term"):
        notice(version, version.end - timedelta(days=1))
    with pytest.raises(IntegrityError, match="keeps to its term"):
        notice(version, version.end, timezone.now() + timedelta(days=360))


def test_notice_is_given_once(haarlem: Municipality) -> None:
    version = agreed(made(haarlem))
    notice(version, version.end)

    with pytest.raises(IntegrityError, match="given once"):
        notice(version, version.end + timedelta(days=365))
    with pytest.raises(IntegrityError, match="given once"):
        run("UPDATE contracts_contract SET ends_on = NULL, notice_at = NULL, notice_side = ''")


def test_nothing_is_signed_after_notice(haarlem: Municipality) -> None:
    first = agreed(made(haarlem))
    second = offered(made(haarlem, contract=first.contract))
    for side in Side:
        signature(second, side)
    notice(first, first.end)

    with pytest.raises(IntegrityError, match="Notice of this contract"):
        sign_raw(second)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contracts_contract SET number = 'OC-1'",
        "UPDATE contracts_contract SET organisation_id = organisation_id + 1",
        "UPDATE contracts_contract SET client_name = 'x'",
    ],
)
def test_a_contract_that_was_offered_is_whose_it_was(haarlem: Municipality, statement: str) -> None:
    offered(made(haarlem))

    with pytest.raises(DatabaseError, match=r"keeps its number|offered does not change"):
        run(statement)
    assert Contract.objects.get().client_name == haarlem.naam


def test_one_version_at_a_time_is_drawn_up(haarlem: Municipality) -> None:
    first = made(haarlem)

    with pytest.raises(IntegrityError, match="one_open_contract_version"), transaction.atomic():
        made(haarlem, contract=first.contract)


def test_every_state_is_a_standing() -> None:
    assert set(State.values) < set(Standing.values)


# One gemeente -------------------------------------------------------------------------------------


def test_a_contract_covers_one_gemeente_whoever_writes(haarlem: Municipality, utrecht: Municipality) -> None:
    version = made(haarlem)
    assert Contract.objects.get(pk=version.contract_id).client_id == haarlem.pk

    with pytest.raises(IntegrityError, match="of one gemeente"), transaction.atomic():
        cover(version, utrecht)
    version.covers.all().delete()
    with pytest.raises(IntegrityError, match="of one gemeente"), transaction.atomic():
        cover(version, utrecht)
    with pytest.raises(IntegrityError, match="keeps its gemeente"), transaction.atomic():
        run("UPDATE contracts_contract SET client_id = NULL WHERE id = %s", version.contract_id)
    cover(version, haarlem)
    with pytest.raises(IntegrityError, match="of one gemeente"), transaction.atomic():
        ContractCover.objects.filter(version=version).update(municipality=utrecht)


@pytest.mark.parametrize("same", [{"cbs_code": "0392"}, {"cbs_code": None, "naam": "Verband"}])
def test_it_covers_every_environment_of_that_gemeente(
    haarlem: Municipality, utrecht: Municipality, same: dict[str, Any]
) -> None:
    Municipality.objects.filter(pk__in=[haarlem.pk, utrecht.pk]).update(cbs_code=None)
    Municipality.objects.filter(pk=utrecht.pk).update(environment="acceptatie")
    for each in (haarlem, utrecht):
        Municipality.objects.filter(pk=each.pk).update(**same)
    version = made(haarlem)
    cover(version, utrecht)
    assert version.covers.count() == 2


def test_what_is_covered_is_of_its_own_contract(haarlem: Municipality) -> None:
    one, other = made(haarlem, covers=[]), made(haarlem)
    with pytest.raises(IntegrityError, match="the version of this contract"), transaction.atomic():
        ContractCover.objects.create(
            contract=other.contract,
            version=one,
            municipality=haarlem,
            municipality_name="x",
            environment=haarlem.environment,
        )


def cover(version: ContractVersion, municipality: Municipality) -> ContractCover:
    return ContractCover.objects.create(
        contract_id=version.contract_id,
        version=version,
        municipality=municipality,
        municipality_name=municipality.naam,
        environment=municipality.environment,
    )
