"""Making and revoking a key, each in one transaction with its line in the log; and who a key acts as."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tenants.accounts.log import note
from tenants.accounts.models import Membership, User
from tenants.accounts.person import Person, organisations_of, person_of
from tenants.accounts.rights import Level
from tenants.accounts.side import current_side
from tenants.registry.models import Municipality, Organisation
from vendor_api.models import LONGEST, Token
from vendor_api.scopes import SCOPES, level_of

AREA = "sleutels"
MARK = "zpk"
"""With which each begins, so that whoever finds one somewhere knows what it is."""
PREFIX_BYTES, SECRET_BYTES = 6, 32
MOST_STANDING = 50
"""Of one organisation."""
UNKNOWN = sha256(b"").hexdigest()
"""What an unknown key is compared with, which takes as long as any other."""


class TokenRefused(ValueError):
    """A sentence that says why, and who can do it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; ``municipalities`` are schemas, and None is no limit."""

    name: str
    scopes: tuple[str, ...]
    municipalities: tuple[str, ...] | None
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Holder(Person):
    """A key in the place of a person: it may what its scopes say and its maker may now, and has no role.

    The log names the key, and its organisation.
    """

    token: Token
    maker: Person

    @property
    def behind(self) -> User:
        return self.maker.user

    def level(self, area: str) -> Level:
        return min(level_of(self.token.scopes, area), self.maker.level(area))


def holder_of(token: Token) -> Holder | None:
    """None where its maker has no role in its organisation today. Its user and membership are of no row."""
    maker = None if token.made_by is None else person_of(token.made_by)
    if maker is None or maker.organisation_id != token.organisation_id:
        return None
    seen = token.sees(maker.schemas)
    membership = Membership(
        organisation=token.organisation, is_limited=seen is not None, municipalities=sorted(seen or ())
    )
    return Holder(User(email=f"API-sleutel {token.name}"), membership, current_side(), token, maker)


@transaction.atomic
def make_token(wanted: Wanted, *, person: Person, now: datetime) -> tuple[Token, str]:
    """The key of one's own organisation, and its text, which nobody can see again. Raises TokenRefused."""
    organisation = person.membership.organisation
    if organisation is None or not person.may(AREA, Level.CHANGE):
        raise TokenRefused(_("Een sleutel maken mag uw rol niet."))
    # Whoever comes second waits, and counts the first.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    _check(wanted, person=person, now=now)
    if Token.objects.standing().filter(organisation=organisation).count() >= MOST_STANDING:
        raise TokenRefused(
            _("Uw organisatie heeft %(most)s sleutels. Trek er eerst een in.") % {"most": MOST_STANDING}
        )
    prefix, secret = secrets.token_hex(PREFIX_BYTES), secrets.token_urlsafe(SECRET_BYTES)
    text = f"{MARK}_{prefix}_{secret}"
    try:
        with transaction.atomic():
            token = Token.objects.create(
                name=wanted.name,
                organisation=organisation,
                prefix=prefix,
                digest=digest_of(text),
                scopes=sorted(wanted.scopes),
                is_limited=wanted.municipalities is not None,
                municipalities=sorted(wanted.municipalities or ()),
                made_by=person.user,
                made_at=now,
                ends_at=wanted.ends_at,
            )
    except IntegrityError as error:
        raise TokenRefused(
            _("Er is al een sleutel met de naam %(name)s. Kies een andere naam.") % {"name": wanted.name}
        ) from error
    note(
        person=person,
        area=AREA,
        action="sleutel gemaakt",
        subject=token.name,
        changes={
            "rechten": [None, token.scopes],
            "gemeenten": [None, token.municipalities if token.is_limited else None],
            "geldt tot": [None, token.ends_at.isoformat(timespec="minutes")],
        },
    )
    return token, text


def _check(wanted: Wanted, *, person: Person, now: datetime) -> None:
    """Nobody gives a key what he does not have. Raises TokenRefused."""
    if not wanted.scopes or not set(wanted.scopes) <= SCOPES.keys():
        raise TokenRefused(_("Kies wat de sleutel mag."))
    beyond = [SCOPES[name] for name in wanted.scopes if not person.may(SCOPES[name].area, SCOPES[name].level)]
    if beyond:
        raise TokenRefused(
            _("Dit mag u zelf niet: %(what)s. Vraag het een collega die het mag.")
            % {"what": ", ".join(str(scope.word).lower() for scope in beyond)}
        )
    if not now < wanted.ends_at <= now + LONGEST:
        raise TokenRefused(_("Een sleutel eindigt in de toekomst, en binnen een jaar."))
    if wanted.municipalities is None:
        if person.schemas is not None:
            raise TokenRefused(_("U ziet zelf niet alle gemeenten. Kies welke gemeenten het zijn."))
        return
    asked = set(wanted.municipalities)
    seen = Municipality.objects.visible_to(person).filter(schema_name__in=asked)
    if not asked or asked - set(seen.values_list("schema_name", flat=True)):
        raise TokenRefused(_("Kies een of meer gemeenten die u zelf ziet."))


@transaction.atomic
def revoke_token(token: Token, *, person: Person, now: datetime) -> None:
    """It holds no longer from the next request on. Raises TokenRefused."""
    found = Token.objects.select_for_update().of_organisations(organisations_of(person))
    standing = found.filter(pk=token.pk).first()
    if standing is None or not person.may(AREA, Level.CHANGE):
        raise TokenRefused(_("Deze sleutel intrekken mag u niet."))
    if standing.revoked_at is not None:
        raise TokenRefused(_("Deze sleutel is al ingetrokken."))
    standing.revoked_at = now
    standing.save(update_fields=["revoked_at"])
    note(person=person, area=AREA, action="sleutel ingetrokken", subject=standing.name)


def digest_of(text: str) -> str:
    """Of 32 random bytes, which no one guesses: a slow digest would add nothing."""
    return sha256(text.encode()).hexdigest()


def token_of(text: str) -> Token | None:
    """By one look-up and one comparison, whether it is known or not; it may have ended."""
    _mark, prefix, _secret = text.split("_", 2)
    token = Token.objects.select_related("organisation", "made_by").filter(prefix=prefix).first()
    same = compare_digest(digest_of(text), UNKNOWN if token is None else token.digest)
    return token if same else None
