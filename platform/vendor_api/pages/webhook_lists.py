"""Webhooks and their deliveries as lists: how each stands, and what was sent when."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from urllib3.util import parse_url

from screens.badges import STATES, Badge, Kind, badge
from screens.formats import near, number
from screens.inline import Tone, muted
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search
from vendor_api.models import Delivery, DeliveryState, Webhook
from vendor_api.webhooks.kinds import KINDS, TEST

OFF = Badge(Kind.DANGER, _("Uitgezet"))
FAILS = Badge(Kind.WARNING, _("Komt niet aan"))
OF_DELIVERIES = {
    DeliveryState.WACHT: STATES["wacht"],
    DeliveryState.BEZORGD: Badge(Kind.SAFE, DeliveryState.BEZORGD.label),
    DeliveryState.MISLUKT: STATES["mislukt"],
}


def state_of(webhook: Webhook) -> Badge:
    if webhook.ended_at is not None:
        return STATES["beeindigd"]
    if webhook.switched_off_at is not None:
        return OFF
    return STATES["actief"] if webhook.failing_since is None else FAILS


def host_of(webhook: Webhook) -> str:
    """Without its path, in which a receiver may have hidden something."""
    return parse_url(webhook.url).host or ""


def word_of(kind: str) -> str | Promise:
    """As it is called itself, where it is there no more."""
    if kind == TEST:
        return _("Testbericht")
    return KINDS[kind].word if kind in KINDS else kind


def hears(webhook: Webhook) -> str:
    return ", ".join(str(word_of(name)) for name in webhook.events)


def where(webhook: Webhook) -> str:
    if not webhook.is_limited:
        return gettext("Overal")
    count = len(webhook.municipalities)
    return ngettext("%(count)s gemeente", "%(count)s gemeenten", count) % {"count": count}


def address_of(webhook: Any) -> str:
    return reverse("webhook", args=[webhook.pk])


def delivery_address(delivery: Any) -> str:
    return reverse("webhook_delivery", args=[delivery.webhook_id, delivery.pk])


def answered(delivery: Delivery) -> str:
    """The code, or that there was none."""
    if delivery.last_at is None:
        return muted(gettext("nog niet verstuurd"))
    return muted(gettext("geen antwoord")) if delivery.last_status is None else str(delivery.last_status)


WEBHOOKS = Listing(
    name="webhooks",
    caption=_("Webhooks"),
    one=_("%(count)s webhook"),
    many=_("%(count)s webhooks"),
    nothing=_("Nog geen webhooks"),
    columns=[
        Column("naam", _("Naam"), field="name", url=address_of, sub=host_of),
        Column(
            "staat",
            _("Staat"),
            show=lambda webhook: badge(state_of(webhook)),
            plain=lambda webhook: str(state_of(webhook).word),
            order=["ended_at", "switched_off_at", "failing_since"],
            narrow=False,
        ),
        Column("hoort", _("Hoort"), show=hears, plain=hears, order=(), fold="wide"),
        Column("organisatie", _("Organisatie"), field="organisation.name", order=["organisation__name"]),
        Column("waar", _("Van"), show=where, plain=where, order=()),
        Column(
            "verzonden",
            _("Laatst verzonden"),
            field="served_at",
            show=lambda webhook: (
                near(webhook.served_at, timezone.now()) if webhook.served_at else muted(gettext("nog nooit"))
            ),
            nowrap=True,
        ),
    ],
    filters=[Search("q", _("Naam"), ["name"])],
    order="naam",
    tone=lambda webhook: Tone.MUTED if webhook.ended_at is not None else Tone.PLAIN,
)

DELIVERIES = Listing(
    name="bezorgingen",
    caption=_("Bezorgingen"),
    one=_("%(count)s bezorging"),
    many=_("%(count)s bezorgingen"),
    nothing=_("Nog niets verzonden"),
    columns=[
        Column(
            "wanneer",
            _("Gebeurd"),
            field="at",
            show=lambda delivery: near(delivery.at, timezone.now()),
            url=delivery_address,
            nowrap=True,
        ),
        Column(
            "gebeurtenis",
            _("Gebeurtenis"),
            show=lambda delivery: str(word_of(delivery.kind)),
            plain=lambda delivery: delivery.kind,
            order=["topic", "what"],
            sub=lambda delivery: number(delivery.subject),
        ),
        Column(
            "staat",
            _("Staat"),
            show=lambda delivery: badge(OF_DELIVERIES[DeliveryState(delivery.state)]),
            plain=lambda delivery: delivery.get_state_display(),
            order=["state"],
            narrow=False,
        ),
        Column(
            "antwoord",
            _("Antwoord"),
            field="last_status",
            show=answered,
            plain=lambda delivery: delivery.last_status,
        ),
        Column("pogingen", _("Pogingen"), field="attempts", numeric=True),
        Column(
            "volgende",
            _("Volgende poging"),
            field="next_at",
            show=lambda delivery: (
                near(delivery.next_at, timezone.now()) if delivery.state == DeliveryState.WACHT else ""
            ),
            nowrap=True,
        ),
    ],
    filters=[Choose("state", _("Staat"), DeliveryState.choices)],
    order="-wanneer",
)
