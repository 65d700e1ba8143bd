"""For which environments somebody draws up a contract, and who may do a line of the work there."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from contracts.models import ContractVersion
from contracts.taken_over import taken_over_by
from tenants.accounts.person import Person
from tenants.registry.models import Municipality, MunicipalityQuerySet, Organisation

MOST_PARTIES = 200


def coverable(person: Person) -> MunicipalityQuerySet:
    """Those that one serves, or takes over, and that have a console."""
    no_console = (Municipality.Status.IN_INRICHTING, Municipality.Status.BEEINDIGD)
    seen = Q(pk__in=Municipality.objects.visible_to(person)) | Q(pk__in=taken_over_by(person))
    return Municipality.objects.filter(seen).exclude(status__in=no_console)


def own_environments(person: Person) -> MunicipalityQuerySet:
    """Those for which a contract can be drawn up: one hosts them, or is about to."""
    own = Q(vendor=person.organisation_id or 0) | Q(pk__in=taken_over_by(person))
    return coverable(person).filter(own)


def environments_for(version: ContractVersion, person: Person) -> MunicipalityQuerySet:
    """Those of the gemeente of this contract, that this person may choose."""
    own = own_environments(person)
    client = version.contract.client
    return own if client is None else own.same_gemeente(client)


def reached_by(version: ContractVersion, person: Person) -> list[Municipality]:
    """Those that it covers and that its vendor hosts, or is about to: where a file of it may be kept."""
    hosted = Q(vendor=version.contract.organisation_id) | Q(pk__in=taken_over_by(person))
    covered = Municipality.objects.filter(pk__in=version.covers.values("municipality"))
    return list(covered.filter(hosted).order_by("pk"))


def possible_parties(organisation: Organisation, covered: Sequence[Municipality]) -> list[Organisation]:
    """Who may do a line of the work: who draws it up, and the partners of what is covered."""
    partners = [each.implementation_partner for each in covered if each.implementation_partner is not None]
    return list(dict.fromkeys([organisation, *partners]))


def possible_third_lines(organisation: Organisation, covered: Sequence[Municipality]) -> list[Organisation]:
    """Besides these the partners with whom one works elsewhere: they see what is handed to them alone."""
    known = Organisation.objects.filter(
        kind=Organisation.Kind.IMPLEMENTATION_PARTNER, implementations__vendor=organisation
    )
    elsewhere = known.distinct().order_by("name")[:MOST_PARTIES]
    return list(dict.fromkeys([*possible_parties(organisation, covered), *elsewhere]))


def parties_for(version: ContractVersion, covered: Sequence[Municipality]) -> list[Organisation]:
    """Who may do a line at all: the third line has the most to choose from, and who stands there may stay."""
    stands = [each.organisation for each in version.parties.select_related("organisation")]
    return list(dict.fromkeys([*possible_third_lines(version.contract.organisation, covered), *stands]))
