"""Price lists: what is asked for what, in versions that never change; and what a gemeente would pay."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
from contracts.drafting import FARTHEST
from contracts.forms.wishes import MOST_ENVIRONMENTS
from contracts.models import PriceKind, PriceList
from contracts.models.price_list import HIGHEST_CENTS, MOST_INCLUDED, MOST_INHABITANTS
from contracts.price_publishing import (
    MOST_PRICES,
    PriceListTerms,
    PriceTerms,
    add_price_list,
    complaint_of,
    publish_price_list,
)
from contracts.pricing import MOST_HOURS, NotOnTheList, Wishes, calendar_year_of, offer
from contracts.publishing import AREA, Publishing
from tenants.accounts.rights import Level
from vendor_api.http.answers import answer
from vendor_api.http.camel import Camel, camel, read_body
from vendor_api.http.lists import ListParameters
from vendor_api.http.refusals import NotPossible
from vendor_api.resources.versioned import (
    RIGHTS,
    Name,
    NewVersion,
    VersionedMembers,
    VersionedParameters,
    VersionedResource,
    VersionMembers,
)

LONGEST_LABEL = 100


class PriceMembers(Camel):
    kind = serializers.ChoiceField(choices=PriceKind.values)
    label = serializers.CharField(max_length=LONGEST_LABEL, help_text="Van een serviceniveau zijn naam.")  # type: ignore[assignment]  # every field has a label too
    amount_cents = serializers.IntegerField(
        min_value=0, max_value=HIGHEST_CENTS, help_text="In centen, zonder btw."
    )
    tier_from = serializers.IntegerField(
        min_value=0,
        max_value=MOST_INHABITANTS,
        required=False,
        allow_null=True,
        default=None,
        help_text="Van de basis: vanaf hoeveel inwoners.",
    )
    tier_to = serializers.IntegerField(
        min_value=1,
        max_value=MOST_INHABITANTS,
        required=False,
        allow_null=True,
        default=None,
        help_text="Tot hoeveel inwoners; leeg is zonder grens.",
    )
    included = serializers.IntegerField(
        min_value=0,
        max_value=MOST_INCLUDED,
        default=0,
        help_text="Hoeveel de basis er al van geeft; van een strippenkaart hoeveel uur.",
    )


class PriceListVersionMembers(VersionMembers):
    currency = serializers.CharField()
    btw_percentage = serializers.IntegerField(help_text="Komt erbij: elke prijs is zonder btw.")
    prices = PriceMembers(many=True)


class PriceListMembers(VersionedMembers):
    current = PriceListVersionMembers(
        allow_null=True, help_text="Wat vandaag geldt; leeg zolang niets geldt."
    )


class NewPriceListVersion(NewVersion):
    btw_percentage = serializers.IntegerField(min_value=0, max_value=100, default=21)
    prices = serializers.ListField(child=PriceMembers(), min_length=1, max_length=MOST_PRICES)


class NewPriceList(NewPriceListVersion, Name):
    pass


class OfferWishes(Camel):
    """In all, what the base includes counted along."""

    inhabitants = serializers.IntegerField(min_value=0, max_value=MOST_INHABITANTS)
    level = serializers.CharField(
        max_length=LONGEST_LABEL, required=False, default="", allow_blank=True, help_text="Een serviceniveau."
    )
    environments = serializers.IntegerField(
        min_value=0, max_value=MOST_ENVIRONMENTS, default=0, help_text="Oefenomgevingen."
    )
    storage_gb = serializers.IntegerField(min_value=0, max_value=MOST_INCLUDED, default=0)
    documents = serializers.IntegerField(
        min_value=0, max_value=MOST_INCLUDED, default=0, help_text="In een jaar."
    )
    calls = serializers.IntegerField(
        min_value=0, max_value=MOST_INCLUDED, default=0, help_text="In een jaar."
    )
    hours = serializers.IntegerField(
        min_value=0, max_value=MOST_HOURS, default=0, help_text="Vooruit gekocht, eenmalig."
    )
    setup = serializers.BooleanField(default=True)
    community = serializers.BooleanField(default=True)


class OfferAsked(OfferWishes):
    start = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="De eerste dag; dan volgt ook wat in dat kalenderjaar valt, naar dagen.",
    )

    def validate_start(self, given: date | None) -> date | None:
        if given is not None and abs(given - timezone.localdate()) > FARTHEST:
            raise serializers.ValidationError("Kies een dag binnen twintig jaar van vandaag.")
        return given


class CalendarYearMembers(Camel):
    cents = serializers.IntegerField(help_text="Met wat eenmalig is.")
    btw_cents = serializers.IntegerField()


class OfferLineMembers(Camel):
    kind = serializers.ChoiceField(choices=PriceKind.values)
    label = serializers.CharField()  # type: ignore[assignment]  # every field has a label too
    unit = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_cents = serializers.IntegerField()
    total_cents = serializers.IntegerField()
    once = serializers.BooleanField(help_text="Eenmalig; anders elk jaar.")


class OfferMembers(Camel):
    """In cents; amounts are without btw."""

    version = serializers.IntegerField(help_text="De versie van de prijslijst.")
    lines = OfferLineMembers(many=True, source="offer.lines")
    btw_percentage = serializers.IntegerField(source="offer.btw_percentage")
    once_cents = serializers.IntegerField(source="offer.once_cents")
    yearly_cents = serializers.IntegerField(source="offer.yearly_cents")
    first_year_cents = serializers.IntegerField(source="offer.first_year_cents")
    once_btw_cents = serializers.IntegerField(source="offer.once_btw_cents")
    yearly_btw_cents = serializers.IntegerField(source="offer.yearly_btw_cents")
    first_year_btw_cents = serializers.IntegerField(source="offer.first_year_btw_cents")
    calendar_year = CalendarYearMembers(
        allow_null=True, help_text="Wat in het kalenderjaar van `start` valt; leeg zonder `start`."
    )


class PriceLists(VersionedResource):
    rights = {**RIGHTS, "offer": (AREA, Level.SEE)}
    model, page_of_one = PriceList, "api_price_list"
    queryset = PriceList.objects.none()
    serializer_class = PriceListMembers
    shown, version_shown = PriceListMembers, PriceListVersionMembers
    read_with = ("versions", "versions__prices")

    @extend_schema(
        operation_id="price_list_list", summary="Prijslijsten opvragen", parameters=[VersionedParameters]
    )
    def list(self, request: Any) -> HttpResponse:
        """Die van de eigen organisatie, op naam."""
        return self.listed(request)

    @extend_schema(operation_id="price_list_read", summary="Een prijslijst opvragen")
    def retrieve(self, request: Any, pk: int) -> HttpResponse:
        """Met de versie die vandaag geldt."""
        return self.read(request, pk)

    @extend_schema(
        operation_id="price_list_create",
        summary="Een prijslijst toevoegen",
        request=NewPriceList,
        responses={201: PriceListMembers},
    )
    def create(self, request: Any) -> HttpResponse:
        """Met haar eerste versie, die ook vandaag mag beginnen."""
        return self.added(
            NewPriceList,
            lambda given, how: add_price_list(
                given["name"], _terms(given), how, person=self.holder, now=timezone.now()
            ),
        )

    @extend_schema(
        operation_id="price_list_version_list",
        summary="De versies van een prijslijst opvragen",
        parameters=[ListParameters],
        responses=PriceListVersionMembers(many=True),
    )
    def versions(self, request: Any, pk: int) -> HttpResponse:
        """De laatste eerst. Een versie wijzigt nooit."""
        return self.versions_of(request, pk)

    @extend_schema(
        operation_id="price_list_version_create",
        summary="Een nieuwe versie van een prijslijst publiceren",
        request=NewPriceListVersion,
        responses={201: PriceListMembers},
    )
    def publish(self, request: Any, pk: int) -> HttpResponse:
        """Zij begint na vandaag. De schijven van inwoners beginnen bij 0 en sluiten op elkaar aan."""

        def publish(price_list: Any, given: dict[str, Any], how: Publishing) -> Any:
            seen, now = price_list.latest.number, timezone.now()
            return publish_price_list(price_list, _terms(given), how, seen=seen, person=self.holder, now=now)

        return self.published(pk, NewPriceListVersion, publish)

    @extend_schema(
        operation_id="price_list_offer_create",
        summary="Uitrekenen wat een gemeente zou betalen",
        request=OfferAsked,
        responses={200: OfferMembers},
    )
    def offer(self, request: Any, pk: int) -> HttpResponse:
        """Naar de versie die vandaag geldt. Er wordt niets vastgelegd."""
        return self.done_once(lambda body: self._offered(pk, body), takes_body=True)

    def _offered(self, pk: int, body: Any) -> HttpResponse:
        found = self.one(pk)
        self.members(found)
        if found.current is None:
            raise NotPossible("Van deze prijslijst geldt vandaag nog niets.")
        given = read_body(OfferAsked, body)
        start = given.pop("start")
        try:
            offered = offer(found.current, Wishes(**given))
        except NotOnTheList as refused:
            raise Invalid(
                Violation(camel(name), "not-on-the-list", why) for name, why in refused.missing.items()
            ) from refused
        shown = {
            "offer": offered,
            "version": found.current.number,
            "calendar_year": None if start is None else calendar_year_of(offered, start),
        }
        return answer(dict(OfferMembers(shown).data))


def _terms(given: dict[str, Any]) -> PriceListTerms:
    """Raises Invalid."""
    prices = [_price(each) for each in given["prices"]]
    found = [
        Violation(f"prices.{place}.{member}", "invalid", why)
        for place, price in enumerate(prices)
        for member, why in _wrong(price)
    ]
    if not found and (complaint := complaint_of(prices)):
        found = [Violation("prices", "invalid", complaint)]
    if found:
        raise Invalid(found)
    return PriceListTerms(given["btw_percentage"], prices)


def _price(given: dict[str, Any]) -> PriceTerms:
    """A tier that does not say where it begins, begins at nobody."""
    kind = PriceKind(given["kind"])
    begin = 0 if kind is PriceKind.BASE and given["tier_from"] is None else given["tier_from"]
    return PriceTerms(**{**given, "kind": kind, "tier_from": begin})


def _wrong(price: PriceTerms) -> list[tuple[str, str]]:
    found = []
    if price.kind is not PriceKind.BASE:
        tiers = {"tierFrom": price.tier_from, "tierTo": price.tier_to}
        found += [
            (name, "Alleen de basis heeft schijven van inwoners.")
            for name, value in tiers.items()
            if value is not None
        ]
    if price.kind is PriceKind.BUNDLE and not price.included:
        found.append(("included", "Zeg hoeveel uur de strippenkaart heeft."))
    return found
