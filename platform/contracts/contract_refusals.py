"""Why somebody may not do what he asks of a contract, and who can: asked by pages and by every act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext

from contracts.models import Contract, ContractVersion, Renewal, Signature
from contracts.standing import next_notice, shown_version, signed, standing_of, standing_of_version
from contracts.states import AREAS, OPEN, TRANSITIONS, Side, Standing, Transition
from screens.formats import day
from tenants.accounts.person import Person
from tenants.accounts.side import side_of

OVERLAP = "one_contract_at_a_time"


class ContractRefused(ValueError):
    """A sentence that says why, and what to do or who can do it."""


class Stale(ContractRefused):
    """Somebody else was first, or saw to it that one sees it no more."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, on the side for which he acts; None is a looker-on."""

    person: Person
    side: Side | None

    @property
    def address(self) -> str:
        """Of the human who answers for it."""
        return self.person.behind.email


@dataclass(frozen=True, slots=True)
class Known:
    """A contract with its versions, of which one is acted on, and who signed that one."""

    contract: Contract
    versions: Sequence[ContractVersion]
    version: ContractVersion
    signatures: Sequence[Signature]
    by_clause: bool = False
    """Whether the gemeente agreed to this version beforehand, and the vendor alone signs it."""

    @property
    def waits_for(self) -> list[Side]:
        """Whose signature it takes yet."""
        signs = (Side.LEVERANCIER,) if self.by_clause else tuple(Side)
        done = {each.side for each in self.signatures}
        return [side for side in signs if side not in done]


def actor_of(person: Person, contract: Contract) -> Actor:
    """On the vendor's console."""
    return Actor(person, Side.LEVERANCIER if contract.organisation_id == person.organisation_id else None)


def standing_for(key: str, known: Known, today: date) -> Standing:
    """What the act asks to be in one of its states: the version, or the contract as a whole."""
    if TRANSITIONS[key].is_of_contract:
        return standing_of(known.contract, known.versions, today)
    return standing_of_version(known.version, known.contract, known.versions, today)


def why_not(key: str, known: Known, *, actor: Actor, today: date) -> str:
    """A sentence for whoever may not do this now; empty for who may."""
    transition = TRANSITIONS[key]
    if actor.side is not transition.side:
        return f"{transition.refused} {who_can(transition, known.contract)}"
    if not actor.person.may(AREAS[transition.side], transition.level):
        return gettext("Uw rol is %(role)s. %(who)s") % {
            "role": str(actor.person.role_name).lower(),
            "who": who_can(transition, known.contract),
        }
    standing = standing_for(key, known, today)
    if standing not in transition.before:
        return _not_in_this_state(transition, standing)
    if transition.is_signing:
        return _why_no_signature(key, known, actor)
    if key == "opstellen":
        return _why_no_draft(known)
    return _why_no_notice(known, today) if transition.is_of_contract else ""


def who_can(transition: Transition, contract: Contract) -> str:
    console = "municipality" if transition.side is Side.GEMEENTE else "vendor"
    roles = side_of(console).table.who_may(AREAS[transition.side], transition.level)
    party = contract.client_name if transition.side is Side.GEMEENTE else gettext("de leverancier")
    return gettext("Dit kan van %(party)s: %(roles)s.") % {"party": party, "roles": roles.lower()}


def refused_by_the_database(error: IntegrityError) -> ContractRefused:
    """What was in order when it was asked and is not any more; raises what nobody foresaw."""
    found = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    if found == OVERLAP:
        return ContractRefused(
            gettext(
                "In deze tijd loopt al een ander contract voor dezelfde omgeving en dezelfde lijn. Zeg dat"
                " eerst op, of kies een latere begindatum."
            )
        )
    raise error


def _not_in_this_state(transition: Transition, standing: Standing) -> str:
    return gettext("Dit is %(state)s. Dit kan alleen als het %(before)s is.") % {
        "state": str(standing.label).lower(),
        "before": ", ".join(str(state.label).lower() for state in transition.before),
    }


def _why_no_signature(key: str, known: Known, actor: Actor) -> str:
    if known.by_clause and actor.side is Side.GEMEENTE:
        return gettext("Dit volgt uit de indexering die u al tekende. U hoeft niet nog eens te tekenen.")
    address = actor.address.casefold()
    if actor.person.is_program:
        return gettext("Een programma ondertekent niet: dat doet een mens.")
    if address in {each.casefold() for each in known.version.drafters}:
        return gettext("U schreef mee aan deze versie. Wie opstelt, tekent niet: laat een collega dit doen.")
    if key == "getekend-pdf":
        return "" if len(known.signatures) < len(Side) else gettext("Beide partijen tekenden al.")
    if any(each.side == actor.side for each in known.signatures):
        return gettext("Uw kant tekende al. De andere partij is aan zet.")
    signed_other = any(each.email.casefold() == address for each in known.signatures)
    return gettext("U tekende al voor de andere partij. Laat een collega dit doen.") if signed_other else ""


def _why_no_draft(known: Known) -> str:
    if any(each.state in OPEN for each in known.versions):
        return gettext("Er is al een versie die nog niet is getekend. Rond die eerst af.")
    if known.contract.ends_on is not None:
        return gettext("Dit contract is opgezegd. Stel een nieuw contract op.")
    return ""


def _why_no_notice(known: Known, today: date) -> str:
    version = shown_version(known.contract, signed(known.versions), today)
    if version.renewal == Renewal.NONE:
        return gettext("Opzeggen hoeft niet: dit contract loopt af op %(day)s.") % {"day": day(version.end)}
    return "" if next_notice(version, today) else gettext("Opzeggen kan niet.")
