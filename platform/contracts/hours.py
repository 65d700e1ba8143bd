"""The strippenkaart: hours are bought, booked and corrected, each in one transaction, with its line."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.contract_mails import tell_later
from contracts.models import Contract, HoursEntry, HoursKind, InForce
from contracts.models.hours import LONGEST_WHY, MOST_BOOKED, MOST_BOUGHT, Balance, Supply
from contracts.reported import reports
from contracts.states import VENDOR_AREA, Side, State
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
LONGEST_NUMBER = 18
"""Of a report: as many digits as a row of the database can have."""
TOLD = {Supply.LOW: "hours-low", Supply.OUT: "hours-out"}


class HoursRefused(Exception):
    """Its text says why, and what to do."""


class HoursStale(HoursRefused):
    """Somebody else wrote in the ledger, which the person had not read."""


def balance_of(contract: Contract) -> int:
    """In minutes; below zero where more was booked than bought, as a contract may allow."""
    return reckoned_of(contract).left


def reckoned_of(contract: Contract) -> Balance:
    found: Balance = HoursEntry.objects.of_contract(contract).reckoned()
    return found


def last_entry(contract: Contract) -> int:
    """What whoever sees the ledger has seen; 0 where nothing stands in it."""
    return HoursEntry.objects.of_contract(contract).order_by("-pk").values_list("pk", flat=True).first() or 0


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
    seen: int | None = None,
) -> HoursEntry:
    """What somebody worked on a day. Raises HoursRefused, also where there are no hours left.

    ``seen`` is the last entry that the person had read: what is sent twice is booked once.
    """
    _lock(contract)
    if seen is not None and last_entry(contract) != seen:
        raise HoursStale(
            _("Intussen schreef iemand in deze strippenkaart. Er zijn nog %(left)s over. Kijk of dit klopt.")
            % {"left": hours_and_minutes(balance_of(contract))}
        )
    if not 0 < minutes <= MOST_BOOKED:
        raise HoursRefused(_("Boek ten minste één minuut en ten hoogste 24 uur."))
    if _overdraft(contract, on) is None:
        raise HoursRefused(_("Op deze dag liep het contract niet. Kies een andere dag."))
    number = _reported(contract, ticket_number, on, person) if ticket_number else ""
    entry = HoursEntry(
        contract=contract, kind=HoursKind.BOOKED, minutes=-minutes, on=on, ticket_number=number
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
    before = reckoned_of(entry.contract)
    after = before.left + entry.minutes
    if entry.minutes < 0 and after < 0 and not _overdraft(entry.contract, entry.on):
        raise HoursRefused(
            _("Er zijn nog %(left)s over. Koop eerst uren bij, of boek minder.")
            % {"left": hours_and_minutes(max(0, before.left))}
        )
    entry.who_name, entry.why = who.strip()[:200], mask(why.strip()).text[:LONGEST_WHY]
    entry.recorded_by, entry.recorded_at = str(person.user), now
    entry.save(force_insert=True)
    note(
        person=person,
        area=VENDOR_AREA,
        action=LOGGED[HoursKind(entry.kind)],
        subject=entry.contract.number,
        changes={"minuten": [None, entry.minutes], "saldo in minuten": [before.left, after]},
    )
    if entry.kind == HoursKind.BOOKED:
        _warn(entry.contract, before)
    return entry


def _warn(contract: Contract, before: Balance) -> None:
    """Both sides, once, by whichever booking makes it little or nothing."""
    supply = reckoned_of(contract).supply
    version = contract.versions.signed().order_by("-number").first()
    if before.bought > 0 and supply > before.supply and version is not None:
        tell_later(TOLD[supply], version, by=Side.LEVERANCIER)


def _reported(contract: Contract, number: str, on: date, person: Person) -> str:
    """The number as it is shown, of a report that this contract covered on that day. Raises HoursRefused."""
    known = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    found = reports().municipality_of(int(number), person=person) if known else None
    if found is None or not _in_force(contract, on).filter(municipality=found).exists():
        raise HoursRefused(
            _("Onder dit contract is er geen melding %(number)s. Kijk het nummer na, of laat het leeg.")
            % {"number": number[:LONGEST_NUMBER]}
        )
    return str(int(number))


def _overdraft(contract: Contract, on: date) -> bool | None:
    """Whether more may be booked than was bought on that day; None where the contract does not hold then."""
    allowed = list(_in_force(contract, on).values_list("version__overdraft", flat=True))
    return any(allowed) if allowed else None


def _in_force(contract: Contract, on: date) -> QuerySet[InForce]:
    holds = Q(until__isnull=True) | Q(until__gte=on)
    found: QuerySet[InForce] = InForce.objects.filter(holds, contract=contract, since__lte=on)
    return found


def hours_and_minutes(minutes: int) -> str:
    """As 26:00 or −1:30, whatever the day."""
    whole, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else ''}{whole}:{rest:02}"
