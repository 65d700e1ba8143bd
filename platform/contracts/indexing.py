"""Indexation: what its clause makes of the prices of a contract, as a version that is a concept.

The figure is typed in, with who published it and of which month. What is asked each year is indexed, line by
line: its price per unit is rounded to a whole cent, a half cent away from zero. What was asked once stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from contracts.content import AGREED, Whole
from contracts.contract_refusals import ContractRefused
from contracts.drafting import amend, terms_of
from contracts.models import Annex, Contract, ContractLine, ContractVersion, Per, Renewal
from contracts.models.agreed import MOST_CENTS
from contracts.models.contract_version import HIGHEST_INDEX, LONGEST_SOURCE, LOWEST_INDEX
from contracts.standing import MONTHS, WARN_MONTHS, add_months, last_day, signed, version_on
from contracts.states import OPEN, State
from screens.formats import long_day, percent
from tenants.accounts.person import Person

ANNOUNCED = timedelta(days=30)
"""So long before it holds the gemeente sees what the clause makes of the prices."""
HUNDRED = Decimal(100)
KEPT = (
    *(name for name in AGREED if name not in {"number", "start", "end", "reason"}),
    "price_list_version_id",
    "indexation_cap",
    "indexation_by_clause",
)
"""Of a version, what indexation leaves as it is."""


@dataclass(frozen=True, slots=True)
class Index:
    """A figure as somebody published it, in percent."""

    percentage: Decimal
    source: str
    month: date


def indexed(cents: int, percentage: Decimal) -> int:
    """A price, or a discount below zero, in whole cents; a half cent goes away from zero."""
    return int((cents * (HUNDRED + percentage) / HUNDRED).quantize(Decimal(1), ROUND_HALF_UP))


def applied(percentage: Decimal, cap: Decimal | None) -> Decimal:
    """What of a figure counts: no more than the contract allows."""
    return percentage if cap is None else min(percentage, cap)


@transaction.atomic
def propose_indexation(
    contract: Contract, index: Index, *, start: date, person: Person, now: datetime
) -> ContractVersion:
    """The next version, with the prices as they become and nothing else changed. Raises ContractRefused."""
    versions = list(contract.versions.all())
    former = version_on(contract, versions, start)
    if former is None:
        raise ContractRefused(gettext("Op deze dag loopt het contract niet. Kies een andere dag."))
    _check(index, former, versions, start, timezone.localdate(now))
    percentage = applied(index.percentage, former.indexation_cap)
    terms = replace(terms_of(former), start=start, end=_end(former, start), reason=_reason(index, percentage))
    version = amend(contract, terms, person=person, now=now, on=start)
    version.index_percentage, version.index_source = index.percentage, index.source.strip()
    version.index_month = index.month.replace(day=1)
    version.save(update_fields=["index_percentage", "index_source", "index_month"])
    for line in version.lines.filter(per=Per.YEAR):
        line.unit_cents = indexed(line.unit_cents, percentage)
        if abs(line.unit_cents) > MOST_CENTS:
            raise ContractRefused(gettext("Een prijs wordt zo te hoog. Pas de prijsregel zelf aan."))
        line.save(update_fields=["unit_cents"])
    return version


def follows_clause(before: Whole, after: Whole, versions: Iterable[ContractVersion]) -> bool:
    """Whether it changes nothing but what the clause of the version before it says, announced in time.

    Then the gemeente agreed already, and the vendor alone signs. The database holds the same.
    """
    former, version = before.version, after.version
    if not former.indexation_by_clause or version.index_percentage is None or version.offered_at is None:
        return False
    percentage = applied(version.index_percentage, former.indexation_cap)
    last = _last_indexed(each for each in versions if each.pk != version.pk)
    return (
        version.start >= timezone.localdate(version.offered_at) + ANNOUNCED
        and version.start >= (former.indexation_from or former.start)
        and (last is None or version.start >= add_months(last, MONTHS))
        and version.end == _end(former, version.start)
        and all(getattr(version, name) == getattr(former, name) for name in KEPT)
        and _prices(after.lines) == _prices(before.lines, percentage)
        and _parts(before) == _parts(after)
        and _annexes(each for each in before.annexes if each.is_signed) == _annexes(after.annexes)
    )


def clause_of(
    version: ContractVersion, versions: Iterable[ContractVersion], whole: Callable[[ContractVersion], Whole]
) -> bool:
    """As ``follows_clause``, of one among those of its contract; ``whole`` reads all that one agrees."""
    known = list(versions)
    former = next((each for each in signed(known) if each.number < version.number), None)
    if former is None or not former.indexation_by_clause or version.index_percentage is None:
        return False
    return follows_clause(whole(former), whole(version), known)


def next_indexation(contract: Contract, versions: Sequence[ContractVersion], today: date) -> date | None:
    """From which day the prices of what holds today may be indexed next; it may be over. None for never."""
    held = version_on(contract, versions, today)
    if held is None or not held.indexation or held.indexation_from is None:
        return None
    last, due, years = _last_indexed(versions), held.indexation_from, 0
    while last is not None and due < add_months(last, MONTHS):
        years += 1
        due = add_months(held.indexation_from, MONTHS * years)
    end = last_day(contract, held)
    return due if end is None or due <= end else None


def due_indexation(contract: Contract, versions: Sequence[ContractVersion], today: date) -> date | None:
    """As ``next_indexation``, where somebody is to see to it now: it comes soon, and nobody began."""
    if any(each.state in OPEN for each in versions):
        return None
    due = next_indexation(contract, versions, today)
    return due if due is not None and due <= add_months(today, WARN_MONTHS) else None


def _check(
    index: Index, former: ContractVersion, versions: Sequence[ContractVersion], start: date, today: date
) -> None:
    if not former.indexation:
        raise ContractRefused(gettext("In dit contract staat niets over indexering. Spreek dat eerst af."))
    if not LOWEST_INDEX <= index.percentage <= HIGHEST_INDEX or index.percentage == 0:
        raise ContractRefused(
            gettext("Vul een percentage tussen %(lowest)s en %(highest)s in, en geen nul.")
            % {"lowest": percent(LOWEST_INDEX), "highest": percent(HIGHEST_INDEX)}
        )
    if not 0 < len(index.source.strip()) <= LONGEST_SOURCE:
        raise ContractRefused(gettext("Schrijf op wie het cijfer publiceerde, en waar."))
    if index.month > today:
        raise ContractRefused(gettext("Van deze maand is nog geen cijfer bekend."))
    if former.indexation_from is not None and start < former.indexation_from:
        raise ContractRefused(
            gettext("De eerste indexering is op %(day)s.") % {"day": long_day(former.indexation_from)}
        )
    if start < today or (former.indexation_by_clause and start < today + ANNOUNCED):
        first = today + ANNOUNCED if former.indexation_by_clause else today
        raise ContractRefused(gettext("Kies een dag vanaf %(day)s.") % {"day": long_day(first)})
    last = _last_indexed(versions)
    if last is not None and start < add_months(last, MONTHS):
        raise ContractRefused(
            gettext("De prijzen zijn geïndexeerd op %(day)s. Dat kan eens in de twaalf maanden.")
            % {"day": long_day(last)}
        )


def _last_indexed(versions: Iterable[ContractVersion]) -> date | None:
    indexed_from = (
        each.start for each in versions if each.state == State.GETEKEND and each.index_percentage is not None
    )
    return max(indexed_from, default=None)


def _end(former: ContractVersion, start: date) -> date:
    """The last day of the term that runs then, which notice is reckoned from."""
    end, years = former.end, 0
    while former.renewal == Renewal.YEARLY and end < start:
        years += 1
        end = add_months(former.end, MONTHS * years)
    return end


def _reason(index: Index, percentage: Decimal) -> str:
    """In Dutch, whoever makes it: it stands in the contract."""
    with override(settings.LANGUAGE_CODE):
        return _reason_told(index, percentage)


def _reason_told(index: Index, percentage: Decimal) -> str:
    told = gettext("Indexering met %(percentage)s: %(source)s, %(month)s") % {
        "percentage": percent(percentage, 2),
        "source": index.source.strip(),
        "month": f"{index.month:%m-%Y}",
    }
    if percentage == index.percentage:
        return f"{told}."
    capped = gettext("het cijfer is %(published)s, het contract begrenst") % {
        "published": percent(index.percentage, 2)
    }
    return f"{told}; {capped}."


def _prices(lines: Iterable[ContractLine], percentage: Decimal = Decimal(0)) -> list[tuple[object, ...]]:
    """Each by its place, as this percentage makes it."""
    return sorted(
        (
            each.position,
            each.kind,
            each.label,
            each.quantity,
            each.unit,
            each.per,
            indexed(each.unit_cents, percentage) if each.per == Per.YEAR else each.unit_cents,
        )
        for each in lines
    )


def _parts(whole: Whole) -> tuple[object, ...]:
    return (
        sorted((each.municipality_id, list(each.components)) for each in whole.covers),
        sorted((each.line, each.organisation_id, each.name) for each in whole.parties),
    )


def _annexes(annexes: Iterable[Annex]) -> list[tuple[object, ...]]:
    return sorted(
        (each.kind, each.name, each.document_version, each.valid_from, each.sha256, each.reference)
        for each in annexes
    )
