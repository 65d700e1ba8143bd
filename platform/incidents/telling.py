"""Who of a municipality hears of an incident by mail: by a job, one municipality at a time.

A mail never goes to people of two municipalities: each is told by itself, as if it were the only one.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from incidents.models import Concerned, IncidentUpdate, Nature, State
from tenants.accounts.letters import post
from tenants.accounts.models import Membership
from tenants.accounts.models.membership import today_here
from tenants.accounts.side import side_of
from tenants.registry.context import in_municipality, require_public
from tenants.registry.models import Municipality
from tenants.registry.origin import origin_of

AT_A_TIME = 2000
SUBJECTS = {
    State.OPGELOST: "{incident} is opgelost: {incident.title}",
    State.GEEVALUEERD: "{incident} is geëvalueerd: {incident.title}",
    State.VALS_ALARM: "{incident} was vals alarm: {incident.title}",
}
RUNS = "{incident}: {incident.title}"
PRIVACY = "privacyfunctionaris"
"""Hears of a datalek too: the municipality has to tell of it itself."""


def to_tell() -> Sequence[int]:
    """Whom something has yet to be told: rows of Concerned."""
    require_public()
    waiting = Concerned.objects.filter(to_tell=True).exclude(
        municipality__status=Municipality.Status.BEEINDIGD
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME])


@transaction.atomic
def tell_one(pk: int) -> bool:
    """How it stands now, to one municipality; False where that was told, or is being told."""
    require_public()
    rows = Concerned.objects.select_for_update(of=("self",), skip_locked=True)
    held = rows.select_related("incident", "municipality").filter(pk=pk, to_tell=True).first()
    if held is None:
        return False
    held.to_tell = False
    held.save(update_fields=["to_tell"])
    last = IncidentUpdate.objects.filter(incident=held.incident_id).order_by("-pk").first()
    if last is not None:
        _send(held, last)
    return True


def _send(held: Concerned, last: IncidentUpdate) -> None:
    """To each by himself, once it stands that they were told."""
    incident = held.incident
    with in_municipality(held.municipality) as municipality:
        whom = addresses_of(Nature(incident.nature))
    path = reverse("incident", urlconf=side_of("municipality").urlconf, args=[incident.pk])
    link = f"{origin_of(municipality)}{path}"
    with override(settings.LANGUAGE_CODE):
        body = render_to_string(
            "incidents/mail/update.txt", {"incident": incident, "last": last, "link": link}
        )
    words = SUBJECTS.get(State(incident.state), RUNS).format(incident=incident)
    post(words, body, whom)


def addresses_of(nature: Nature) -> list[str]:
    """The administrators of the municipality that one is in; of a datalek also who watches over privacy."""
    table = side_of("municipality").table
    roles = {table.highest.key, *({PRIVACY} if nature is Nature.DATALEK else ())}
    members = Membership.objects.current(today_here()).filter(role__in=roles, user__is_active=True)
    return list(members.order_by("user__email").values_list("user__email", flat=True))
