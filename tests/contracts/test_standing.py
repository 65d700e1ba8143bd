"""How a contract stands on a day: at equality, and as the database says it too."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.contract_queries import standing_on, with_soon
from contracts.in_force import contract_of, version_at, version_of
from contracts.models import Contract, ContractVersion, InForce, Line, Renewal
from contracts.standing import (
    Notice,
    add_months,
    last_day,
    next_notice,
    standing_of,
    standing_of_version,
    version_on,
)
from contracts.states import Side, Standing, State
from tenants.registry.models import Municipality
from tests.contracts.agreed import agreed, made, offered
from tests.contracts.test_clocks import at

START, END = date(2026, 1, 1), date(2027, 12, 31)
DAY = timedelta(days=1)
S = Standing


def version(**given: Any) -> ContractVersion:
    return ContractVersion(
        **{
            "pk": given.get("number", 1),
            "number": 1,
            "state": State.GETEKEND,
            "start": START,
            "end": END,
            "renewal": Renewal.NONE,
            "notice_months": 3,
            **given,
        }
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 12, 31), -3, date(2027, 9, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 11, 30), 0, date(2026, 11, 30)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (START - DAY, S.GETEKEND),
        (START, S.ACTIEF),
        (END, S.ACTIEF),
        (END + DAY, S.BEEINDIGD),
    ],
)
def test_the_first_and_the_last_day_count(day: date, expected: Standing) -> None:
    assert standing_of(Contract(), [version()], day) is expected


def test_what_renews_itself_goes_on() -> None:
    yearly = version(renewal=Renewal.YEARLY)

    assert standing_of(Contract(), [yearly], END + 400 * DAY) is S.ACTIEF
    assert last_day(Contract(), yearly) is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 9, 30), Notice(date(2027, 9, 30), END)),
        (date(2027, 10, 1), Notice(date(2028, 9, 30), date(2028, 12, 31))),
    ],
)
def test_notice_can_be_given_on_its_last_day_and_not_the_day_after(day: date, expected: Notice) -> None:
    assert next_notice(version(renewal=Renewal.YEARLY), day) == expected


def test_what_ends_by_itself_needs_no_notice() -> None:
    assert next_notice(version(), START) is None


@pytest.mark.parametrize(
    ("day", "expected"), [(END - DAY, S.OPGEZEGD), (END, S.OPGEZEGD), (END + DAY, S.BEEINDIGD)]
)
def test_after_notice_it_runs_until_its_last_day(day: date, expected: Standing) -> None:
    contract = Contract(ends_on=END, notice_side=Side.GEMEENTE)

    assert standing_of(contract, [version(renewal=Renewal.YEARLY)], day) is expected


@pytest.mark.parametrize(("day", "expected"), [(END, S.AANGEBODEN), (END + DAY, S.VERLOPEN)])
def test_an_offer_can_be_signed_on_its_last_day(day: date, expected: Standing) -> None:
    offer = version(state=State.AANGEBODEN, offer_until=END)

    assert standing_of(Contract(), [offer], day) is expected


def test_an_addendum_takes_over_on_its_first_day() -> None:
    first, second = version(), version(number=2, start=date(2026, 7, 1))
    both, contract = [first, second], Contract()

    assert version_on(contract, both, date(2026, 6, 30)) == first
    assert version_on(contract, both, date(2026, 7, 1)) == second
    assert standing_of_version(first, contract, both, date(2026, 6, 30)) is S.ACTIEF
    assert standing_of_version(first, contract, both, date(2026, 7, 1)) is S.GEWIJZIGD
    assert standing_of_version(second, contract, both, date(2026, 6, 30)) is S.GETEKEND
    assert standing_of(contract, both, date(2026, 7, 1)) is S.ACTIEF


def test_an_open_addendum_changes_nothing_yet() -> None:
    open_one = version(number=2, state=State.AANGEBODEN, offer_until=END)

    assert version_on(Contract(), [version(), open_one], START) == version()
    assert standing_of(Contract(), [version(), open_one], START) is S.ACTIEF


# What the database says of the same ----------------------------------------------------------------


def test_nothing_is_in_force_before_both_signed(haarlem: Municipality) -> None:
    offered(made(haarlem, start=START, end=END))

    assert contract_of(haarlem.pk, START) is None


@pytest.mark.parametrize(
    ("day", "there"), [(START - DAY, False), (START, True), (END, True), (END + DAY, False)]
)
def test_it_is_in_force_on_its_first_and_last_day(
    haarlem: Municipality,
    day: date,
    there: bool,  # a parameter
) -> None:
    found = agreed(made(haarlem, start=START, end=END, renewal=Renewal.NONE))

    assert (version_of(haarlem.pk, day) == found) is there
    assert (contract_of(haarlem.pk, day) == found.contract) is there


def test_a_moment_is_of_the_day_in_amsterdam(haarlem: Municipality) -> None:
    """At 23:30 UTC the next day has begun here."""
    day = date(2026, 11, 24)
    found = agreed(made(haarlem, start=day, end=END))

    assert version_at(haarlem.pk, at("2026-11-24 00:30")) == found
    assert version_at(haarlem.pk, at("2026-11-23 23:30")) is None


def test_a_contract_for_hosting_alone_holds_no_support(haarlem: Municipality) -> None:
    agreed(made(haarlem, start=START, end=END, lines=(Line.HOSTING,)))

    assert contract_of(haarlem.pk, START) is None
    assert version_of(haarlem.pk, START, Line.HOSTING) is not None


VERSIONS = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.integers(0, 60),
        st.sampled_from(list(Renewal)),
        st.sets(st.sampled_from(list(Line)), min_size=1),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=VERSIONS)
def test_of_any_versions_one_at_most_is_active_per_environment_and_line(
    haarlem: Municipality, asked: list[tuple[int, int, Renewal, set[Line], bool]]
) -> None:
    """Each is signed that the database lets; what is in force then is what is reckoned of the versions."""
    with transaction.atomic():
        contract = None
        for since, length, renewal, lines, amends in asked:
            start = START + since * DAY
            terms = {"start": start, "end": start + length * DAY, "renewal": renewal}
            try:
                with transaction.atomic():
                    under = contract if amends else None
                    signed = agreed(made(haarlem, lines=tuple(sorted(lines)), contract=under, **terms))
            except IntegrityError:
                continue
            contract = signed.contract
        check_every_day(haarlem)
        transaction.set_rollback(True)


def check_every_day(haarlem: Municipality) -> None:
    contracts = {each: list(each.versions.all()) for each in Contract.objects.all()}
    for day in (START + number * DAY for number in range(-1, 125, 6)):
        told: Any = standing_on(Contract.objects.all(), day)
        standing = dict(told.values_list("pk", "standing_now"))
        assert standing == {each.pk: standing_of(each, own, day) for each, own in contracts.items() if own}
        for line in Line:
            rows = InForce.objects.filter(municipality=haarlem, line=line, since__lte=day)
            held = [each for each in rows if each.until is None or each.until >= day]
            reckoned = [
                found
                for each, own in contracts.items()
                if (found := version_on(each, own, day)) and found.parties.filter(line=line).exists()
            ]
            assert len(held) <= 1
            assert [each.version for each in held] == reckoned


@pytest.mark.parametrize(
    ("given", "notice"),
    [
        ({"renewal": Renewal.NONE, "end": date(2028, 1, 1)}, None),
        ({"renewal": Renewal.YEARLY}, None),
        ({"renewal": Renewal.YEARLY}, END),
        ({"renewal": Renewal.YEARLY, "end": date(2028, 2, 29), "notice_months": 1}, None),
        ({"renewal": Renewal.YEARLY, "end": date(2027, 5, 31), "notice_months": 3}, None),
        ({"renewal": Renewal.YEARLY, "end": date(2027, 1, 1), "notice_months": 24}, None),
    ],
)
def test_the_list_tells_of_what_ends_soon_as_it_is_reckoned_of_each(
    haarlem: Municipality, given: dict[str, Any], notice: date | None
) -> None:
    """On every day around those on which it changes, and on some of each month."""
    found = agreed(made(haarlem, **{"start": START, "end": END, **given}))
    if notice is not None:
        signed = {"notice_at": at("di 10:00"), "notice_side": Side.GEMEENTE, "ends_on": notice}
        Contract.objects.filter(pk=found.contract_id).update(**signed)
    contract = Contract.objects.get(pk=found.contract_id)

    days = [date(2026, 1, 1) + DAY * step for step in range(0, 1500, 9)]
    changes = [day for day in days if soon(contract, found, day) != soon(contract, found, day + 9 * DAY)]
    around = {day + DAY * step for day in changes for step in range(10)}
    told = {
        day: contract in with_soon(Contract.objects.all(), day).filter(soon=True) for day in {*days, *around}
    }

    assert {day for day, is_soon in told.items() if is_soon != soon(contract, found, day)} == set()
    assert changes


def soon(contract: Contract, held: ContractVersion, day: date) -> bool:
    """Whether it ends, or notice can no more be given for the end of its term, within three months."""
    if version_on(contract, [held], day) is None:
        return False
    last, limit = last_day(contract, held), add_months(day, 3)
    if last is not None:
        return last <= limit
    notice = next_notice(held, day)
    return notice is not None and notice.until <= limit
