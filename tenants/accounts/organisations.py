"""An organisation comes aboard, with an owner who invites its other people."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.accounts.invitations import invite, waiting_for
from tenants.accounts.log import note
from tenants.accounts.memberships import Grant, MembershipRefused
from tenants.accounts.models import Invitation, Membership
from tenants.accounts.models.membership import today_here
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.side import current_side
from tenants.registry.context import require_public
from tenants.registry.models import Organisation
from tenants.registry.states import COMMAND_LINE

AREA = "partners"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is known of an organisation before anybody of it has come."""

    name: str
    kind: Organisation.Kind
    kvk: str | None = None


@transaction.atomic
def add_organisation(newcomer: Newcomer, owner: str, *, person: Person | None, site: str) -> Organisation:
    """Make it, and invite `owner`, an address; without a person the command line does it.

    It serves nobody until a gemeente chooses it. A person brings implementation partners only: who hosts
    beside the vendor is for whoever runs the deployment. Raises MembershipRefused.
    """
    require_public()
    if person is not None:
        _refuse_who_may_not(newcomer, person)
    name = newcomer.name.strip()
    if Organisation.objects.filter(name__iexact=name).exists():
        # The log knows who did something by this name: whoever had another's would read what the other did.
        raise MembershipRefused(_("Er is al een partij met deze naam. Kies een andere."))
    made = Organisation(
        name=name,
        kind=newcomer.kind,
        kvk=newcomer.kvk or None,
        introduced_by_id=None if person is None else person.organisation_id,
    )
    try:
        made.full_clean()
    except ValidationError as error:
        raise MembershipRefused(" ".join(error.messages)) from error
    try:
        made.save()
    except IntegrityError as error:
        raise MembershipRefused(_("Een collega voegde deze partij zojuist toe.")) from error
    note(
        person=person,
        by=COMMAND_LINE,
        area=AREA,
        action="partij toegevoegd",
        subject=made.name,
        changes={"soort": [None, made.kind], "kvk": [None, made.kvk]},
    )
    _invite(made, owner, person=person, site=site)
    return made


@transaction.atomic
def invite_owner(
    organisation: Organisation, owner: str, *, seen: int | None, person: Person | None, site: str
) -> Invitation:
    """Invite its first owner, in the place of who was invited before, as that was `seen`.

    Raises MembershipRefused where somebody of it has come, where a colleague was first, and to who did not
    bring it.
    """
    require_public()
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if person is not None and not may_invite_owner(locked, person):
        raise MembershipRefused(_("Alleen wie deze partij toevoegde nodigt haar eerste eigenaar uit."))
    if _has_people(locked) or (person is not None and has_come(locked)):
        raise MembershipRefused(_("Deze partij heeft mensen. Zij nodigen zelf collega's uit."))
    waiting = invited_owner(locked)
    if (waiting.pk if waiting else None) != seen:
        raise MembershipRefused(_("Een collega nodigde zojuist iemand uit. Bekijk eerst de partij."))
    if waiting is not None:
        Invitation.objects.filter(pk=waiting.pk).update(withdrawn_at=timezone.now())
    return _invite(locked, owner, person=person, site=site)


def may_add_partner(person: Person) -> bool:
    """Of the vendor itself, and without limits: a partner brings no others."""
    return person.may(AREA, Level.CHANGE) and person.sees_the_fleet


def may_invite_owner(organisation: Organisation, person: Person) -> bool:
    return may_add_partner(person) and organisation.introduced_by_id == person.organisation_id


def has_come(organisation: Organisation) -> bool:
    """Whether anybody ever worked for it: then its people are its own to invite."""
    return Membership.objects.filter(organisation=organisation).exists()


def _has_people(organisation: Organisation) -> bool:
    """Whether anybody works for it today; whoever runs the deployment helps one that nobody is left of."""
    return Membership.objects.current(today_here()).filter(organisation=organisation).exists()


def invited_owner(organisation: Organisation) -> Invitation | None:
    """The last that was sent and neither taken up nor withdrawn; it may have expired."""
    sent = Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None)
    return sent.order_by("-sent_at", "-pk").first()


def _refuse_who_may_not(newcomer: Newcomer, person: Person) -> None:
    if not may_add_partner(person):
        raise MembershipRefused(_("Alleen de leverancier zelf voegt een partij toe."))
    if newcomer.kind != Organisation.Kind.IMPLEMENTATION_PARTNER:
        raise MembershipRefused(_("Een andere leverancier voegt de beheerder van deze installatie toe."))


def _invite(organisation: Organisation, owner: str, *, person: Person | None, site: str) -> Invitation:
    waiting = waiting_for(owner, timezone.now())
    if waiting is not None and waiting.organisation_id != organisation.pk:
        raise MembershipRefused(_("Een andere organisatie nodigde deze persoon al uit."))
    asked_by = COMMAND_LINE if person is None else str(person.user)
    grant = Grant(current_side().table.highest.key, organisation.pk)
    return invite(owner, grant, person=None, site=site, asked_by=asked_by)
