"""Making, renewing, switching on and ending a webhook, each in one transaction with its line in the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from urllib3.util import Url

from tenants.accounts.log import note
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level
from tenants.registry.exchange import DEFAULT_PORTS, NotAskable, parsed
from tenants.registry.models import Municipality, Organisation
from vendor_api.models import Delivery, DeliveryState, Webhook
from vendor_api.models.webhook import LONGEST_URL
from vendor_api.webhooks.bell import ring
from vendor_api.webhooks.kinds import KINDS, TEST
from vendor_api.webhooks.signing import new_secret, sealed

AREA = "sleutels"
MOST_STANDING = 20
"""Of one organisation."""
BETWEEN_TESTS = timedelta(minutes=1)
OVERLAP = timedelta(hours=24)
"""How long what is sent is signed by the former secret too."""


class WebhookRefused(ValueError):
    """A sentence that says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; ``municipalities`` are schemas, and None is no limit."""

    name: str
    url: str
    events: tuple[str, ...]
    municipalities: tuple[str, ...] | None


@transaction.atomic
def make_webhook(wanted: Wanted, *, person: Person, now: datetime) -> tuple[Webhook, str]:
    """The webhook of one's own organisation, and its secret, which nobody can see again.

    Raises WebhookRefused.
    """
    organisation = person.membership.organisation
    if organisation is None or not person.may(AREA, Level.CHANGE):
        raise WebhookRefused(_("Een webhook maken mag uw rol niet."))
    # Whoever comes second waits, and counts the first.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    _check(wanted, person)
    if Webhook.objects.standing().filter(organisation=organisation).count() >= MOST_STANDING:
        raise WebhookRefused(
            _("Uw organisatie heeft %(most)s webhooks. Beëindig er eerst een.") % {"most": MOST_STANDING}
        )
    secret = new_secret()
    try:
        with transaction.atomic():
            webhook = Webhook.objects.create(
                organisation=organisation,
                name=wanted.name,
                url=wanted.url,
                events=sorted(wanted.events),
                is_limited=wanted.municipalities is not None,
                municipalities=sorted(wanted.municipalities or ()),
                secret=sealed(secret),
                made_by=person.user,
                made_at=now,
            )
    except IntegrityError as error:
        raise WebhookRefused(
            _("Er is al een webhook met de naam %(name)s. Kies een andere naam.") % {"name": wanted.name}
        ) from error
    note(
        person=person,
        area=AREA,
        action="webhook gemaakt",
        subject=webhook.name,
        changes={
            "host": [None, parsed(webhook.url).host],
            "gebeurtenissen": [None, webhook.events],
            "gemeenten": [None, webhook.municipalities if webhook.is_limited else None],
        },
    )
    return webhook, secret


@transaction.atomic
def renew_secret(webhook: Webhook, *, person: Person, now: datetime) -> str:
    """Another secret; for a day the former one is good too. Raises WebhookRefused."""
    standing = _standing(webhook, person)
    _check_reach(standing, person)
    secret = new_secret()
    standing.former_secret, standing.former_until = standing.secret, now + OVERLAP
    standing.secret = sealed(secret)
    standing.save(update_fields=["secret", "former_secret", "former_until"])
    note(person=person, area=AREA, action="geheim van webhook vernieuwd", subject=standing.name)
    return secret


@transaction.atomic
def switch_on(webhook: Webhook, *, person: Person) -> None:
    """It is told what happens from now on. Raises WebhookRefused."""
    standing = _standing(webhook, person)
    _check_reach(standing, person)
    if standing.switched_off_at is None:
        raise WebhookRefused(_("Deze webhook staat al aan."))
    standing.switched_off_at = standing.failing_since = standing.busy_until = None
    standing.save(update_fields=["switched_off_at", "failing_since", "busy_until"])
    note(person=person, area=AREA, action="webhook aangezet", subject=standing.name)


@transaction.atomic
def end_webhook(webhook: Webhook, *, person: Person, now: datetime) -> None:
    """Nothing is sent any more, and its secrets are gone. Raises WebhookRefused."""
    standing = _standing(webhook, person)
    standing.ended_at = now
    standing.secret = standing.former_secret = ""
    standing.former_until = None
    standing.save(update_fields=["ended_at", "secret", "former_secret", "former_until"])
    Delivery.objects.waiting().filter(webhook=standing).update(state=DeliveryState.MISLUKT)
    note(person=person, area=AREA, action="webhook beëindigd", subject=standing.name)


@transaction.atomic
def try_out(webhook: Webhook, *, person: Person, now: datetime) -> Delivery:
    """Send a message that tells nothing, once: whoever listens sees whether he can. Raises WebhookRefused."""
    standing = _standing(webhook, person)
    _check_reach(standing, person)
    if standing.switched_off_at is not None:
        raise WebhookRefused(_("Deze webhook staat uit. Zet hem eerst aan."))
    last = last_test_of(standing)
    if last is not None and (last.state == DeliveryState.WACHT or last.at > now - BETWEEN_TESTS):
        raise WebhookRefused(_("Er ging zojuist een testbericht weg. Wacht een minuut."))
    topic, what = TEST.split(".")
    made: Delivery = Delivery.objects.create(
        webhook=standing,
        event=uuid4(),
        topic=topic,
        what=what,
        subject=standing.pk,
        municipalities=[],
        at=now,
        next_at=now,
    )
    note(person=person, area=AREA, action="testbericht gestuurd", subject=standing.name)
    transaction.on_commit(ring, robust=True)
    return made


def last_test_of(webhook: Webhook) -> Delivery | None:
    return last_tests_of([webhook]).get(webhook.pk)


def last_tests_of(webhooks: Iterable[Webhook]) -> dict[int, Delivery]:
    """By webhook, of those that were tried out."""
    topic, what = TEST.split(".")
    tests = Delivery.objects.filter(webhook__in=webhooks, topic=topic, what=what)
    return {each.webhook_id: each for each in tests.order_by("webhook_id", "-pk").distinct("webhook_id")}


@transaction.atomic
def try_again(webhook: Webhook, delivery: Delivery, *, person: Person, now: datetime) -> None:
    """Send it once more, now, under the same name. Raises WebhookRefused."""
    standing = _standing(webhook, person)
    _check_reach(standing, person)
    if standing.switched_off_at is not None:
        raise WebhookRefused(_("Deze webhook staat uit. Zet hem eerst aan."))
    found = Delivery.objects.select_for_update().filter(webhook=standing, pk=delivery.pk).first()
    if found is None:
        raise WebhookRefused(_("Deze bezorging is er niet meer."))
    found.state, found.attempts, found.next_at = DeliveryState.WACHT, 0, now
    found.save(update_fields=["state", "attempts", "next_at"])
    note(person=person, area=AREA, action="bezorging herhaald", subject=standing.name)


def check_url(url: str) -> str:
    """As it is kept. Raises WebhookRefused."""
    url = url.strip()
    try:
        parts = parsed(url)
    except NotAskable as error:
        raise WebhookRefused(_("Schrijf een adres als https://voorbeeld.nl/webhook.")) from error
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise WebhookRefused(_("Schrijf een adres als https://voorbeeld.nl/webhook."))
    if parts.scheme != "https" and place_of(parts) not in settings.WEBHOOK_PRIVATE_HOSTS:
        raise WebhookRefused(_("Een webhook gaat over https. Laat het adres zo beginnen."))
    return url


def place_of(parts: Url) -> tuple[str, int]:
    return (parts.host or "").strip("[]"), parts.port or DEFAULT_PORTS[parts.scheme or "http"]


def _check(wanted: Wanted, person: Person) -> None:
    """Nobody has somebody told of what he does not see himself. Raises WebhookRefused."""
    check_url(wanted.url)
    if not wanted.events or not set(wanted.events) <= KINDS.keys():
        raise WebhookRefused(_("Kies wat de webhook hoort."))
    if any(not person.may(KINDS[name].area, Level.SEE) for name in wanted.events):
        raise WebhookRefused(_("Kies alleen wat u zelf ook ziet."))
    if wanted.municipalities is None:
        if person.schemas is not None:
            raise WebhookRefused(_("U ziet zelf niet alle gemeenten. Kies welke gemeenten het zijn."))
        return
    asked = set(wanted.municipalities)
    seen = Municipality.objects.visible_to(person).filter(schema_name__in=asked)
    if not asked or asked - set(seen.values_list("schema_name", flat=True)):
        raise WebhookRefused(_("Kies een of meer gemeenten die u zelf ziet."))


def reaches(person: Person, webhook: Webhook) -> bool:
    """Whether this person sees every municipality that it hears of, and so what it was sent."""
    if person.schemas is None:
        return True
    return webhook.schemas is not None and webhook.schemas <= person.schemas


def _check_reach(webhook: Webhook, person: Person) -> None:
    """Who has its secret speaks for all that it hears of; ending it is free. Raises WebhookRefused."""
    if not reaches(person, webhook):
        raise WebhookRefused(
            _("Deze webhook hoort van gemeenten die u niet ziet. Vraag een collega die ze alle ziet.")
        )


def _standing(webhook: Webhook, person: Person) -> Webhook:
    """Locked. Raises WebhookRefused."""
    found = Webhook.objects.select_for_update().of_organisations(organisations_of(person))
    standing = found.filter(pk=webhook.pk).first()
    if standing is None or not person.may(AREA, Level.CHANGE):
        raise WebhookRefused(_("Deze webhook wijzigen mag u niet."))
    if standing.ended_at is not None:
        raise WebhookRefused(_("Deze webhook is beëindigd. Maak een nieuwe."))
    return standing
