"""A concept of a contract as programs fill it in. A document is named here; its PDF a person adds."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers

from api.pipeline.words.refusals import Invalid
from api.pipeline.words.violations import Violation
from contracts.annexes import AnnexTerms, add_annex, remove_annex
from contracts.contract_acts import discard
from contracts.drafting import (
    MOST_COVERS,
    MOST_LINES,
    Coverage,
    LineTerms,
    write_coverage,
    write_lines,
    write_terms,
)
from contracts.environments import environments_for, parties_for
from contracts.forms.contract import LONGEST_COMPONENT, MOST_COMPONENTS
from contracts.indexing import Index, propose_indexation
from contracts.models import AnnexKind, ContractVersion, Line, PriceList
from contracts.models.contract_version import HIGHEST_INDEX, LONGEST_SOURCE, LOWEST_INDEX
from contracts.models.version import in_force
from contracts.offered_lines import lines_of_offer
from contracts.pricing import NotOnTheList, Wishes
from contracts.pricing import offer as priced
from tenants.accounts.rights import Level
from vendor_api.http.camel import Camel, camel
from vendor_api.http.refusals import NotPossible
from vendor_api.resources.contract_changing import AREA, OfContract, act
from vendor_api.resources.contract_terms import NewLine, NewTerms, read_terms
from vendor_api.resources.price_lists import OfferWishes

ACTS = ("write_terms", "cover", "price", "price_by_list", "annex", "remove_annex", "discard", "index")


class NewParty(Camel):
    line = serializers.ChoiceField(choices=Line.values)
    organisation = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        help_text="De id van de leverancier van de gemeente of haar partner.",
    )


class NewCoverage(Camel):
    municipalities = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        min_length=1,
        max_length=MOST_COVERS,
        help_text="De id's van omgevingen van de gemeente.",
    )
    parties = serializers.ListField(
        child=NewParty(),
        min_length=1,
        max_length=len(Line),
        help_text="Wie welke lijn doet, elke lijn een keer.",
    )
    components = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_COMPONENT),
        max_length=MOST_COMPONENTS,
        required=False,
        default=list,
        help_text="Voor welke onderdelen; leeg is alles.",
    )


class NewLines(Camel):
    lines = serializers.ListField(child=NewLine(), max_length=MOST_LINES)


class ListWishes(OfferWishes):
    price_list = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="De id van een prijslijst die vandaag geldt."
    )


class NewAnnex(Camel):
    kind = serializers.ChoiceField(choices=AnnexKind.values)
    name = serializers.CharField(max_length=200)
    document_version = serializers.CharField(max_length=40, help_text="Zoals het document zelf haar noemt.")
    valid_from = serializers.DateField()
    reference = serializers.CharField(max_length=500, help_text="Waar het document te vinden is.")


class AnnexRemoval(Camel):
    annex = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="De id van een bijlage.")


class NewIndexation(Camel):
    percentage = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=LOWEST_INDEX,
        max_value=HIGHEST_INDEX,
        help_text="Zoals gepubliceerd. Wat het contract begrenst, gaat eraf.",
    )
    source = serializers.CharField(  # type: ignore[assignment]  # every field has a source too
        max_length=LONGEST_SOURCE, help_text="Wie het publiceerde, en waar."
    )
    month = serializers.DateField(help_text="Een dag van de maand van het cijfer.")
    start = serializers.DateField(help_text="Vanaf welke dag de prijzen gelden.")


class ContractDrafts(OfContract):
    rights = dict.fromkeys(ACTS, (AREA, Level.CHANGE))
    changing = frozenset(ACTS)

    @act("contract_terms_create", "De afspraken van een concept wijzigen", NewTerms)
    def write_terms(self, request: Any, pk: int) -> HttpResponse:
        """Alle afspraken opnieuw; met `lines` ook alle prijsregels."""

        def write(contract: Any, given: dict[str, Any]) -> None:
            terms = read_terms(given, self.holder)
            draft = write_terms(self.draft_of(contract), terms, kvk=contract.client_kvk, person=self.holder)
            if given.get("lines") is not None:
                write_lines(draft, [LineTerms(**each) for each in given["lines"]], person=self.holder)

        return self.acted(pk, NewTerms, write)

    @act("contract_coverage_create", "Kiezen waarvoor een concept geldt, en wie wat doet", NewCoverage)
    def cover(self, request: Any, pk: int) -> HttpResponse:
        """In de plaats van de omgevingen en partijen die er stonden."""

        def write(contract: Any, given: dict[str, Any]) -> None:
            draft = self.draft_of(contract)
            write_coverage(draft, self._coverage(draft, given), person=self.holder)

        return self.acted(pk, NewCoverage, write)

    @act("contract_line_create", "De prijsregels van een concept schrijven", NewLines)
    def price(self, request: Any, pk: int) -> HttpResponse:
        """In de plaats van de regels die er stonden."""

        def write(contract: Any, given: dict[str, Any]) -> None:
            lines = [LineTerms(**each) for each in given["lines"]]
            write_lines(self.draft_of(contract), lines, person=self.holder)

        return self.acted(pk, NewLines, write)

    @act(
        "contract_price_list_line_create",
        "De prijsregels van een concept uit een prijslijst vullen",
        ListWishes,
    )
    def price_by_list(self, request: Any, pk: int) -> HttpResponse:
        """Wat de lijst vandaag vraagt voor wat de gemeente wil, in de plaats van de regels die er stonden."""

        def write(contract: Any, given: dict[str, Any]) -> None:
            draft, named = self.draft_of(contract), given.pop("price_list")
            found = PriceList.objects.visible_to(self.holder).filter(pk=named).first()
            if found is None:
                raise Invalid([Violation("priceList", "does-not-exist", "Deze prijslijst is er niet.")])
            version = in_force(found.versions.all(), timezone.localdate())
            if version is None:
                raise NotPossible("Van deze prijslijst geldt vandaag nog niets.")
            try:
                offered = priced(version, Wishes(**given))
            except NotOnTheList as refused:
                raise Invalid(
                    Violation(camel(name), "not-on-the-list", why) for name, why in refused.missing.items()
                ) from refused
            write_lines(draft, lines_of_offer(offered), price_list_version=version, person=self.holder)

        return self.acted(pk, ListWishes, write)

    @act("contract_annex_create", "Een bijlage toevoegen", NewAnnex, 201)
    def annex(self, request: Any, pk: int) -> HttpResponse:
        """Bij het concept, om mee te tekenen; anders bij wat geldt, waar de gemeente apart mee instemt.

        Een pdf voegt een mens toe, in de leveranciersconsole. Ten hoogste twintig bijlagen per versie.
        """

        def write(contract: Any, given: dict[str, Any]) -> None:
            terms = AnnexTerms(**given)
            add_annex(self._version(contract), terms, person=self.holder, now=timezone.now())

        return self.acted(pk, NewAnnex, write, 201)

    @act("contract_annex_removal_create", "Een bijlage van een concept verwijderen", AnnexRemoval)
    def remove_annex(self, request: Any, pk: int) -> HttpResponse:
        """Wat is aangeboden of getekend, blijft."""

        def remove(contract: Any, given: dict[str, Any]) -> None:
            draft = self.draft_of(contract)
            found = draft.annexes.filter(pk=given["annex"]).select_related("version__contract").first()
            if found is None:
                raise Invalid([Violation("annex", "does-not-exist", "Deze bijlage is er niet.")])
            remove_annex(found, person=self.holder)

        return self.acted(pk, AnnexRemoval, remove)

    @act("contract_discard_create", "Een concept weggooien", None)
    def discard(self, request: Any, pk: int) -> HttpResponse:
        """Wat nu geldt, blijft gelden."""
        return self.changed(
            pk, lambda found, _: discard(self.draft_of(found), person=self.holder, now=timezone.now())
        )

    @act("contract_indexation_create", "De prijzen van een contract indexeren", NewIndexation, 201)
    def index(self, request: Any, pk: int) -> HttpResponse:
        """Als addendum in concept: elke prijs per jaar gaat naar een hele cent, een halve naar boven."""

        def write(contract: Any, given: dict[str, Any]) -> None:
            start, now = given.pop("start"), timezone.now()
            propose_indexation(contract, Index(**given), start=start, person=self.holder, now=now)

        return self.acted(pk, NewIndexation, write, 201)

    def _version(self, contract: Any) -> ContractVersion:
        """The draft, else what was signed last."""
        known = list(contract.versions.signed().select_related("contract")[:1])
        drafts = list(contract.versions.open().select_related("contract")[:1])
        if not [*drafts, *known]:
            raise NotPossible("Dit contract heeft geen versie waar een bijlage bij hoort.")
        found: ContractVersion = [*drafts, *known][0]
        return found

    def _coverage(self, draft: ContractVersion, given: dict[str, Any]) -> Coverage:
        """Raises Invalid for what the key does not see, or what is of another gemeente."""
        seen = environments_for(draft, self.holder).in_bulk(given["municipalities"])
        parties = {each.pk: each for each in parties_for(draft, list(seen.values()))}
        unknown = [
            Violation(f"municipalities.{place}", "does-not-exist", "Deze omgeving heeft deze gemeente niet.")
            for place, pk in enumerate(given["municipalities"])
            if pk not in seen
        ]
        unknown += [
            Violation(f"parties.{place}.organisation", "does-not-exist", "Deze organisatie is er niet.")
            for place, each in enumerate(given["parties"])
            if each["organisation"] not in parties
        ]
        lines = [each["line"] for each in given["parties"]]
        unknown += [
            Violation(f"parties.{place}.line", "unique", "Deze lijn staat er al.")
            for place, line in enumerate(lines)
            if line in lines[:place]
        ]
        if unknown:
            raise Invalid(unknown)
        return Coverage(
            municipalities=list(seen.values()),
            parties={Line(each["line"]): parties[each["organisation"]] for each in given["parties"]},
            components=given["components"],
        )
