"""An invitation is sent, withdrawn or taken up."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from tenants.accounts.log import note
from tenants.accounts.memberships import AREA, Grant, MembershipRefused, check_grant, give_membership
from tenants.accounts.models import Invitation, Membership, User
from tenants.accounts.models.invitation import VALID_FOR
from tenants.accounts.models.membership import today_here
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.side import current_side
from tenants.errands.letters import Written, write


class HasRole(MembershipRefused):
    """Whoever is invited is a member already."""

    def __init__(self, membership: Membership) -> None:
        super().__init__(_("Deze persoon heeft hier al een rol."))
        self.membership = membership


@transaction.atomic
def invite(  # noqa: PLR0913  # each is said once, by name
    email: str,
    grant: Grant,
    *,
    person: Person | None,
    site: str,
    asked_by: str = "",
    name: str = "",
) -> Invitation:
    """Send a link that can be taken up once, within seven days; an older one to this address is void.

    `site` is the address of the console, without a path. `asked_by` is who of the vendor asked for it, where
    the system invites. Raises MembershipRefused.
    """
    if person is not None:
        check_grant(grant, person=person)
    standing = Membership.objects.filter(user__email__iexact=email, ended_at__isnull=True).first()
    if standing is not None:
        raise HasRole(standing)
    now = timezone.now()
    _withdraw_older(email, now, person=person)
    word = secrets.token_urlsafe(32)
    try:
        invitation = Invitation.objects.create(
            email=email,
            name=name,
            role=grant.role,
            organisation_id=grant.organisation_id,
            is_limited=grant.municipalities is not None,
            municipalities=sorted(grant.municipalities or ()),
            until=grant.until,
            digest=digest_of(word),
            invited_by=None if person is None else person.user,
            sent_at=now,
            expires_at=now + VALID_FOR,
        )
    except IntegrityError as error:
        raise MembershipRefused(_("Een collega nodigde deze persoon zojuist uit.")) from error
    note(
        person=person,
        area=AREA,
        action="uitgenodigd",
        subject=email,
        changes={"rol": [None, grant.role], **_asked(asked_by)},
    )
    # In the query: paths are logged, queries are not.
    link = f"{site}{reverse('take_up_invitation', urlconf=current_side().urlconf)}?woord={word}"
    _write(invitation, link)
    return invitation


def waiting_for(email: str, now: datetime) -> Invitation | None:
    """The invitation that a new one to this address replaces."""
    return Invitation.objects.open(now).filter(email__iexact=email).first()


def _withdraw_older(email: str, now: datetime, *, person: Person | None) -> None:
    """Raises MembershipRefused where it is another organisation's, as withdrawing it would."""
    waiting = waiting_for(email, now)
    own = None if person is None else organisations_of(person)
    if waiting is not None:
        if own is not None and waiting.organisation_id not in own:
            raise MembershipRefused(_("Een andere organisatie nodigde deze persoon al uit."))
        note(
            person=person,
            area=AREA,
            action="uitnodiging ingetrokken",
            subject=waiting.email,
            changes={"rol": [waiting.role, None]},
        )
    # Also what expired, since one to an address is kept.
    older = Invitation.objects.filter(
        email__iexact=email, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    older.update(withdrawn_at=now)


@transaction.atomic
def withdraw(invitation: Invitation, *, person: Person) -> None:
    """Raises MembershipRefused where it is of another organisation or not open any more."""
    own = organisations_of(person)
    changed = (
        Invitation.objects.of_organisations(own)
        .open(timezone.now())
        .filter(pk=invitation.pk)
        .update(withdrawn_at=timezone.now())
    )
    if not changed:
        raise MembershipRefused(_("Deze uitnodiging is al aangenomen, ingetrokken of verlopen."))
    note(person=person, area=AREA, action="uitnodiging ingetrokken", subject=invitation.email)


@dataclass(frozen=True, slots=True)
class First:
    """How it stands with the first administrator of a municipality, before whom nobody invites others."""

    has_come: bool
    invitation: Invitation | None
    """The last that was sent and not taken up, whatever became of it."""


def first_administrator() -> First:
    """Of the municipality that one is in."""
    highest = current_side().table.highest.key
    has_come = Membership.objects.current(today_here()).filter(role=highest, user__is_active=True).exists()
    sent = Invitation.objects.filter(role=highest, invited_by=None, accepted_at=None)
    return First(has_come, None if has_come else sent.order_by("-sent_at", "-pk").first())


@transaction.atomic
def invite_first(email: str, *, seen: int | None, asked_by: str, site: str) -> Invitation:
    """Invite the first administrator, in the place of who was invited before, as the vendor saw that.

    Raises MembershipRefused.
    """
    invited = _first_as_seen(seen)
    if invited is not None:
        _withdraw_first(invited, asked_by)
    grant = Grant(current_side().table.highest.key)
    return invite(email, grant, person=None, site=site, asked_by=asked_by)


@transaction.atomic
def withdraw_first(*, seen: int | None, asked_by: str) -> Invitation:
    """Raises MembershipRefused."""
    invited = _first_as_seen(seen)
    if invited is None or not _withdraw_first(invited, asked_by):
        raise MembershipRefused(_("Deze uitnodiging is al aangenomen, ingetrokken of verlopen."))
    return invited


def _first_as_seen(seen: int | None) -> Invitation | None:
    """Whoever takes it up waits for us, or we for him."""
    found = first_administrator().invitation
    if found is not None:
        Invitation.objects.select_for_update().get(pk=found.pk)
    standing = first_administrator()
    if standing.has_come:
        raise MembershipRefused(_("De gemeente heeft een beheerder. Die nodigt zelf collega's uit."))
    if (standing.invitation.pk if standing.invitation else None) != seen:
        raise MembershipRefused(_("Een collega nodigde zojuist iemand uit. Bekijk eerst de gemeente."))
    return standing.invitation


def _withdraw_first(invitation: Invitation, asked_by: str) -> bool:
    """Whether it was open still."""
    now = timezone.now()
    changed = Invitation.objects.open(now).filter(pk=invitation.pk).update(withdrawn_at=now)
    if changed:
        note(
            person=None,
            area=AREA,
            action="uitnodiging ingetrokken",
            subject=invitation.email,
            changes=_asked(asked_by),
        )
    return bool(changed)


def _asked(asked_by: str) -> dict[str, list[str | None]]:
    return {"gevraagd door": [None, asked_by]} if asked_by else {}


def open_invitation(word: str) -> Invitation | None:
    """None for a word that was never sent, and for an invitation that is over."""
    return Invitation.objects.open(timezone.now()).filter(digest=digest_of(word)).first()


@transaction.atomic
def take_up(invitation: Invitation, *, user: User) -> Membership:
    """Give the invited person the role, once. Raises MembershipRefused where it is over by now."""
    _use(invitation)
    if Membership.objects.filter(user=user, ended_at__isnull=True).exists():
        raise MembershipRefused(_("U hebt hier al een rol."))
    return give_membership(user, grant_of(invitation), person=None, taken_up=True)


@transaction.atomic
def take_up_as_newcomer(invitation: Invitation, *, name: str, password: str | None) -> User:
    """Make the account that the invitation is for; without a password it signs in at a provider only.

    Raises MembershipRefused.
    """
    _use(invitation)
    user = make_user(invitation.email, password, name=name)
    give_membership(user, grant_of(invitation), person=None, taken_up=True)
    return user


def _use(invitation: Invitation) -> None:
    """Whoever comes second waits here for the first, and finds it used."""
    now = timezone.now()
    if not Invitation.objects.open(now).filter(pk=invitation.pk).update(accepted_at=now):
        raise MembershipRefused(_("Deze uitnodiging is al aangenomen, ingetrokken of verlopen."))


def make_user(email: str, password: str | None, *, name: str) -> User:
    """A person whose address is known to be his."""
    user = User.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def invited_user(invitation: Invitation) -> User | None:
    """Who was a member here before, and so has an account."""
    return User.objects.filter(email__iexact=invitation.email).first()


def grant_of(invitation: Invitation) -> Grant:
    limits = tuple(invitation.municipalities) if invitation.is_limited else None
    return Grant(invitation.role, invitation.organisation_id, limits, invitation.until)


def digest_of(word: str) -> str:
    return sha256(word.encode()).hexdigest()


@override(settings.LANGUAGE_CODE)
def _write(invitation: Invitation, link: str) -> None:
    """In Dutch, in whatever language the one who invites reads."""
    side = current_side()
    name = invitation.organisation.name if invitation.organisation else side.name()
    texts = {
        "invitation": invitation,
        "link": link,
        "name": name,
        "role": side.table.role_name(invitation.role),
    }
    body = render_to_string("accounts/mail/invitation.txt", texts)
    letter = Written(to=invitation.email, subject=f"Uitnodiging voor {name}", body=body)
    write([letter], until=invitation.expires_at)
