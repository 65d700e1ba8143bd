"""Contract, on a municipality's own host: what was agreed, what waits for it, and the proof."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contracts.annex_files import read_inside
from contracts.content import Whole, entries_inside, whole_inside
from contracts.contract_asking import actor_inside, known_inside, rows, why_no_agreement
from contracts.contract_differences import differences, signed_before
from contracts.contract_letter import letter_pdf, proof_pdf
from contracts.contract_showing import buttons, events_of, host_of, page_of, turn_of
from contracts.contract_tables import annexes_of, badge_of, versions_of
from contracts.models import Annex, Contract, ContractVersion, Signature, Target
from contracts.standing import shown_version, standing_of, standing_of_version
from contracts.states import MUNICIPALITY_AREA, TRANSITIONS, Side, Standing, State
from contracts.views.contract_files import as_file, drawn
from screens.badges import badge
from screens.formats import day
from screens.inline import link
from screens.parts import Crumb
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page

SHOWN = 50
OF_VERSION = ("tekenen-gemeente", "afwijzen")
OF_CONTRACT = ("opzeggen",)


@page(area=MUNICIPALITY_AREA, level=Level.SEE)
def contract_home(request: PageRequest) -> HttpResponseBase:
    """Every contract that was offered to this environment, what waits for it first."""
    contracts = list(rows().of(Contract)[:SHOWN])
    versions = list(rows().of(ContractVersion).filter(contract__in=[each.pk for each in contracts]))
    today = timezone.localdate()
    known = [(each, _of(each, versions)) for each in contracts]
    own_hand = rows().of(Signature).filter(side=Side.GEMEENTE, version__state=State.AANGEBODEN)
    signed = set(own_hand.values_list("version", flat=True))
    waiting = [
        (
            gettext("Contract %(number)s, versie %(version)s wacht op u")
            % {"number": each.number, "version": version.number},
            _address(version),
        )
        for each, own in known
        for version in own
        if version.pk not in signed and standing_of_version(version, each, own, today) is Standing.AANGEBODEN
    ]
    context = {"contracts": _table(known), "waiting": waiting}
    return show_page(request, "contracts/gemeente/contracten.html", context)


@page(area=MUNICIPALITY_AREA, level=Level.SEE)
def contract(request: PageRequest, pk: int) -> HttpResponseBase:
    """What holds now, or what is offered where nothing was signed."""
    found, now = contract_inside(pk), timezone.now()
    versions, today = _versions(found), timezone.localdate(now)
    version = shown_version(found, versions, today)
    version.contract = found
    if version.state != State.GETEKEND:
        return _version_page(request, version, versions, now)
    context = _context(request, version, versions, now, OF_CONTRACT)
    offered = [
        each for each in versions if standing_of_version(each, found, versions, today) is Standing.AANGEBODEN
    ]
    context |= {
        "crumbs": [to_home()],
        "state": badge_of(standing_of(found, versions, today)),
        "open_version": offered[0] if offered else None,
        "open_url": _address(offered[0]) if offered else "",
        "versions": versions_of(found, versions, _address, today),
        "history": events_of(entries_inside(found), now),
    }
    return show_page(request, "contracts/gemeente/contract.html", context)


@page(area=MUNICIPALITY_AREA, level=Level.SEE)
def contract_version(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_inside(pk, number)
    return _version_page(request, version, _versions(version.contract), timezone.now())


@page(area=MUNICIPALITY_AREA, level=Level.SEE)
def letter_inside(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_inside(pk, number)
    return drawn(
        request,
        lambda: letter_pdf(whole_inside(version), targets_of(version), timezone.now()),
        f"{version.contract.number}-versie-{number}.pdf",
    )


@page(area=MUNICIPALITY_AREA, level=Level.SEE)
def proof_inside(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_inside(pk, number)
    whole = whole_inside(version)
    if not whole.signatures:
        raise Http404
    entries = sorted(entries_inside(version.contract), key=lambda each: each.at)
    return drawn(
        request,
        lambda: proof_pdf(whole, entries, timezone.now()),
        f"{version.contract.number}-versie-{number}-bewijs.pdf",
    )


@page(area=MUNICIPALITY_AREA, level=Level.SEE)
def annex_inside(request: PageRequest, pk: int, annex: int) -> HttpResponseBase:  # noqa: ARG001  # a view's own
    found = get_object_or_404(rows().of(Annex).filter(version__contract=pk), pk=annex)
    return _kept(found.key, f"bijlage-{found.pk}.pdf")


@page(area=MUNICIPALITY_AREA, level=Level.SEE)
def signed_inside(request: PageRequest, pk: int, signature: int) -> HttpResponseBase:  # noqa: ARG001  # a view's own
    found = get_object_or_404(rows().of(Signature).filter(version__contract=pk), pk=signature)
    return _kept(found.key, f"getekend-{found.side}.pdf")


def _kept(key: str, name: str) -> HttpResponseBase:
    written = read_inside(key) if key else None
    if written is None:
        raise Http404
    return as_file(written, name)


def _version_page(
    request: PageRequest, version: ContractVersion, versions: list[ContractVersion], now: datetime
) -> HttpResponseBase:
    context, today = _context(request, version, versions, now, OF_VERSION), timezone.localdate(now)
    known, found = known_inside(version), version.contract
    context |= {
        "crumbs": [to_home(), Crumb(found.number, reverse("contract", args=[found.pk]))],
        "state": badge_of(standing_of_version(version, found, versions, today)),
        "turn": turn_of(known, actor=actor_inside(request.person), today=today),
        "changes": difference_inside(context["whole"], versions),
    }
    return show_page(request, "contracts/versie.html", context)


def _context(
    request: PageRequest,
    version: ContractVersion,
    versions: list[ContractVersion],
    now: datetime,
    keys: tuple[str, ...],
) -> dict[str, Any]:
    whole = whole_inside(version)

    def acts(annex: Annex) -> str:
        if annex.is_signed or version.state != State.GETEKEND:
            return ""
        if why_no_agreement(annex, version, request.person):
            return ""
        address = reverse("agree_annex", args=[version.contract_id, annex.pk])
        return link(gettext("Ga akkoord"), address, hidden=annex.name)

    known = known_inside(version)
    return {
        **page_of(whole, targets_of(version), now, drafter=host_of(whole)),
        "whole": whole,
        "annexes": annexes_of(whole, _annex_address, acts),
        "buttons": buttons(
            known,
            actor=actor_inside(request.person),
            today=timezone.localdate(now),
            address=lambda key: _act_address(version, key),
            keys=keys,
        ),
        "letter": reverse("contract_letter", args=[version.contract_id, version.number]),
        "proof": reverse("contract_proof", args=[version.contract_id, version.number])
        if whole.signatures
        else "",
        "number_of_versions": len(versions),
        "may": request.person.may(MUNICIPALITY_AREA, TRANSITIONS["tekenen-gemeente"].level),
    }


def contract_inside(pk: int) -> Contract:
    """404 for what is of another municipality, or not offered yet."""
    found: Contract = get_object_or_404(rows().of(Contract), pk=pk)
    return found


def version_inside(pk: int, number: int) -> ContractVersion:
    found = contract_inside(pk)
    version: ContractVersion = get_object_or_404(
        rows().of(ContractVersion).filter(contract=found.pk), number=number
    )
    version.contract = found
    return version


def targets_of(version: ContractVersion) -> list[Target]:
    """The policy of the database shows those of a level that a contract of this municipality names."""
    targets = version.service_level_version.targets.select_related("calendar")
    return list(targets.prefetch_related("calendar__versions"))


def difference_inside(whole: Whole, versions: list[ContractVersion]) -> Table | None:
    before = signed_before(whole.version, versions)
    if before is None:
        return None
    before.contract = whole.contract
    return differences(whole_inside(before), whole, (targets_of(before), targets_of(whole.version)))


def to_home() -> Crumb:
    return Crumb(gettext("Contract"), reverse("contract_home"))


def _versions(found: Contract) -> list[ContractVersion]:
    versions = list(rows().of(ContractVersion).filter(contract=found.pk))
    for each in versions:
        each.contract = found
    return versions


def _of(found: Contract, versions: list[ContractVersion]) -> list[ContractVersion]:
    return [each for each in versions if each.contract_id == found.pk]


def _address(version: ContractVersion) -> str:
    return reverse("contract_version", args=[version.contract_id, version.number])


def _annex_address(annex: Annex) -> str:
    return reverse("annex_file", args=[annex.version.contract_id, annex.pk])


def _act_address(version: ContractVersion, key: str) -> str:
    names = {"tekenen-gemeente": "sign_contract", "afwijzen": "decline_contract"}
    if key in names:
        return reverse(names[key], args=[version.contract_id, version.number])
    return reverse("give_notice", args=[version.contract_id])


def _table(known: list[tuple[Contract, list[ContractVersion]]]) -> Table | None:
    today = timezone.localdate()
    words = (gettext("Contract"), gettext("Staat"), gettext("Vanaf"), gettext("Tot en met"))
    if not known:
        return None
    shown = [(each, own, shown_version(each, own, today)) for each, own in known]
    return Table(
        caption=gettext("Contracten"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(link(each.number, reverse("contract", args=[each.pk]))),
                    Cell(badge(badge_of(standing_of(each, own, today))), label=words[1]),
                    Cell(day(version.start), label=words[2], nowrap=True),
                    Cell(day(each.ends_on or version.end), label=words[3], nowrap=True),
                ]
            )
            for each, own, version in shown
        ],
    )
