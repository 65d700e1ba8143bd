"""Time that passes for reports: a deployment has the clock of its machine, so their past moves back."""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone

from helpdesk.models import Ticket, TicketClock
from helpdesk.storing import store_clocks

EVENTS_STAY = "ALTER TABLE public.helpdesk_ticketevent {} TRIGGER event_stays"


def time_passes(time: timedelta) -> None:
    """All that happened to every report lies so much longer ago; its clocks follow from that.

    As the owner of the tables: to everybody else what happened is as it is.
    """
    with connection.cursor() as cursor:
        cursor.execute(EVENTS_STAY.format("DISABLE"))
    try:
        _move(time)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(EVENTS_STAY.format("ENABLE"))


@transaction.atomic
def _move(time: timedelta) -> None:
    for model in apps.get_app_config("helpdesk").get_models():
        moments = [each.name for each in model._meta.fields if isinstance(each, models.DateTimeField)]
        if moments and model is not TicketClock:
            model._default_manager.update(**{name: F(name) - time for name in moments})
    for ticket in Ticket.objects.select_related("service_level_version"):
        store_clocks(ticket, timezone.now())
