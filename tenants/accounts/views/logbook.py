"""Logboek: who did what, and who signed in. Nobody changes a line of it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from screens.badges import Badge, Kind, badge
from screens.formats import local, near
from screens.inline import muted
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search, Since
from screens.parts import Event, Tab
from tenants.accounts.log_words import action_of, changes_of, who_did
from tenants.accounts.models import LogLine, Membership, SignIn
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level, PermissionTable
from tenants.accounts.shell import show_page
from tenants.accounts.side import current_side, side_of
from tenants.accounts.views.lists import file_of
from tenants.registry.models import Municipality, Organisation

AREA = "logboek"
Outcome = SignIn.Outcome
BADGES = {
    Outcome.SIGNED_IN: Kind.SAFE,
    Outcome.SIGNED_OUT: Kind.NEUTRAL,
    Outcome.REFUSED: Kind.WARNING,
    Outcome.UNKNOWN: Kind.WARNING,
    Outcome.CODE_REFUSED: Kind.WARNING,
}


def moment(row: Any) -> str:  # of a line, or of a sign-in
    return f"{local(row.at):%d-%m-%Y %H:%M:%S}"


def table_of(console: str) -> PermissionTable:
    """Of the console whose log it is; without name that of this one."""
    return side_of(console).table if console else current_side().table


def gemeente_of(line: LogLine) -> str:
    """By its name, where it still has one."""
    return getattr(line, "municipality_name", None) or line.municipality


MOMENT = Column("moment", gettext_lazy("Moment"), field="at", show=moment, plain=moment, nowrap=True)
SINCE = Since("vanaf", gettext_lazy("Vanaf"), "at")
UNTIL = Since("tot", gettext_lazy("Tot en met"), "at", until=True)


@cache
def lines_listing(*, name: str, has_organisations: bool, console: str = "") -> Listing:
    def areas() -> list[tuple[str, str]]:
        return [(area.key, str(area.name)) for area in table_of(console).areas]

    def area_of(line: LogLine) -> str:
        """An area that the table has no more is called by its key."""
        return dict(areas()).get(line.area, line.area)

    def changes(line: LogLine) -> str:
        return changes_of(line, table_of(console))

    return Listing(
        name=name,
        caption=gettext_lazy("Handelingen"),
        one=gettext_lazy("%(count)s handeling"),
        many=gettext_lazy("%(count)s handelingen"),
        nothing=gettext_lazy("Nog niets"),
        columns=[
            MOMENT,
            Column(
                "wie",
                gettext_lazy("Wie"),
                field="person",
                show=who_did,
                plain=who_did,
                sub=lambda line: line.organisation,
            ),
            Column("onderdeel", gettext_lazy("Onderdeel"), field="area", show=area_of, plain=area_of),
            Column("handeling", gettext_lazy("Handeling"), field="action", show=action_of, plain=action_of),
            Column("wat", gettext_lazy("Wat"), field="subject"),
            *(
                [
                    Column(
                        "gemeente",
                        gettext_lazy("Gemeente"),
                        field="municipality",
                        show=gemeente_of,
                        plain=gemeente_of,
                    )
                ]
                if has_organisations
                else []
            ),
            Column(
                "wijziging",
                gettext_lazy("Wijziging"),
                field="changes",
                show=changes,
                plain=changes,
                order=(),
                fold="wide",
            ),
        ],
        filters=[
            Search("q", gettext_lazy("Handeling of onderwerp"), ["subject", "action"]),
            Search("wie", gettext_lazy("Wie"), ["person"]),
            *(
                [Search("gemeente", gettext_lazy("Gemeente"), ["municipality", "municipality_name"])]
                if has_organisations
                else []
            ),
            Choose("onderdeel", gettext_lazy("Onderdeel"), areas, field="area"),
            SINCE,
            UNTIL,
        ],
        order="-moment",
    )


def who_signed_in(row: SignIn) -> str:
    return row.user.email if row.user else muted(_("onbekend"))


SIGN_INS = Listing(
    name="inloggen",
    caption=gettext_lazy("Pogingen om in te loggen"),
    one=gettext_lazy("%(count)s poging"),
    many=gettext_lazy("%(count)s pogingen"),
    nothing=gettext_lazy("Nog niemand"),
    columns=[
        MOMENT,
        Column("wie", gettext_lazy("Wie"), field="user.email", show=who_signed_in, order=["user__email"]),
        Column(
            "uitkomst",
            gettext_lazy("Uitkomst"),
            field="outcome",
            show=lambda row: badge(Badge(BADGES[Outcome(row.outcome)], Outcome(row.outcome).label)),
            plain=lambda row: str(Outcome(row.outcome).label),
        ),
        Column("hoe", gettext_lazy("Hoe"), field="method"),
        Column("netwerk", gettext_lazy("Netwerk"), field="network"),
    ],
    filters=[
        Search("q", gettext_lazy("E-mailadres"), ["user__email"]),
        Choose("uitkomst", gettext_lazy("Uitkomst"), Outcome.choices, field="outcome"),
        SINCE,
        UNTIL,
    ],
    order="-moment",
)


def event_of(line: LogLine) -> Event:
    """A line where only the last few are shown."""
    return Event(
        who=action_of(line).capitalize(),
        when=near(line.at, timezone.now()),
        note=f"{who_did(line)}: {line.subject}",
    )


def visible_lines(person: Person) -> QuerySet[LogLine]:
    """In a municipality all; at the vendor what one's own organisations did, where one may look.

    What nobody did but the system is of the municipality that it was done for.
    """
    lines = person.side.log_model._default_manager.all()
    own = organisations_of(person)
    if own is None:
        return lines
    gemeenten = Municipality.objects.filter(schema_name=OuterRef("municipality"))
    lines = lines.annotate(municipality_name=Subquery(gemeenten.values("naam")[:1]))
    visible = Municipality.objects.visible_to(person)
    # A partner that serves another vendor too is none of one's own.
    beside = visible.values("implementation_partner") if person.sees_the_fleet else []
    found = Organisation.objects.filter(Q(pk__in=own) | Q(pk__in=beside)).values_list("pk", "name")
    names = dict(found)
    schemas = visible.values("schema_name")
    of_own = Q(organisation__in=[name for pk, name in names.items() if pk in own])
    of_partners = Q(
        organisation__in=[name for pk, name in names.items() if pk not in own], municipality__in=schemas
    )
    if person.schemas is not None:
        own_acts = Q(person_id=person.user.pk) if person.user.pk else Q(pk=None)  # a key is no person
        of_own &= Q(municipality__in=schemas) | own_acts
    of_the_system = Q(municipality__in=schemas)
    if person.sees_the_fleet:
        of_the_system |= Q(municipality="")
    return lines.filter(of_own | of_partners | Q(of_the_system, organisation=""))


@page(area=AREA, level=Level.SEE)
def logbook(request: PageRequest) -> HttpResponseBase:
    side = request.person.side
    listing = lines_listing(name="logboek", has_organisations=side.has_organisations)
    return show_lines(request, listing, visible_lines(request.person), current="logboek")


@page(area=AREA, level=Level.SEE)
def sign_ins(request: PageRequest) -> HttpResponseBase:
    """Of the people of one's own organisations; attempts on unknown addresses are of nobody."""
    found = SignIn.objects.select_related("user")
    own = organisations_of(request.person)
    if own is not None:
        members = Membership.objects.filter(organisation_id__in=own).values("user_id")
        found = found.filter(Q(user_id__in=members) | Q(user__isnull=True))
    return show_lines(request, SIGN_INS, found, current="sign_ins")


def show_lines(
    request: PageRequest, listing: Listing, rows: QuerySet[Any], *, current: str
) -> HttpResponseBase:
    file = file_of(listing, request, rows)
    if file is not None:
        return file
    context = {"found": listing.read(request, rows), "tabs": tabs(current)}
    return show_page(request, "accounts/logbook.html", context)


def tabs(current: str) -> list[Tab]:
    words = {"logboek": _("Handelingen"), "sign_ins": _("Wie logde in")}
    if not current_side().has_organisations:
        words["vendors_lines"] = _("Wat de leverancier deed")
        words["vendors_visits"] = _("Toegang leverancier")
    return [Tab(word, reverse(name), current=name == current) for name, word in words.items()]
