"""Every page that leads to one thing, opened by who may see that thing and by the highest of the neighbours.

What is another organisation's, of another municipality, or another person's own, is not there (404), and no
page changes it.
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from itertools import count
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from allauth.usersessions.models import UserSession
from django.urls import get_resolver
from django.utils import timezone

from backoffice.models import Draft
from contracts.defaults import MATRIX
from contracts.models import Calendar, Contract, PriceKind, PriceList, ServiceLevel
from handover.models import Handover
from helpdesk.models import ReceivedMail
from helpdesk.models.received_mail import Outcome, Stranger
from tenants.accounts.models import Invitation, Membership
from tenants.accounts.pages import access_of
from tenants.accounts.provider import PROVIDER
from tenants.jobs.models import Job
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality, Organisation
from tests.access.grants import make_grant
from tests.contracts.agreed import made, offered
from tests.handover.moves import other_vendor
from tests.helpdesk.reported import make_report
from tests.incidents.broken import make_incident
from tests.isolation.rows import digests, digests_of
from tests.people import Browser, House, browser_of, member, partner_organisation
from tests.service_reports.reports import make_maintenance, make_service_report
from tests.tenants.accounts.test_rights import walked
from vendor_api.models import Token, Webhook

# By the name of its parameter and where it stands, what a page leads to.
LEADS_TO = {
    "account/2fa/webauthn/keys/<int:pk>/": "key",
    "account/sessions/<int:pk>/": "session",
    "account/oidc/<slug:provider_id>/": "provider",
    "medewerkers/<int:pk>/": "person",
    "medewerkers/rol/<int:pk>/": "role",
    "medewerkers/uitnodiging/<int:pk>/": "invitation",
    "inloggen/<int:pk>/": "connection",
    "gemeenten/<int:pk>/": "municipality",
    "gemeenten/nieuw/<uuid:draft>/": "draft",
    "taken/<uuid:job>/": "job",
    "overdracht/<int:pk>/": "handover",
    "overdrachten/<int:pk>/": "handover",
    "partners/<int:pk>/": "organisation",
    "toegang/<int:pk>/": "grant",
    "meldingen/<int:pk>/": "report",
    "meldingen/post/<int:pk>/": "mail",
    "storingen/<int:pk>/": "incident",
    "sleutels/<int:pk>/": "token",
    "webhooks/<int:pk>/": "webhook",
    "afspraken/kalenders/<int:pk>/": "calendar",
    "afspraken/serviceniveaus/<int:pk>/": "level",
    "prijslijsten/<int:pk>/": "price_list",
    "contracten/<int:pk>/": "contract",
    "contract/<int:pk>/": "contract",
    "rapporten/<int:pk>/": "service_report",
    "rapporten/onderhoud/<int:pk>/": "maintenance",
}
OWN_ALONE = {"key", "session", "draft"}
"""What no role of anybody else sees."""
URLCONFS = {True: "zaakplein.urls_public", False: "zaakplein.urls_tenant"}
"""By whether it is the vendor's."""
OF_THE_ACT = {"overdracht/": "aanvragen", "overdrachten/": "aanvaarden", "storingen/": "update"}
NEEDS_MORE = {
    "gemeenten/<int:pk>/welkomstbrief/",
    "gemeenten/<int:pk>/beheerder/intrekken/",
    "gemeenten/<int:pk>/partner/beeindigen/",
    "partners/<int:pk>/eigenaar/",
    "overdracht/<int:pk>/taken/<int:task>/",
    "overdrachten/<int:pk>/taken/<int:task>/",
    "toegang/<int:pk>/zaken/<uuid:key>/",
    "toegang/<int:pk>/zaaktypen/<uuid:key>/",
    "webhooks/<int:pk>/bezorgingen/<int:delivery>/",
    "webhooks/<int:pk>/bezorgingen/<int:delivery>/opnieuw/",
    "meldingen/<int:pk>/bijlagen/<int:file>/",
    "rapporten/<int:pk>/pdf/",
    *(f"{start}/<int:pk>/bijlagen/<int:annex>/" for start in ("contracten", "contract")),
    *(f"{start}/<int:pk>/handtekeningen/<int:signature>/" for start in ("contracten", "contract")),
    *(f"{start}/<int:pk>/versies/<int:number>/bewijs/" for start in ("contracten", "contract")),
    "contract/<int:pk>/bijlagen/<int:annex>/akkoord/",
    "contracten/<int:pk>/uren/<int:entry>/",
    "contracten/<int:pk>/versies/<int:number>/regels/<int:line>/",
    "contracten/<int:pk>/versies/<int:number>/regels/<int:line>/verwijderen/",
    "contracten/<int:pk>/versies/<int:number>/prijslijst/<int:price_list>/",
}
"""Of a letter that was written, an invitation that waits, a partner that is there or that one brought, a task
of one's own side, what is inside, what was sent, a PDF that a job drew, and of a contract what was added or
who signed it."""
BELOW = {
    "<slug:step>": "hosts",
    "<int:task>": "1",
    "<int:delivery>": "1",
    "<int:file>": "1",
    "<uuid:key>": "00000000-0000-4000-8000-000000000000",
    "<slug:kind>": "rol",
    "<str:member>": "roltoelichting",
    "<int:year>": str(timezone.localdate().year),
    "<int:number>": "1",
    "<int:line>": "999999",
    "<int:annex>": "999999",
    "<int:entry>": "999999",
    "<int:signature>": "999999",
    "<int:price_list>": "999999",
}
"""What stands in an address besides the thing that it leads to."""
NUMBERS = count(1_000_000)
"""Of what is made here: nobody else counts that far."""
GONE = HTTPStatus.NOT_FOUND
Things = dict[str, Any]


def kind_of(route: str) -> str:
    (found,) = {kind for start, kind in LEADS_TO.items() if route.startswith(start)}
    return found


def routes(urlconf: str) -> list[str]:
    prefix = "beheer/" if urlconf.endswith("tenant") else ""
    return [
        route.removeprefix(prefix)
        for route, view in walked(get_resolver(urlconf).url_patterns)
        if route.startswith(prefix) and "<" in route and access_of(view)
    ]


def filled(route: str, thing: Any) -> str:
    start, _, rest = route.partition("<")
    path = f"/{start}{thing}{rest.partition('>')[2]}".replace("<slug:act>", OF_THE_ACT.get(start, ""))
    for parameter, sample in BELOW.items():
        path = path.replace(parameter, sample)
    return path


def things_of(house: House, owner: Membership, municipality: Municipality | None) -> Things:
    """One of each kind, of this person, his organisation and this municipality."""
    now = timezone.now()
    with house.entered():
        user, organisation = owner.user, owner.organisation_id
        number = next(NUMBERS)
        names = f"p{number}"
        session = UserSession.objects.create(
            pk=number, user=user, session_key=names.ljust(32, "x"), ip="127.0.0.1", user_agent=""
        )
        app = SocialApp.objects.create(
            pk=number,
            provider=PROVIDER,
            provider_id=names,
            name="Entra",
            client_id="x",
            settings={"server_url": "http://127.0.0.1:9", "organisation": organisation},
        )
        invitation = Invitation.objects.create(
            pk=number,
            email=f"{names}@nieuw.example",
            role=owner.role,
            organisation_id=organisation,
            digest=names,
            sent_at=now,
            expires_at=now + timedelta(days=7),
        )
        key = Authenticator.objects.create(pk=number, user=user, type="webauthn", data={"name": "Sleutel"})
        things: Things = {
            "key": key.pk,
            "session": session.pk,
            "provider": app.provider_id,
            "person": user.pk,
            "role": owner.pk,
            "invitation": invitation.pk,
            "connection": app.pk,
        }
        if municipality is not None:
            job = Job.objects.create(
                kind="onboarding", subject=names, asked_by="x", municipality=municipality, state="failed"
            )
            things |= {
                "handover": handover_of(municipality),
                "organisation": municipality.vendor_id,
                "municipality": municipality.pk,
                "draft": Draft.objects.create(user=user).pk,
                "job": job.pk,
                "grant": make_grant(municipality, now=now, asker=owner).pk,
                "report": make_report(municipality, now, pk=next(NUMBERS)).pk,
                "mail": mail_of(names, municipality, owner),
                "incident": make_incident(municipality, organisation=owner.organisation).pk,
                "service_report": make_service_report(
                    municipality, pk=next(NUMBERS), organisation=owner.organisation, state="gedeeld"
                ).pk,
                "maintenance": make_maintenance(municipality, pk=next(NUMBERS)).pk,
                "token": token_of(names, owner).pk,
                "webhook": webhook_of(names, owner).pk,
                **agreements_of(names, owner),
                "contract": contract_of(municipality, owner),
            }
    if house.municipality is not None:
        things["handover"] = handover_of(house.municipality)
        things["grant"] = make_grant(house.municipality, now=now).pk
        things["contract"] = contract_of(house.municipality)
        things["report"] = make_report(house.municipality, now, pk=next(NUMBERS)).pk
        things["incident"] = make_incident(house.municipality).pk
        things["service_report"] = make_service_report(
            house.municipality, pk=next(NUMBERS), state="gedeeld"
        ).pk
    return things


def handover_of(municipality: Municipality) -> int:
    """One that was asked for, and is over: there may be another."""
    made = Handover.objects.create(
        pk=next(NUMBERS),
        municipality=municipality,
        role="host",
        from_organisation_id=municipality.vendor_id,
        to_organisation=other_vendor(),
        decided_on=timezone.localdate(),
        begun_at=timezone.now(),
        state="afgebroken",
    )
    return int(made.pk)


def contract_of(municipality: Municipality, owner: Membership | None = None) -> int:
    """One that his organisation, or the municipality's vendor, drew up; the municipality has it offered."""
    organisation = municipality.vendor_id if owner is None else owner.organisation_id
    contract = Contract.objects.create(
        pk=next(NUMBERS), organisation_id=organisation, number=f"OC-{next(NUMBERS)}", client_name="x"
    )
    version = made(municipality, contract=contract)
    if owner is None:
        offered(version)
    return int(contract.pk)


def agreements_of(name: str, owner: Membership) -> Things:
    """A calendar, a service level and a price list of his organisation."""
    assert owner.organisation_id is not None
    now = timezone.now()
    of_owner = {"organisation_id": owner.organisation_id, "name": name}
    published = {
        "number": 1,
        "effective_from": timezone.localdate(now),
        "reason": "x",
        "published_at": now,
        "published_by": "x",
    }
    calendar = Calendar.objects.create(pk=next(NUMBERS), **of_owner)
    calendar.versions.create(week=[[[420, 1080]]] * 7, **published)
    level = ServiceLevel.objects.create(pk=next(NUMBERS), **of_owner)
    level.versions.create(
        availability=99, window=calendar, rpo_minutes=60, rto_minutes=60, matrix=MATRIX, **published
    )
    prices = PriceList.objects.create(pk=next(NUMBERS), **of_owner)
    version = prices.versions.create(**published)
    version.prices.create(kind=PriceKind.BASE, label="Basis", amount_cents=100, tier_from=0)
    return {"calendar": calendar.pk, "level": level.pk, "price_list": prices.pk}


def mail_of(name: str, municipality: Municipality, owner: Membership) -> int:
    """One that waits for a decision."""
    assert owner.organisation_id is not None
    made = ReceivedMail.objects.create(
        pk=next(NUMBERS),
        recipient=f"{name}@leverancier.example",
        message_id=name,
        received_at=timezone.now(),
        organisation_id=owner.organisation_id,
        municipality=municipality,
        outcome=Outcome.WAITS,
        stranger=Stranger.UNKNOWN,
        sender="piet@elders.example",
    )
    return int(made.pk)


def token_of(name: str, owner: Membership) -> Token:
    assert owner.organisation_id is not None
    now = timezone.now()
    return Token.objects.create(
        name=name,
        organisation=Organisation.objects.get(pk=owner.organisation_id),
        prefix=name,
        digest=name,
        scopes=[],
        made_at=now,
        ends_at=now + timedelta(days=1),
    )


def webhook_of(name: str, owner: Membership) -> Webhook:
    assert owner.organisation_id is not None
    return Webhook.objects.create(
        name=name,
        organisation=Organisation.objects.get(pk=owner.organisation_id),
        url="https://voorbeeld.nl/",
        events=[],
        secret="x",
        made_at=timezone.now(),
    )


def wrong_pages(urlconf: str, browser: Browser, things: Things) -> dict[str, int]:
    """The pages that know one of these things, or that do something with it."""
    wrong = {}
    for route in routes(urlconf):
        if kind_of(route) in things:
            path = filled(route, things[kind_of(route)])
            for way in (browser.get, browser.post):
                status = way(path).status_code
                if status not in {GONE, HTTPStatus.METHOD_NOT_ALLOWED}:
                    wrong[f"{way.__name__} {path}"] = status
    return wrong


def untouched(house: House, browser: Browser, things: Things) -> dict[str, int]:
    """The wrong pages, once it is certain that none of them wrote anything."""
    before = everything()
    wrong = wrong_pages(URLCONFS[house.municipality is None], browser, things)
    assert everything() == before
    return wrong


def everything() -> dict[str, str]:
    """All rows, but for the sessions: each request says that its own was used."""
    found: dict[str, str] = {}
    with for_vendor():
        found |= digests_of("public")
        municipalities = list(Municipality.objects.prefetch_related("domains", "allowed_hosts"))
    for municipality in municipalities:
        found |= digests(municipality)
    return {table: digest for table, digest in found.items() if "session" not in table}


def test_every_page_that_leads_to_one_thing_is_tried(haarlem: Municipality) -> None:
    of_the_vendor, of_a_municipality = (
        {kind_of(each) for each in routes(conf)} for conf in URLCONFS.values()
    )
    assert of_the_vendor == set(LEADS_TO.values())
    assert of_a_municipality == set(LEADS_TO.values()) - {
        "municipality",
        "draft",
        "job",
        "token",
        "webhook",
        "organisation",
        "calendar",
        "level",
        "price_list",
        "mail",
        "maintenance",
    }


def test_what_is_ones_own_is_there(house: House, highest: str, haarlem: Municipality) -> None:
    boss = member(house, highest)
    things = things_of(house, boss, None if house.municipality else haarlem)
    browser = browser_of(house, boss)

    missed = [
        path
        for route in routes(URLCONFS[house.municipality is None])
        if route not in NEEDS_MORE
        and browser.get(path := filled(route, things[kind_of(route)])).status_code == HTTPStatus.NOT_FOUND
    ]

    assert missed == []


def test_what_is_a_colleagues_own_is_not_there(house: House, highest: str, haarlem: Municipality) -> None:
    colleague = member(house, highest, "collega@x.example")
    things = things_of(house, colleague, None if house.municipality else haarlem)
    alone = {kind: things[kind] for kind in OWN_ALONE & things.keys()}

    assert untouched(house, browser_of(house, member(house, highest)), alone) == {}


def test_nothing_of_the_neighbouring_municipality_is_there(at_haarlem: House, at_utrecht: House) -> None:
    ours = member(at_haarlem, "beheerder")
    theirs = things_of(at_utrecht, elsewhere(at_utrecht, "beheerder", ours), None)

    assert untouched(at_haarlem, browser_of(at_haarlem, ours), theirs) == {}


def test_nothing_of_the_vendor_is_there_at_a_municipality(
    vendor: House, at_haarlem: House, haarlem: Municipality
) -> None:
    ours = member(at_haarlem, "beheerder")
    theirs = things_of(vendor, elsewhere(vendor, "eigenaar", ours), haarlem)
    del theirs["handover"]  # which both share
    del theirs["grant"]  # what the vendor asks of Haarlem is Haarlem's to see
    del theirs["report"]  # and what it reported itself
    del theirs["incident"]  # and so is what concerns it
    del theirs["service_report"]  # and so is what he promised

    assert untouched(at_haarlem, browser_of(at_haarlem, ours), theirs) == {}


def test_nothing_of_another_organisation_is_there(
    vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    """A partner serves Utrecht; of its people the vendor does not see what is a person's own."""
    partner = partner_organisation()
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner)
    ours = member(vendor, "eigenaar")
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner)

    of_ours = things_of(vendor, ours, haarlem)
    of_theirs = things_of(vendor, theirs, utrecht)
    del of_ours["organisation"]  # the partner's host is known to it
    del of_ours["provider"]  # the door at which one signs in is open to strangers
    alone = {kind: of_theirs[kind] for kind in OWN_ALONE}  # the rest is the vendor's too: he hosts it

    assert untouched(vendor, browser_of(vendor, theirs), of_ours) == {}
    assert untouched(vendor, browser_of(vendor, ours), alone) == {}


def test_nothing_of_another_municipality_is_there_for_who_is_limited(
    vendor: House, haarlem: Municipality
) -> None:
    boss = member(vendor, "eigenaar")
    limited = browser_of(vendor, member(vendor, "eigenaar", "u@x.example", municipalities=("utrecht",)))
    things = things_of(vendor, boss, haarlem)
    of_haarlem = {
        kind: things[kind]
        for kind in (
            "municipality",
            "draft",
            "job",
            "grant",
            "report",
            "mail",
            "incident",
            "service_report",
            "maintenance",
        )
    }

    assert untouched(vendor, limited, of_haarlem) == {}


def elsewhere(house: House, role: str, other: Membership) -> Membership:
    """Somebody of this house, with numbers that the other does not have in his."""
    for number in range(3):
        made = member(house, role, f"{number}@{house.host}.example")
        if made.pk != other.pk and made.user.pk != other.user.pk:
            return made
    raise AssertionError("Numbers repeat.")
