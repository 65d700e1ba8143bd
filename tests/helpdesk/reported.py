"""Reports of a municipality, made through its own door and brought into any state; and a contract for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from contracts.defaults import MATRIX
from contracts.models import (
    Annex,
    Calendar,
    CalendarVersion,
    Contract,
    ContractCover,
    ContractParty,
    ContractVersion,
    ServiceLevel,
    ServiceLevelVersion,
    Signature,
    Target,
)
from helpdesk.acting import answer, ask, merge, plan, solve, wait_for_third
from helpdesk.models import Attachment, Sending, Ticket, TicketClock, TicketEvent
from helpdesk.reporting import Report, Said, report, say
from helpdesk.who import Who, who_is
from helpdesk.words import Status
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality, Organisation
from tests.people import House, vendor_organisation

HOURS_OF_ALL_DAYS = [[[0, 1440]]] * 7
MINUTES = {"P1": (60, 120, 240), "P2": (120, 240, 660), "P3": (240, 1320, 3300), "P4": (660, None, None)}
"""Of each priority: response, update and resolution."""


def person(membership: Membership, house: House) -> Person:
    with house.entered():
        found = person_of(membership.user)
    assert found is not None
    return found


def level_of(organisation: Organisation, now: datetime) -> ServiceLevelVersion:
    """That counts every hour of every day, from long ago."""
    since = timezone.localdate(now) - timedelta(days=400)
    published = {
        "number": 1,
        "effective_from": since,
        "reason": "x",
        "published_at": now,
        "published_by": "x",
    }
    calendar = Calendar.objects.create(organisation=organisation, name=f"Altijd {uuid4()}")
    CalendarVersion.objects.create(calendar=calendar, week=HOURS_OF_ALL_DAYS, **published)
    level = ServiceLevel.objects.create(organisation=organisation, name=f"Plus {uuid4()}")
    version = ServiceLevelVersion.objects.create(
        level=level,
        availability=99,
        window=calendar,
        rpo_minutes=60,
        rto_minutes=60,
        matrix=MATRIX,
        **published,
    )
    for priority, (response, update, resolution) in MINUTES.items():
        Target.objects.create(
            version=version,
            priority=priority,
            calendar=calendar,
            response=response,
            update=update,
            resolution=resolution,
        )
    return version


def contract_for(municipality: Municipality, now: datetime) -> ContractVersion:
    """Signed by both, for support, since yesterday."""
    organisation, today = vendor_organisation(), timezone.localdate(now)
    contract = Contract.objects.create(
        organisation=organisation, number=f"OC-{uuid4().hex[:8]}", client_name=municipality.naam
    )
    version = ContractVersion.objects.create(
        contract=contract,
        number=1,
        service_level_version=level_of(organisation, now),
        start=today - timedelta(days=30),
        end=today + timedelta(days=300),
        reason="x",
        drafters=["opsteller@x.example"],
        drafted_at=now,
    )
    ContractCover.objects.create(
        contract=contract,
        version=version,
        municipality=municipality,
        municipality_name=municipality.naam,
        environment=municipality.environment,
    )
    ContractParty.objects.create(
        version=version, line="first", organisation=organisation, name=organisation.name
    )
    Annex.objects.create(
        version=version,
        kind="verwerkersovereenkomst",
        name="x",
        document_version="1",
        valid_from=today,
        reference="x",
        added_at=now,
        added_by="x",
    )
    _sign(version, now)
    return version


def _sign(version: ContractVersion, now: datetime) -> None:
    today = timezone.localdate(now)
    version.state, version.digest = "aangeboden", "x"
    version.offered_at, version.offered_by, version.offer_until = now, "x", today
    version.save()
    for side in ("leverancier", "gemeente"):
        Signature.objects.create(
            version=version,
            side=side,
            name=side,
            function="x",
            email=f"{side}@tekent.example",
            at=now,
            signed_on=today,
            how="eigen_host",
            digest="x",
        )
    version.state, version.signed_at = "getekend", now
    version.save()


def make_report(municipality: Municipality, now: datetime, **given: Any) -> Ticket:
    """As rows, in public, with one of everything that belongs to it."""
    ticket = Ticket.objects.create(
        **{
            "municipality": municipality,
            "subject": "Zaken sluiten niet",
            "reporter_name": "Lia",
            "reporter_email": "lia@haarlem.example",
            "channel": "portaal",
            "kind": "storing",
            "impact": "middel",
            "urgency": "hoog",
            "priority": "P2",
            "opened_at": now,
            "organisation": municipality.vendor,
            "organisation_name": municipality.vendor.name,
            "last_public_at": now,
            "last_public_by_side": "gemeente",
            **given,
        }
    )
    own = {"ticket": ticket, "municipality": municipality}
    event = TicketEvent.objects.create(
        **own,
        at=now,
        recorded_at=now,
        what="ontvangen",
        side="gemeente",
        actor_name="Lia",
        organisation_name=municipality.naam,
        channel="portaal",
        is_public=True,
        after="P2",
        text="Sinds vanmorgen.",
    )
    TicketClock.objects.create(
        **own,
        place=0,
        kind="reactie",
        priority="P2",
        outcome="loopt",
        target_seconds=60,
        used_seconds=0,
        paused_seconds=0,
        started_at=now,
    )
    Attachment.objects.create(
        **own, event=event, is_public=True, name="a.txt", size=1, content_type="text/plain", key=str(uuid4())
    )
    Sending.objects.create(**own, key=uuid4())
    return ticket


def told(**given: Any) -> Report:
    return Report(
        **{
            "kind": "storing",
            "subject": "Zaken sluiten niet",
            "text": "Sinds vanmorgen sluiten zaken niet.",
            "impact": "middel",
            "urgency": "hoog",
            **given,
        }
    )


def reported(
    municipality: Municipality, by: Membership, *, now: datetime | None = None, **given: Any
) -> Ticket:
    """By somebody of the municipality; as the vendor reads it."""
    with in_municipality(municipality):
        found = person_of(by.user)
        assert found is not None
        done = report(told(**given), once=uuid4(), person=found, now=now or timezone.now())
    return at_vendor(done.ticket.pk)


def said(ticket: Ticket, key: str, by: Membership, *, now: datetime | None = None, **given: Any) -> Ticket:
    """By somebody of its municipality."""
    municipality = Municipality.objects.prefetch_related("domains", "allowed_hosts").get(
        pk=ticket.municipality_id
    )
    with in_municipality(municipality):
        found = person_of(by.user)
        assert found is not None
        words: dict[str, Any] = {} if key in {"confirm", "rate"} else {"text": "Dit is het."}
        words |= {"mark": 4} if key == "rate" else {}
        done = say(
            ticket,
            key,
            Said(**{**words, **given}),
            once=uuid4(),
            person=found,
            now=now or timezone.now(),
        )
    return at_vendor(done.ticket.pk)


def at_vendor(pk: int) -> Ticket:
    found: Ticket = Ticket.objects.select_related("service_level_version").get(pk=pk)
    return found


def who(membership: Membership) -> Who:
    """Of the vendor."""
    return who_is(person(membership, House.of(None)))


def bring(ticket: Ticket, status: Status, handler: Membership, reporter: Membership) -> Ticket:
    """A report that was just made, into this state."""
    how: dict[str, Any] = {"who": who(handler), "now": timezone.now()}
    with for_vendor():
        if status is Status.IN_BEHANDELING:
            answer(ticket, "Wij kijken.", **how)
        elif status is Status.WACHT_OP_MELDER:
            ask(ticket, "Welke zaak?", **how)
        elif status is Status.WACHT_OP_DERDE:
            wait_for_third(ticket, "Op de maker.", **how)
        elif status is Status.GEPLAND:
            plan(ticket, "In de volgende release.", label="2026.12", **how)
        elif status in {Status.OPGELOST, Status.GESLOTEN}:
            solve(ticket, "Opgelost.", cause="Een lege eigenschap.", solution="Gevuld.", **how)
    if status is Status.GESLOTEN:
        said(ticket, "confirm", reporter)
    elif status is Status.INGETROKKEN:
        said(ticket, "withdraw", reporter)
    elif status is Status.SAMENGEVOEGD:
        municipality = Municipality.objects.prefetch_related("domains", "allowed_hosts").get(
            pk=ticket.municipality_id
        )
        other = reported(municipality, reporter, now=ticket.opened_at - timedelta(hours=1))
        with for_vendor():
            merge(ticket, other, **how)
    return at_vendor(ticket.pk)
