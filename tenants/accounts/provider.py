"""A connection with an identity provider: kept, tested, and what its groups give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialApp
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from requests import RequestException

from tenants.accounts.guarded_session import guarded_session
from tenants.accounts.log import note
from tenants.accounts.memberships import Grant, MembershipRefused, change_membership
from tenants.accounts.models import GroupRole, Membership, User
from tenants.accounts.models.membership import today_here
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.side import current_side
from tenants.registry.sealing import Unreadable, seal, unseal

AREA = "inloggen"
PROVIDER = "openid_connect"
DISCOVERY = "/.well-known/openid-configuration"
MAX_SECRET = 79
"""In characters: what is sealed has to fit allauth's column."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is filled in about a connection; an empty secret leaves the one that this issuer has."""

    slug: str
    name: str
    issuer: str
    client_id: str
    secret: str
    groups_claim: str
    group_roles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried, and what came of it."""

    what: str
    is_ok: bool
    detail: str


def opened(app: SocialApp) -> SocialApp:
    """The row with its secret readable, for use and never for saving."""
    try:
        app.secret = unseal(app.secret) if app.secret else ""
    except Unreadable:
        app.secret = ""
    return app


def connections_of(person: Person) -> QuerySet[SocialApp]:
    """Those that this person manages: of the municipality, or of his own organisations."""
    own = organisations_of(person)
    found = SocialApp.objects.filter(provider=PROVIDER)
    return found if own is None else found.filter(settings__organisation__in=sorted(own))


def check_organisation(app: SocialApp, organisation_id: int | None) -> None:
    """A provider speaks for the people of its own organisation alone. Raises MembershipRefused."""
    if app.settings.get("organisation") != organisation_id:
        raise MembershipRefused(_("Deze manier van inloggen is van een andere organisatie."))


@transaction.atomic
def save_connection(settings: Settings, *, person: Person) -> SocialApp:
    """Raises MembershipRefused where a group would give more than this person has, or it is another's."""
    table = person.side.table
    for role in settings.group_roles.values():
        if not table.has_role(role) or not table.covers(person.role, role):
            raise MembershipRefused(
                _("Uw rol geeft niet alles wat %(role)s geeft.") % {"role": table.role_name(role).lower()}
            )
    app = SocialApp.objects.select_for_update().filter(provider_id=settings.slug).first()
    is_new = app is None
    if app is None:
        app = SocialApp(provider=PROVIDER, provider_id=settings.slug)
    elif not connections_of(person).filter(pk=app.pk).exists():
        raise MembershipRefused(_("Deze korte naam is in gebruik."))
    else:
        _check_linked(app, person)
    if app.settings.get("server_url") != settings.issuer:
        app.secret = ""  # what one provider knows is not for the next
    app.name, app.client_id = settings.name, settings.client_id
    app.settings = {
        "server_url": settings.issuer,
        "groups_claim": settings.groups_claim,
        "organisation": app.settings.get("organisation", person.organisation_id),
        "scope": ["openid", "profile", "email"],
    }
    if settings.secret:
        app.secret = seal(settings.secret)
    app.save()
    GroupRole.objects.filter(connection=app).delete()
    GroupRole.objects.bulk_create(
        GroupRole(connection=app, group=group, role=role) for group, role in settings.group_roles.items()
    )
    note(
        person=person,
        area=AREA,
        action="verbinding gemaakt" if is_new else "verbinding gewijzigd",
        subject=settings.name,
        changes={"groepen": [None, dict(settings.group_roles)]},
    )
    return app


def _check_linked(app: SocialApp, person: Person) -> None:
    """Who points a connection elsewhere can sign in as everybody linked to it: so none of them has more.

    Raises MembershipRefused.
    """
    linked = SocialAccount.objects.filter(provider=app.provider_id).values("user_id")
    standing = Membership.objects.filter(user_id__in=linked, ended_at__isnull=True)
    table, schemas = person.side.table, person.schemas
    for each in standing.exclude(user=person.user):
        sees_more = schemas is not None and not (each.is_limited and schemas >= set(each.municipalities))
        if sees_more or not table.covers(person.role, each.role):
            raise MembershipRefused(
                _("Hiermee logt iemand in die meer mag dan u. Dit kan een %(highest)s.")
                % {"highest": str(table.highest.name).lower()}
            )


@transaction.atomic
def remove_connection(app: SocialApp, *, person: Person) -> None:
    """Its accounts are unlinked; people with a password sign in with that."""
    SocialAccount.objects.filter(provider=app.provider_id).delete()
    app.delete()
    note(person=person, area=AREA, action="verbinding verwijderd", subject=app.name)


def secure_role(user: User, app: SocialApp, claims: Mapping[str, Any]) -> None:
    """Bring the role to what the person's groups give; without mapped groups the role stays as it is.

    Raises MembershipRefused where groups are mapped and none of the person's is, and for people of another
    organisation. Nobody who has no role gets one this way, and limits stay.
    """
    membership = Membership.objects.current(today_here()).filter(user=user).first()
    if membership is not None:
        check_organisation(app, membership.organisation_id)
    roles = _roles_of(app, claims)
    if roles is None:
        return
    if not roles:
        raise MembershipRefused(_("Geen van uw groepen geeft hier een rol. Vraag het uw beheerder."))
    best = next(role.key for role in current_side().table.roles if role.key in roles)
    if membership is None or membership.role == best:
        return
    limits = tuple(membership.municipalities) if membership.is_limited else None
    grant = Grant(best, membership.organisation_id, limits, membership.until)
    change_membership(membership, grant, person=None)


def _roles_of(app: SocialApp, claims: Mapping[str, Any]) -> set[str] | None:
    """The roles that exist today and that the groups give; None where no group is mapped at all."""
    mapped = {each.group: each.role for each in GroupRole.objects.filter(connection_id=app.pk)}
    if not mapped:
        return None
    groups = claims.get(app.settings.get("groups_claim") or "groups") or []
    named = {groups} if isinstance(groups, str) else {each for each in groups if isinstance(each, str)}
    table = current_side().table
    return {mapped[group] for group in named & mapped.keys() if table.has_role(mapped[group])}


LONGEST_DETAIL = 200


def try_connection(app: SocialApp) -> list[Check]:
    """Ask the provider what it says of itself, and see whether somebody could sign in by it."""
    issuer = str(app.settings.get("server_url", "")).rstrip("/")
    found = _fetched(issuer + DISCOVERY)
    if not isinstance(found, dict):
        return [Check(_("De aanbieder antwoordt"), is_ok=False, detail=found)]
    named = str(found.get("issuer", ""))[:LONGEST_DETAIL]
    checks = [
        Check(_("De aanbieder antwoordt"), is_ok=True, detail=issuer),
        Check(_("Hij noemt zich zoals ingevuld"), is_ok=named.rstrip("/") == issuer, detail=named),
    ]
    for member, what in (
        ("authorization_endpoint", _("Adres om in te loggen")),
        ("token_endpoint", _("Adres voor het token")),
        ("userinfo_endpoint", _("Adres voor gegevens van de persoon")),
        ("jwks_uri", _("Adres van de sleutels")),
    ):
        checks.append(
            Check(
                what,
                is_ok=is_address(found.get(member)),
                detail=str(found.get(member, _("ontbreekt")))[:LONGEST_DETAIL],
            )
        )
    keys = _fetched(str(found.get("jwks_uri", "")))
    has_keys = isinstance(keys, dict) and bool(keys.get("keys"))
    checks.append(
        Check(
            _("De sleutels zijn op te halen"),
            is_ok=has_keys,
            detail="" if has_keys else str(keys)[:LONGEST_DETAIL],
        )
    )
    methods = found.get("code_challenge_methods_supported")
    has_pkce = methods is None or (isinstance(methods, list) and "S256" in methods)
    checks.append(
        Check(
            _("PKCE met S256"),
            is_ok=has_pkce,
            detail=_("niet genoemd") if methods is None else in_words(methods)[:LONGEST_DETAIL],
        )
    )
    return checks


def is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://"))


def in_words(value: object) -> str:
    """What a provider says may be anything."""
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _fetched(url: str) -> dict[str, Any] | str:
    """The JSON object at a URL, or what is wrong with it."""
    try:
        with guarded_session() as session:
            response = session.get(url)
            response.raise_for_status()
            value = response.json()
    except (RequestException, ValueError, RecursionError) as error:
        return _("Geen bruikbaar antwoord (%(error)s). Een privé-adres moet zijn toegestaan.") % {
            "error": type(error).__name__
        }
    return value if isinstance(value, dict) else _("Het antwoord is geen JSON-object.")
