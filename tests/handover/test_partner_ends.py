"""A partner leaves and nobody comes: what it had is the vendor's again, and it sees nothing any more."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.utils import timezone

from handover.ending import end_partner
from handover.refusals import HandoverRefused
from helpdesk import acting
from helpdesk.models import Ticket
from helpdesk.words import SupportLine, What
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality, Organisation
from tests.handover.moves import known_person
from tests.helpdesk.tickets import fresh, told, who
from tests.people import House, browser_of, member, partner_organisation


@dataclass(frozen=True)
class Served:
    """Haarlem with a partner, which has one of its reports."""

    municipality: Municipality
    partner: Organisation
    host: Membership
    theirs: Membership
    ticket: Ticket


@pytest.fixture
def served(haarlem: Municipality) -> Served:
    partner, vendor = partner_organisation(), House.of(None)
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    municipality = Municipality.objects.get(pk=haarlem.pk)
    host = member(vendor, "eigenaar", "h@x.example")
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner)
    ticket = acting.report(municipality, told(), who=who(host), now=timezone.now())
    to = acting.To(SupportLine.SECOND, partner, theirs.user)
    acting.hand_over(ticket, to, "Lees.", who=who(host), now=timezone.now())
    return Served(municipality, partner, host, theirs, ticket)


def test_what_it_had_goes_back_to_the_vendor_on_the_same_line(served: Served) -> None:
    page = f"/gemeenten/{served.municipality.pk}/"
    host, theirs = browser_of(House.of(None), served.host), browser_of(House.of(None), served.theirs)
    assert "Beëindig de partner" in host.get(page).content.decode()
    assert "Beëindig de partner" not in theirs.get(page).content.decode()

    wrong = host.post(f"{page}partner/beeindigen/", {"typed": "Ander", "reason": "Weg."})
    done = host.post(f"{page}partner/beeindigen/", {"typed": served.partner.name, "reason": "Weg."})

    assert (wrong.status_code, done.status_code) == (422, 303)
    ticket = fresh(served.ticket)
    assert (ticket.organisation, ticket.owner, ticket.line) == (
        served.municipality.vendor,
        None,
        SupportLine.SECOND,
    )
    assert ticket.events.latest("pk").what == What.HANDED_OVER
    assert Municipality.objects.get(pk=served.municipality.pk).implementation_partner is None
    assert theirs.get(f"/meldingen/{ticket.pk}/").status_code == 404
    inside = browser_of(House.of(served.municipality), member(House.of(served.municipality), "beheerder"))
    assert "partner beëindigd" in inside.get("/logboek/").content.decode()
    assert host.get(f"{page}partner/beeindigen/").status_code == 404


def test_only_the_vendor_ends_it_and_only_whom_he_saw(served: Served) -> None:
    other = Organisation.objects.create(name="Ander", kind=Organisation.Kind.IMPLEMENTATION_PARTNER)
    now = timezone.now()
    with pytest.raises(HandoverRefused, match="bedient"):
        end_partner(
            served.municipality, served.partner, reason="x", person=known_person(served.theirs), now=now
        )
    with pytest.raises(HandoverRefused, match="geen partner meer"):
        end_partner(served.municipality, other, reason="x", person=known_person(served.host), now=now)
    assert fresh(served.ticket).organisation == served.partner
