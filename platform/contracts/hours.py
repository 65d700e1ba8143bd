"""The strippenkaart: hours are bought, booked and corrected, each in one transaction, with its line."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Contract, HoursEntry, HoursKind, InForce
from contracts.models.hours import LONGEST_WHY, MOST_BOOKED, MOST_BOUGHT
from contracts.states import VENDOR_AREA, State
from tenants.accounts.log import note
from tenants.accounts.person import Person
from tenants.registry.bsn import mask
from tenants.registry.context import require_public

FARTHEST_BACK = timedelta(days=366)
LOGGED = {
    HoursKind.BOUGHT: "uren gekocht",
    HoursKind.BOOKED: "uren geboekt",
    HoursKind.CORRECTED: "uren gecorrigeerd",
}


class HoursRefused(Exception):
    """Its text says why, and what to do."""


def balance_of(contract: Contract) -> int:
    """In minutes; below zero where more was booked than bought, as a contract may allow."""
    return int(HoursEntry.objects.of_contract(contract).balance())


@transaction.atomic
def buy(  # noqa: PLR0913  # each is a word of what is written
    contract: Contract, minutes: int, *, who: str, why: str, on: date, person: Person, now: datetime
) -> HoursEntry:
    """Raises HoursRefused."""
    _lock(contract)
    if not 0 < minutes <= MOST_BOUGHT:
        raise HoursRefused(_("Koop ten minste één minuut en ten hoogste 2.000 uur tegelijk."))
    if not contract.versions.filter(state=State.GETEKEND).exists():
        raise HoursRefused(_("Dit contract is nog niet getekend. Koop uren als het getekend is."))
    entry = HoursEntry(contract=contract, kind=HoursKind.BOUGHT, minutes=minutes, on=on)
    return _written(entry, who=who, why=why, person=person, now=now)


@transaction.atomic
def book(  # noqa: PLR0913  # as buy
    contract: Contract,
    minutes: int,
    *,
    who: str,
    why: str,
    ticket_number: str = "",
    on: date,
    person: Person,
    now: datetime | None = None,
) -> HoursEntry:
    """What somebody worked on a day. Raises HoursRefused, also where there are no hours left."""
    _lock(contract)
    if not 0 < minutes <= MOST_BOOKED:
        raise HoursRefused(_("Boek ten minste één minuut en ten hoogste 24 uur."))
    if _overdraft(contract, on) is None:
        raise HoursRefused(_("Op deze dag liep het contract niet. Kies een andere dag."))
    entry = HoursEntry(
        contract=contract, kind=HoursKind.BOOKED, minutes=-minutes, on=on, ticket_number=ticket_number
    )
    return _written(entry, who=who, why=why, person=person, now=now or timezone.now())


@transaction.atomic
def correct(entry: HoursEntry, *, why: str, person: Person, now: datetime) -> HoursEntry:
    """The opposite of an entry, once: it stays as it was, and no longer counts. Raises HoursRefused."""
    contract: Contract = entry.contract
    _lock(contract)
    if entry.kind == HoursKind.CORRECTED:
        raise HoursRefused(_("Een correctie corrigeert u niet. Boek of koop de uren opnieuw."))
    if HoursEntry.objects.filter(corrects=entry).exists():
        raise HoursRefused(_("Deze regel is al gecorrigeerd."))
    counter = HoursEntry(
        contract=contract,
        kind=HoursKind.CORRECTED,
        minutes=-entry.minutes,
        on=timezone.localdate(now),
        ticket_number=entry.ticket_number,
        corrects=entry,
    )
    return _written(counter, who=entry.who_name, why=why, person=person, now=now)


def _lock(contract: Contract) -> None:
    """Of two who write at once the second waits, and sees what the first left."""
    require_public()
    Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)


def _written(entry: HoursEntry, *, who: str, why: str, person: Person, now: datetime) -> HoursEntry:
    today = timezone.localdate(now)
    if not today - FARTHEST_BACK <= entry.on <= today:
        raise HoursRefused(_("Kies vandaag of een dag van het afgelopen jaar."))
    if not who.strip() or not why.strip():
        raise HoursRefused(_("Schrijf op wie het was, en waarom."))
    before = balance_of(entry.contract)
    after = before + entry.minutes
    if entry.minutes < 0 and after < 0 and not _overdraft(entry.contract, entry.on):
        raise HoursRefused(
            _("Er zijn nog %(left)s over. Koop eerst uren bij, of boek minder.")
            % {"left": hours_and_minutes(max(0, before))}
        )
    entry.who_name, entry.why = who.strip()[:200], mask(why.strip()).text[:LONGEST_WHY]
    entry.recorded_by, entry.recorded_at = str(person.user), now
    entry.save(force_insert=True)
    note(
        person=person,
        area=VENDOR_AREA,
        action=LOGGED[HoursKind(entry.kind)],
        subject=entry.contract.number,
        changes={"minuten": [None, entry.minutes], "saldo in minuten": [before, after]},
    )
    return entry


def _overdraft(contract: Contract, on: date) -> bool | None:
    """Whether more may be booked than was bought on that day; None where the contract does not hold then."""
    holds = Q(until__isnull=True) | Q(until__gte=on)
    found = InForce.objects.filter(holds, contract=contract, since__lte=on)
    allowed = list(found.values_list("version__overdraft", flat=True))
    return any(allowed) if allowed else None


def hours_and_minutes(minutes: int) -> str:
    """As 26:00 or −1:30, whatever the day."""
    whole, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else ''}{whole}:{rest:02}"
