"""Indexation: what a figure makes of prices, when the gemeente signs it, and when its clause did already."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from contracts.content import digest_of, whole_of
from contracts.contract_acts import known_of
from contracts.contract_queries import due_indexations
from contracts.contract_refusals import ContractRefused
from contracts.drafting import LineTerms, write_lines
from contracts.indexing import (
    ANNOUNCED,
    Index,
    applied,
    due_indexation,
    indexed,
    next_indexation,
    propose_indexation,
)
from contracts.models import ContractVersion, CostKind, InForce, Per, Renewal
from contracts.standing import add_months
from contracts.states import Side, State
from tenants.registry.context import for_vendor
from tests.contracts.agreed import (
    Cast,
    addendum,
    agreed,
    drafted,
    made,
    offer_it,
    offered,
    person,
    refused,
    shown,
    sign_for_gemeente,
    sign_for_vendor,
    signature,
)
from tests.errands import asked
from tests.people import House, browser_of

TODAY = timezone.localdate
CLAUSE: dict[str, Any] = {"indexation": "Dienstenprijsindex van het CBS"}
FIGURE = Index(Decimal("3.15"), "CBS, dienstenprijsindex, tabel 83760NED", date(2026, 9, 1))
LINES = [
    LineTerms(CostKind.IMPLEMENTATION, "Inrichting", 1, "", 12_500_00, Per.ONCE),
    LineTerms(CostKind.HOSTING, "Basis", 1, "jaar", 48_600_00, Per.YEAR),
    LineTerms(CostKind.HOSTING, "Opslag", 3, "100 GB", 333, Per.YEAR),
    LineTerms(CostKind.OTHER, "Korting", 1, "", -150_50, Per.YEAR),
]


def running(cast: Cast, **given: Any) -> ContractVersion:
    """Signed by both, with a clause, since eleven months."""
    started = add_months(TODAY(), -11)
    version = drafted(
        cast, start=started, end=add_months(started, 12) - timedelta(days=1), **{**CLAUSE, **given}
    )
    with for_vendor():
        write_lines(version, LINES, person=person(cast.drafter))
    offer_it(cast, version)
    sign_for_vendor(cast, version)
    sign_for_gemeente(cast, version)
    return shown(version)


def proposed(cast: Cast, former: ContractVersion, start: date, index: Index = FIGURE) -> ContractVersion:
    with for_vendor():
        made = propose_indexation(
            former.contract, index, start=start, person=person(cast.drafter), now=timezone.now()
        )
        return ContractVersion.objects.select_related("contract").get(pk=made.pk)


def cents(version: ContractVersion) -> list[int]:
    return list(version.lines.values_list("unit_cents", flat=True))


# Arithmetic ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("price", "percentage", "becomes"),
    [
        (48_600_00, "3.15", 50_130_90),
        (333, "3.15", 343),  # 343.4895
        (100, "0.50", 101),  # 100.5 goes away from zero
        (-100, "0.50", -101),
        (100, "-0.50", 100),  # 99.5
        (0, "10", 0),
        (1, "25", 1),
        (2, "25", 3),  # 2.5
    ],
)
def test_a_price_is_rounded_once_to_a_cent_a_half_away_from_zero(
    price: int, percentage: str, becomes: int
) -> None:
    assert indexed(price, Decimal(percentage)) == becomes


@given(
    price=st.integers(-(10**10), 10**10),
    percentage=st.decimals(-20, 25, places=2, allow_nan=False, allow_infinity=False),
)
def test_an_indexed_price_is_right_to_half_a_cent(price: int, percentage: Decimal) -> None:
    exact = price * (100 + percentage) / 100
    assert abs(indexed(price, percentage) - exact) <= Decimal("0.5")
    assert indexed(-price, percentage) == -indexed(price, percentage)


@given(
    price=st.integers(-(10**10), 10**10),
    percentage=st.decimals(-20, 25, places=2, allow_nan=False, allow_infinity=False),
)
def test_it_is_what_schoolbook_rounding_gives(price: int, percentage: Decimal) -> None:
    assert indexed(price, percentage) == int(
        (Decimal(price) * (100 + percentage) / 100).quantize(Decimal(1), ROUND_HALF_UP)
    )


@pytest.mark.parametrize(
    ("percentage", "cap", "becomes"),
    [
        ("3.15", None, "3.15"),
        ("3.15", "3.15", "3.15"),
        ("3.16", "3.15", "3.15"),
        ("-1", "3", "-1"),
        ("1", "0", "0"),
    ],
)
def test_no_more_counts_than_the_contract_allows(percentage: str, cap: str | None, becomes: str) -> None:
    assert applied(Decimal(percentage), None if cap is None else Decimal(cap)) == Decimal(becomes)


# A version that is signed by both -----------------------------------------------------------------


def test_an_indexation_is_an_amendment_that_changes_yearly_prices_alone(cast: Cast) -> None:
    former, start = running(cast), add_months(TODAY(), 1)

    version = proposed(cast, former, start)

    assert cents(former) == [12_500_00, 48_600_00, 333, -150_50]
    assert cents(version) == [12_500_00, 50_130_90, 343, -155_24]
    assert (version.state, version.number, version.start) == (State.CONCEPT, 2, start)
    assert (version.index_percentage, version.index_month) == (Decimal("3.15"), date(2026, 9, 1))
    assert version.reason == (
        "Indexering met 3,15\N{NO-BREAK SPACE}%: CBS, dienstenprijsindex, tabel 83760NED, 09-2026."
    )
    assert not known_of(version).by_clause
    with for_vendor():
        before, after = whole_of(former), whole_of(version)
    assert [each.organisation_id for each in before.parties] == [
        each.organisation_id for each in after.parties
    ]

    offer_it(cast, version)
    sign_for_vendor(cast, version)
    assert shown(version).state == State.AANGEBODEN
    sign_for_gemeente(cast, version)
    assert shown(version).state == State.GETEKEND
    assert InForce.objects.filter(version=version, since=start).exists()


def test_the_term_stays_the_term(cast: Cast) -> None:
    """From which notice is reckoned: that of the year in which the prices begin to hold."""
    former = running(cast)

    version = proposed(cast, former, add_months(former.end, 6))

    assert version.end == add_months(former.end, 12)


def test_a_cap_is_told_and_the_figure_stays_as_it_was_published(cast: Cast) -> None:
    version = proposed(cast, running(cast, indexation_cap=Decimal("2.5")), add_months(TODAY(), 1))

    assert (version.index_percentage, cents(version)[1]) == (Decimal("3.15"), 49_815_00)
    assert version.reason.startswith("Indexering met 2,50")
    assert "het cijfer is 3,15" in version.reason


@pytest.mark.parametrize(
    ("terms", "index", "days", "said"),
    [
        ({"indexation": ""}, {}, 1, "niets over indexering"),
        ({}, {"percentage": Decimal("25.01")}, 1, "Vul een percentage"),
        ({}, {"percentage": Decimal("-20.01")}, 1, "Vul een percentage"),
        ({}, {"percentage": Decimal(0)}, 1, "geen nul"),
        ({}, {"source": "  "}, 1, "wie het cijfer publiceerde"),
        ({}, {"source": "x" * 201}, 1, "wie het cijfer publiceerde"),
        ({}, {"month": date(2199, 1, 1)}, 1, "nog geen cijfer"),
        ({}, {}, -1, "Kies een dag vanaf"),
        ({"indexation_by_clause": True}, {}, 29, "Kies een dag vanaf"),
        ({"indexation_from": TODAY() + timedelta(days=3)}, {}, 2, "De eerste indexering is op"),
        ({"renewal": Renewal.NONE, "end": TODAY() + timedelta(days=59)}, {}, 60, "loopt het contract niet"),
    ],
)
def test_what_does_not_go_is_said_and_nothing_is_written(
    cast: Cast, terms: dict[str, Any], index: dict[str, Any], days: int, said: str
) -> None:
    former = agreed(made(cast.municipality, **{**CLAUSE, "start": TODAY() - timedelta(days=9), **terms}))
    given = Index(**{name: index.get(name, getattr(FIGURE, name)) for name in Index.__dataclass_fields__})

    told = refused(lambda: proposed(cast, former, TODAY() + timedelta(days=days), given), ContractRefused)

    assert said in told
    assert former.contract.versions.count() == 1


def test_prices_are_indexed_once_in_twelve_months(cast: Cast) -> None:
    former = running(cast)
    first = add_months(TODAY(), 1)
    version = proposed(cast, former, first)
    offer_it(cast, version)
    sign_for_vendor(cast, version)
    sign_for_gemeente(cast, version)

    told = refused(
        lambda: proposed(cast, version, add_months(first, 12) - timedelta(days=1)), ContractRefused
    )

    assert "eens in de twaalf maanden" in told
    again = proposed(cast, version, add_months(first, 12))
    assert cents(again)[1] == indexed(50_130_90, Decimal("3.15"))


def test_what_will_hold_by_then_is_what_is_indexed(cast: Cast) -> None:
    """An amendment that was signed and begins between today and that day."""
    former = running(cast)
    between = addendum(cast, former.contract, start=TODAY() + timedelta(days=5), **CLAUSE)
    with for_vendor():
        write_lines(between, LINES[1:2], person=person(cast.drafter))
    agreed(shown(between))

    version = proposed(cast, former, TODAY() + timedelta(days=6))

    assert (version.number, cents(version)) == (3, [50_130_90])


# By its clause ------------------------------------------------------------------------------------


def by_clause(cast: Cast, **given: Any) -> ContractVersion:
    """Offered today, for as soon as may be."""
    former = running(cast, indexation_by_clause=True, indexation_cap=Decimal(3), **given)
    return offer_it(cast, proposed(cast, former, TODAY() + ANNOUNCED))


def test_what_the_clause_says_the_vendor_alone_signs(cast: Cast) -> None:
    version = by_clause(cast)
    assert asked("contract")[-1]["what"] == "announced"
    assert known_of(version).waits_for == [Side.LEVERANCIER]
    assert "hoeft niet nog eens" in refused(lambda: sign_for_gemeente(cast, version), ContractRefused)

    sign_for_vendor(cast, version)

    assert shown(version).state == State.GETEKEND
    assert cents(version)[1] == 50_058_00
    held = InForce.objects.filter(contract=version.contract_id, line="first").order_by("since")
    assert [each.version.number for each in held] == [1, 2]
    assert held[0].until == version.start - timedelta(days=1)


CHANGED = {  # what is written in the version, or in what it consists of
    "a price": "UPDATE contracts_contractline SET unit_cents = unit_cents + "
    "1 WHERE version_id = %s AND position = 2",
    "what is once": "UPDATE contracts_contractline SET unit_cents = 1 WHERE version_id = %s AND position = 1",
    "a line less": "DELETE FROM contracts_contractline WHERE version_id = %s AND position = 3",
    "a term": "UPDATE contracts_contractversion SET notice_months = 6 WHERE id = %s",
    "the clause": "UPDATE contracts_contractversion SET indexation_cap = 20 WHERE id = %s",
    "the end": 'UPDATE contracts_contractversion SET "end" = "end" + 365 WHERE id = %s',
    "the day": "UPDATE contracts_contractversion SET start = start - 1 WHERE id = %s",
    "a party": "UPDATE contracts_contractparty SET name = 'Een ander' WHERE "
    "version_id = %s AND line = 'first'",
    "what is covered": "UPDATE contracts_contractcover SET components = '{Zaken}' WHERE version_id = %s",
    "an annex": "INSERT INTO contracts_annex (version_id, kind, name, document_version, valid_from, key,"
    " size, sha256, reference, added_at, added_by, signed_by)"
    " VALUES (%s, 'exitplan', 'x', '1', '2026-01-01', '', 0, '', 'x', now(), 'x', '')",
    "the figure": "UPDATE contracts_contractversion SET index_percentage = 2 WHERE id = %s",
    "no figure": "UPDATE contracts_contractversion SET index_percentage = NULL, index_source = '',"
    " index_month = NULL WHERE id = %s",
}


def test_what_changes_anything_else_both_sign_whoever_writes(cast: Cast) -> None:
    """Code and database say the same of it: the vendor's signature alone makes nothing of it."""
    former = running(cast, indexation_by_clause=True, indexation_cap=Decimal(3))
    version = proposed(cast, former, TODAY() + ANNOUNCED)

    told = {what: signed_by_the_vendor(cast, version, statement) for what, statement in CHANGED.items()}

    assert told == dict.fromkeys(CHANGED, (False, "aangeboden", True))
    assert signed_by_the_vendor(cast, version, "SELECT %s") == (True, "getekend", False)


def signed_by_the_vendor(cast: Cast, version: ContractVersion, statement: str) -> tuple[bool, str, bool]:
    """What code says of it once it was changed so, what became of it, and whether the database refuses it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement, [version.pk])
        changed = offer_it(cast, shown(version))
        known = known_of(changed)
        sign_for_vendor(cast, changed)
        state = str(shown(version).state)
        is_refused = state != State.GETEKEND and refused_raw(version)
        transaction.set_rollback(True)
    return known.by_clause, state, is_refused


def refused_raw(version: ContractVersion) -> bool:
    try:
        with transaction.atomic():
            ContractVersion.objects.filter(pk=version.pk).update(
                state=State.GETEKEND, signed_at=timezone.now()
            )
    except IntegrityError as error:
        return "Both sides sign" in str(error)
    return False


def test_without_a_clause_or_a_signature_the_database_makes_nothing_of_it(cast: Cast) -> None:
    version = offer_it(cast, proposed(cast, running(cast), TODAY() + ANNOUNCED))
    sign_for_vendor(cast, version)
    assert refused_raw(version)
    first = offered(made(cast.municipality, indexation="x", indexation_by_clause=True))
    signature(first, Side.LEVERANCIER)
    assert refused_raw(first)


def test_a_clause_takes_the_signature_of_somebody_else_than_who_drafted(cast: Cast) -> None:
    version = by_clause(cast)
    assert refused_raw(version)
    with pytest.raises(ContractRefused):
        sign_for_vendor(cast, version, by=cast.drafter)
    assert shown(version).state == State.AANGEBODEN


def test_the_digest_says_what_was_agreed_of_indexation(cast: Cast) -> None:
    """And is what it was for a contract that says nothing of it."""
    version = drafted(cast)
    with for_vendor():
        plain = digest_of(whole_of(version))
        version.indexation_cap = Decimal(0)
        capped = digest_of(whole_of(version))
        version.indexation_cap, version.indexation_by_clause = None, True
        clause = digest_of(whole_of(version))
    assert len({plain, capped, clause}) == 3


# In time ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("months", "due"), [(3, True), (4, False)])
def test_who_sees_to_it_is_told_three_months_before(cast: Cast, months: int, due: bool) -> None:
    first = add_months(TODAY(), months)
    version = agreed(made(cast.municipality, **CLAUSE, indexation_from=first))
    contract = version.contract
    with for_vendor():
        listed = due_indexations(person(cast.drafter), TODAY())
    assert next_indexation(contract, [version], TODAY()) == first
    assert due_indexation(contract, [version], TODAY()) == (first if due else None)
    assert listed == ([(contract, first)] if due else [])


def test_after_an_indexation_the_next_is_a_year_later(cast: Cast) -> None:
    first = add_months(TODAY(), -1)
    version = running(cast, indexation_from=first)
    indexation = proposed(cast, version, TODAY())
    offer_it(cast, indexation)
    sign_for_vendor(cast, indexation)
    sign_for_gemeente(cast, indexation)
    versions = list(version.contract.versions.all())
    assert next_indexation(version.contract, versions, TODAY()) == add_months(first, 24)


# On pages -----------------------------------------------------------------------------------------


def test_an_indexation_is_made_on_a_page_and_shown_as_a_difference(
    cast: Cast, vendor: House, at_haarlem: House
) -> None:
    version = running(cast, indexation_by_clause=True, indexation_from=TODAY() + timedelta(days=31))
    browser, contract = browser_of(vendor, cast.drafter), version.contract_id
    page = f"/contracten/{contract}/"
    body = {
        "percentage": "3,15",
        "source": "<b>CBS</b>",
        "month": "2026-09-14",
        "start": (TODAY() + timedelta(days=31)).isoformat(),
    }

    assert "Prijzen indexeren" in str(browser.get("/").content.decode())
    assert f'href="{page}indexeren/"' in str(browser.get(page).content.decode())
    wrong = browser.post(f"{page}indexeren/", {**body, "percentage": "veel"})
    early = browser.post(f"{page}indexeren/", {**body, "start": TODAY().isoformat()})
    assert (wrong.status_code, early.status_code) == (422, 422)
    assert browser.post(f"{page}indexeren/", body).status_code == 303

    concept = str(browser.get(f"{page}versies/2/").content.decode())
    assert "50.130,90" in concept
    assert "<b>CBS</b>" not in concept
    assert browser.get(f"{page}indexeren/").status_code == 409
    offer_it(cast, shown(version.contract.versions.get(number=2)))
    theirs = browser_of(at_haarlem, cast.beheerder)
    told = str(theirs.get(f"/contract/{contract}/versies/2/").content.decode())
    assert "de gemeente tekent niet" in told
    assert "50.130,90" in told
