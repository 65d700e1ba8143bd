"""Webhooks: which there are, how they fare, and trying one. Making one shows a secret, so a person does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import NotFound
from tenants.accounts.person import organisations_of
from tenants.accounts.rights import Level
from vendor_api.http.answers import object_answer
from vendor_api.http.camel import Camel
from vendor_api.http.changing import Changeable
from vendor_api.http.lists import ListParameters, asked, page_of
from vendor_api.models import DeliveryState, Webhook
from vendor_api.webhooks.acting import AREA, WebhookRefused, last_tests_of, try_out


class TestMembers(Camel):
    message = serializers.UUIDField(source="event", help_text="De `Webhook-Id` van het bericht.")
    at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=DeliveryState.values)
    answered = serializers.IntegerField(
        source="last_status", allow_null=True, help_text="De statuscode; leeg als er geen antwoord kwam."
    )


class WebhookMembers(Camel):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    events = serializers.ListField(child=serializers.CharField(), help_text="Wat de webhook hoort.")
    made_at = serializers.DateTimeField()
    failing_since = serializers.DateTimeField(allow_null=True, help_text="Sinds wanneer niets aankomt.")
    switched_off_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    last_test = TestMembers(allow_null=True, help_text="Het laatste testbericht.")


class Webhooks(Changeable):
    rights = {"list": (AREA, Level.SEE), "retrieve": (AREA, Level.SEE), "test": (AREA, Level.CHANGE)}
    changing = frozenset({"test"})
    model, refused, page_of_one = Webhook, WebhookRefused, "api_webhook"
    queryset = Webhook.objects.none()
    serializer_class = WebhookMembers

    @extend_schema(operation_id="webhook_list", summary="Webhooks opvragen", parameters=[ListParameters])
    def list(self, request: Any) -> HttpResponse:
        """Die van de organisatie van de sleutel, op naam. Adres en geheim staan er niet bij."""
        parameters = asked(request, ListParameters)
        return page_of(request, self._rows(), parameters, _members_of)

    @extend_schema(operation_id="webhook_read", summary="Een webhook opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Of zij ontvangt, en hoe het laatste testbericht afliep."""
        return object_answer(request, self.members(self.one(pk)))

    @extend_schema(
        operation_id="webhook_test_create",
        summary="Een testbericht sturen",
        request=None,
        responses={201: WebhookMembers},
    )
    def test(self, request: Any, pk: int) -> HttpResponse:  # as of the others
        """Het gaat binnen een minuut weg, en wordt één keer geprobeerd. `type` is `webhook.test`."""
        now = timezone.now()
        return self.changed(pk, lambda found, _body: try_out(found, person=self.holder, now=now), status=201)

    def one(self, pk: int) -> Webhook:
        found: Webhook | None = self._rows().filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def members(self, found: Webhook) -> dict[str, Any]:
        return _members_of([found])[0]

    def _rows(self) -> Any:
        return Webhook.objects.of_organisations(organisations_of(self.holder)).order_by("name", "pk")


def _members_of(found: Iterable[Webhook]) -> list[dict[str, Any]]:
    tests, shown = last_tests_of(found), list[Any](found)
    for each in shown:
        each.last_test = tests.get(each.pk)
    return [dict(WebhookMembers(each).data) for each in shown]
