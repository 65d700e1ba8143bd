"""One contract on the vendor's console: what applies, its versions, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from contracts.beside import KeptClocks, beside
from contracts.content import Whole, whole_of
from contracts.contract_acts import known_of, missing
from contracts.contract_differences import differences, signed_before
from contracts.contract_refusals import Known, actor_of
from contracts.contract_showing import (
    Button,
    buttons,
    events_of,
    indexation_told,
    page_of,
    title_of,
    turn_of,
)
from contracts.contract_tables import (
    annexes_of,
    badge_of,
    level_name,
    lines_of,
    versions_of,
)
from contracts.models import Annex, Contract, ContractLine, ContractVersion, Per, Target
from contracts.publishing import AREA
from contracts.standing import shown_version, standing_of, standing_of_version
from contracts.states import OPEN, VENDOR_AREA, State
from screens.formats import number
from screens.inline import link
from screens.parts import Crumb, Tab, Task, TaskState
from screens.tables import Table
from tenants.accounts.models import User
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page

OF_VERSION = ("aanbieden", "tekenen-leverancier", "getekend-pdf", "intrekken", "weggooien")
OF_CONTRACT = ("opstellen",)
ENDING = ("opzegging-gemeente", "opzeggen-leverancier")
MOST_ENTRIES = 200


@page(area=VENDOR_AREA, level=Level.SEE)
def contract(request: PageRequest, pk: int) -> HttpResponseBase:
    """What holds now, or what is still to be signed where nothing was."""
    found = contract_seen(request, pk)
    versions, now = list(found.versions.all()), timezone.now()
    version = shown_version(found, versions, timezone.localdate(now))
    if version.state in OPEN:
        return _version_page(request, version, now)
    kept = beside().kept(found, person=request.person, year=timezone.localdate(now).year)
    context = _context(request, whole_of(version), now, OF_CONTRACT, kept)
    open_version = next((each for each in versions if each.state in OPEN), None)
    today = timezone.localdate(now)
    context |= {
        "tabs": tabs(request, found, len(versions), "contract"),
        "indexation": indexation_told(found, versions, version, today),
        "may_index": request.person.may(VENDOR_AREA, Level.CHANGE) and open_version is None,
        "state": badge_of(standing_of(found, versions, today)),
        "endings": _buttons(request, version, known_of(version), today, ENDING),
        "open_version": open_version,
        "open_url": address_of_version(open_version) if open_version else "",
        "add_annex": reverse("add_annex", args=[pk, version.number])
        if version.state == State.GETEKEND and request.person.may(VENDOR_AREA, Level.CHANGE)
        else "",
    }
    return show_page(request, "contracts/contract.html", context)


@page(area=VENDOR_AREA, level=Level.SEE)
def contract_versions(request: PageRequest, pk: int) -> HttpResponseBase:
    found = contract_seen(request, pk)
    versions, today = list(found.versions.all()), timezone.localdate()
    context = {
        "title": title_of(found),
        "state": badge_of(standing_of(found, versions, today)),
        "crumbs": [to_the_list()],
        "tabs": tabs(request, found, len(versions), "contract_versions"),
        "versions": versions_of(found, versions, address_of_version, today),
    }
    return show_page(request, "contracts/versies.html", context)


@page(area=VENDOR_AREA, level=Level.SEE)
def contract_log(request: PageRequest, pk: int) -> HttpResponseBase:
    """What was done, of which every line is in both logs too."""
    found = contract_seen(request, pk)
    versions, now = list(found.versions.all()), timezone.now()
    entries = list(found.entries.select_related("version")[:MOST_ENTRIES])
    context = {
        "title": title_of(found),
        "state": badge_of(standing_of(found, versions, timezone.localdate(now))),
        "crumbs": [to_the_list()],
        "tabs": tabs(request, found, len(versions), "contract_log"),
        "history": events_of(entries, now),
    }
    return show_page(request, "contracts/logboek.html", context)


@page(area=VENDOR_AREA, level=Level.SEE)
def contract_version(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    """One version, whatever became of it."""
    return _version_page(request, version_seen(request, pk, number), timezone.now())


def _version_page(request: PageRequest, version: ContractVersion, now: datetime) -> HttpResponseBase:
    whole, today = whole_of(version), timezone.localdate(now)
    context = _context(request, whole, now, OF_VERSION)
    known, found = known_of(version), version.contract
    context |= {
        "crumbs": [to_the_list(), Crumb(found.client_name, reverse("contract", args=[found.pk]))],
        "state": badge_of(standing_of_version(version, found, known.versions, today)),
        "turn": turn_of(known, actor=actor_of(request.person, found), today=today),
        "changes": difference_of(whole, known.versions),
    }
    if version.state != State.CONCEPT:
        return show_page(request, "contracts/versie.html", context)
    may = request.person.may(VENDOR_AREA, Level.CHANGE)
    line = _line_address if may else None
    context |= {
        "may_change": may,
        "missing": [
            Task(each, TaskState.WARNING) for each in missing(whole, person=request.person, today=today)
        ],
        "yearly": lines_of(whole, Per.YEAR, line),
        "once": lines_of(whole, Per.ONCE, line),
    }
    return show_page(request, "contracts/concept.html", context)


def _context(
    request: PageRequest,
    whole: Whole,
    now: datetime,
    keys: tuple[str, ...],
    kept: KeptClocks | None = None,
) -> dict[str, Any]:
    version = whole.version
    may_change = version.state == State.CONCEPT and request.person.may(VENDOR_AREA, Level.CHANGE)

    def acts(annex: Annex) -> str:
        words, address = gettext("Verwijder"), reverse("remove_annex", args=[version.contract_id, annex.pk])
        return link(words, address, hidden=annex.name) if may_change else ""

    return {
        **page_of(
            whole,
            targets_of(version),
            now,
            drafter=_drafter(version),
            kvk={each.organisation_id: each.organisation.kvk or "" for each in whole.parties},
            kept=kept,
        ),
        "crumbs": [to_the_list()],
        "annexes": annexes_of(whole, _annex_address, acts),
        "level": _level(request, version),
        "buttons": _buttons(request, version, known_of(version), timezone.localdate(now), keys),
        "letter": reverse("contract_letter", args=[version.contract_id, version.number]),
        "proof": reverse("contract_proof", args=[version.contract_id, version.number])
        if whole.signatures
        else "",
    }


def _buttons(
    request: PageRequest, version: ContractVersion, known: Known, today: date, keys: tuple[str, ...]
) -> list[Button]:
    return buttons(
        known,
        actor=actor_of(request.person, version.contract),
        today=today,
        address=lambda key: _act_address(version, key),
        keys=keys,
    )


def _level(request: PageRequest, version: ContractVersion) -> str:
    """Where whoever may sees all of it."""
    promised = version.service_level_version
    words = level_name(promised)
    if not request.person.may(AREA, Level.SEE):
        return words
    address = reverse("serviceniveau", args=[promised.level_id])
    return link(words, f"{address}?versie={promised.number}")


def targets_of(version: ContractVersion) -> list[Target]:
    """What its level promises, with the calendars."""
    targets = version.service_level_version.targets.select_related("calendar")
    return list(targets.prefetch_related("calendar__versions"))


def _drafter(version: ContractVersion) -> str:
    """By name; the address of who is not known here any more."""
    first = version.drafters[0]
    found = User.objects.filter(email=first).values_list("name", flat=True).first()
    return found or first


def tabs(request: PageRequest, found: Contract, versions: int, current: str) -> list[Tab]:
    """The parts of a contract, each a page, as far as one may see them."""
    reports = beside().reports(found, person=request.person)
    told = gettext("Serviceniveaurapporten %(count)s") % {"count": number(reports or 0)}
    named = [
        ("contract", gettext("Wat geldt nu")),
        ("contract_versions", gettext("Versies %(count)s") % {"count": versions}),
        *([] if reports is None else [("contract_reports", told)]),
        ("contract_hours", gettext("Uren")),
        ("contract_log", gettext("Logboek")),
    ]
    return [Tab(word, reverse(name, args=[found.pk]), current=name == current) for name, word in named]


def difference_of(whole: Whole, versions: Sequence[ContractVersion]) -> Table | None:
    """What an addendum changes of the version that was signed before it."""
    before = signed_before(whole.version, versions)
    if before is None:
        return None
    return differences(whole_of(before), whole, (targets_of(before), targets_of(whole.version)))


def contract_seen(request: PageRequest, pk: int) -> Contract:
    """404 for what is of another organisation."""
    found: Contract = get_object_or_404(Contract.objects.visible_to(request.person), pk=pk)
    return found


def version_seen(request: PageRequest, pk: int, number: int) -> ContractVersion:
    found = contract_seen(request, pk)
    version = found.versions.filter(number=number).first()
    if version is None:
        raise Http404
    version.contract = found
    return version


def address_of_version(version: ContractVersion) -> str:
    return reverse("contract_version", args=[version.contract_id, version.number])


def to_the_list() -> Crumb:
    return Crumb(gettext("Contracten"), reverse("contracten"))


def crumbs_of(version: ContractVersion) -> list[Crumb]:
    found = version.contract
    return [
        to_the_list(),
        Crumb(found.client_name, reverse("contract", args=[found.pk])),
        Crumb(gettext("Versie %(number)s") % {"number": version.number}, address_of_version(version)),
    ]


def _act_address(version: ContractVersion, key: str) -> str:
    names = {
        "opstellen": ("amend_contract", [version.contract_id]),
        "opzegging-gemeente": ("note_notice", [version.contract_id]),
        "opzeggen-leverancier": ("give_notice", [version.contract_id]),
        "aanbieden": ("offer_contract", [version.contract_id, version.number]),
        "weggooien": ("discard_contract", [version.contract_id, version.number]),
        "intrekken": ("withdraw_contract", [version.contract_id, version.number]),
        "tekenen-leverancier": ("sign_contract", [version.contract_id, version.number]),
        "getekend-pdf": ("record_paper", [version.contract_id, version.number]),
    }
    name, args = names[key]
    return reverse(name, args=args)


def _annex_address(annex: Annex) -> str:
    return reverse("annex_file", args=[annex.version.contract_id, annex.pk])


def _line_address(line: ContractLine) -> str:
    version = line.version
    return reverse("change_line", args=[version.contract_id, version.number, line.pk])
