"""The ledger of hours of one contract, as a list."""

from __future__ import annotations

from functools import cache

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.hours import hours_and_minutes
from contracts.models import HoursEntry, HoursKind
from contracts.models.hours import Balance, Supply
from screens.badges import Badge, Kind, badge
from screens.formats import percent
from screens.inline import Tone, link
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search

LOOKS = {
    HoursKind.BOUGHT: Kind.SAFE,
    HoursKind.BOOKED: Kind.INFO,
    HoursKind.CORRECTED: Kind.WARNING,
}


def what(entry: HoursEntry) -> str:
    return badge(Badge(LOOKS[HoursKind(entry.kind)], entry.get_kind_display()))


def time_of(entry: HoursEntry) -> str:
    return hours_and_minutes(entry.minutes)


def balance_in_words(minutes: int) -> str:
    return gettext("Saldo %(hours)s uur") % {"hours": hours_and_minutes(minutes)}


def supply_in_words(balance: Balance) -> str:
    """A warning where little or nothing is left, as a sentence; empty where there is enough."""
    if balance.supply is Supply.LOW:
        return gettext("Van de gekochte uren is %(part)s gebruikt. Koop op tijd uren bij.") % {
            "part": percent(balance.used_percent)
        }
    if balance.left < 0:
        return gettext("Er is meer geboekt dan gekocht. Koop uren bij.")
    if balance.supply is Supply.OUT:
        return (
            gettext("De uren zijn op. Koop uren bij.")
            if balance.bought
            else gettext("Er zijn nog geen uren gekocht.")
        )
    return ""


def is_corrected(entry: HoursEntry) -> bool:
    return hasattr(entry, "corrected_by")


def note_of(entry: HoursEntry) -> str:
    """What a second line says of corrections."""
    if entry.corrects_id is not None:
        return gettext("Tegenregel van regel %(number)s") % {"number": entry.corrects_id}
    return gettext("Gecorrigeerd, telt niet meer") if is_corrected(entry) else ""


def to_correct(entry: HoursEntry) -> str:
    if is_corrected(entry) or entry.kind == HoursKind.CORRECTED:
        return ""
    address = reverse("correct_hours", args=[entry.contract_id, entry.pk])
    hidden = gettext("regel %(number)s") % {"number": entry.pk}
    return link(gettext("Corrigeer"), address, hidden=hidden)


@cache
def listing(*, may_change: bool) -> Listing:
    act = Column("doen", _("Wat u kunt doen"), show=to_correct, order=(), exported=False)
    return Listing(
        name="uren",
        caption=_("Uren"),
        one=_("%(count)s regel"),
        many=_("%(count)s regels"),
        nothing=_("Nog geen uren"),
        columns=[
            Column(
                "regel",
                _("Regel"),
                show=lambda entry: str(entry.pk),
                plain=lambda entry: entry.pk,
                order=["pk"],
                nowrap=True,
            ),
            Column("dag", _("Dag"), field="on", nowrap=True),
            Column(
                "wat",
                _("Wat"),
                field="kind",
                show=what,
                plain=lambda entry: str(entry.get_kind_display()),
                narrow=False,
            ),
            Column("tijd", _("Uren"), field="minutes", show=time_of, plain=time_of, numeric=True),
            Column("wie", _("Wie"), field="who_name"),
            Column("waarom", _("Waarom"), field="why", sub=note_of, order=(), fold="wide"),
            Column("melding", _("Melding"), field="ticket_number"),
            Column("vastgelegd", _("Vastgelegd door"), field="recorded_by", fold="skip"),
            *([act] if may_change else []),
        ],
        filters=[
            Search("q", _("Wie, waarom of melding"), ["who_name", "why", "ticket_number"]),
            Choose("wat", _("Wat"), HoursKind.choices, field="kind"),
        ],
        order="-regel",
        tone=lambda entry: Tone.MUTED if is_corrected(entry) else Tone.PLAIN,
    )
