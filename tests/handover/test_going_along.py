"""What goes along when another vendor comes: reports with their history, and no contract and no breach."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import Settings

from contracts.annexes import AnnexTerms, add_annex
from contracts.contract_acts import Paper, Signer, record_paper, sign
from contracts.contract_refusals import ContractRefused
from contracts.drafting import begin_contract
from contracts.environments import own_environments
from contracts.in_force import version_of
from contracts.models import AnnexKind, Contract, ContractVersion, Line, VendorChange
from contracts.standing import standing_of
from contracts.states import Side as ContractSide
from contracts.states import Standing, State
from handover.models import Handover
from handover.refusals import HandoverRefused
from handover.states import Side
from handover.states import State as Stand
from helpdesk import acting
from helpdesk.acting.recording import lock
from helpdesk.models import Ticket, TicketEvent
from helpdesk.storing import clocks_of
from helpdesk.who import Who
from helpdesk.words import Channel, Status, SupportLine, What
from tenants.accounts.models import Membership
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.contracts.agreed import PDF, agreed, made, offered, terms
from tests.errands import delivered, leave_waiting
from tests.handover.agreements import contract_with
from tests.handover.moves import Cast, bring_to, do, do_tasks, other_vendor
from tests.helpdesk.mail.letters import address_of, arrives, letter, use_addresses
from tests.helpdesk.test_any_acts import assert_stored
from tests.helpdesk.tickets import as_person, fresh, told, who
from tests.people import House, browser_of, member, partner_organisation

INTERNAL = "Die gemeente belt altijd."


@pytest.fixture
def sam(cast: Cast) -> Membership:
    """Who handles reports at the old side."""
    return member(House.of(None), "helpdesk", "sam@x.example")


def reported(cast: Cast, by: Membership, **given: Any) -> Ticket:
    """An hour ago, with an answer and a note."""
    now = timezone.now()
    ticket = acting.report(cast.municipality, told(**given), who=who(by), now=now - timedelta(hours=1))
    acting.answer(ticket, "Wij kijken.", who=who(by), now=now - timedelta(minutes=50))
    acting.note(ticket, INTERNAL, who=who(by), now=now - timedelta(minutes=40))
    acting.pick_up(ticket, who=who(by), now=now - timedelta(minutes=30))
    return fresh(ticket)


def ready(cast: Cast) -> int:
    pk = bring_to(cast, Stand.GEPLAND)
    do_tasks(cast, pk)
    return pk


def outcomes(ticket: Ticket) -> set[tuple[int, str]]:
    found = clocks_of(ticket.events.in_order(), ticket.service_level_version, now=timezone.now())
    return {(each.stint, each.outcome.value) for each in found}


# Reports ------------------------------------------------------------------------------------------


def test_a_report_goes_on_with_the_new_side_by_what_that_agreed(cast: Cast, sam: Membership) -> None:
    contract_with(cast.old, cast.municipality)
    prepared = contract_with(cast.new, cast.municipality)
    ticket, before = reported(cast, sam), timezone.now()

    bring_to(cast, Stand.OVERGEDRAGEN)

    moved = fresh(ticket)
    assert (moved.organisation, moved.organisation_name, moved.owner, moved.owner_name, moved.line) == (
        cast.new,
        "Dimpact",
        None,
        "",
        SupportLine.FIRST,
    )
    assert (moved.contract, moved.service_level_version) == (
        prepared.contract,
        prepared.service_level_version,
    )
    assert outcomes(moved) == {(0, "gehaald"), (0, "overgedragen"), (1, "loopt")}
    assert moved.next_due_at is not None
    assert moved.next_due_at > before + timedelta(hours=3)
    assert_stored(moved)
    event = moved.events.get(what=What.MOVED)
    assert event.is_public
    assert (event.former_level, event.after) == (ticket.service_level_version, "eerste lijn, Dimpact")
    assert "niets opnieuw" in event.text


def test_both_sides_read_it_and_the_old_one_no_more(cast: Cast, sam: Membership) -> None:
    contract_with(cast.old, cast.municipality)
    contract_with(cast.new, cast.municipality)
    ticket = reported(cast, sam)
    bring_to(cast, Stand.OVERGEDRAGEN)

    new = browser_of(House.of(None), cast.receiver).get(f"/meldingen/{ticket.pk}/")
    inside = browser_of(House.of(cast.municipality), cast.gemeente).get(f"/meldingen/{ticket.pk}/")
    for page in (new.content.decode(), inside.content.decode()):
        assert "Wij kijken." in page
        assert "vergedragen aan een andere leverancier: eerste lijn, Dimpact" in page
        assert "Oplossing (vorige leverancier)" in page
        assert "Hoe stond dit bij de overdracht?" in page
        assert INTERNAL not in page
    former = browser_of(House.of(None), sam)
    for path in ("", "klokken/", "overdragen/"):
        assert former.get(f"/meldingen/{ticket.pk}/{path}").status_code == 404
    assert "Zaken sluiten niet" not in former.get("/meldingen/").content.decode()


def test_without_a_contract_nothing_is_promised_and_both_sides_read_that(cast: Cast, sam: Membership) -> None:
    contract_with(cast.old, cast.municipality)
    ticket = reported(cast, sam)

    bring_to(cast, Stand.OVERGEDRAGEN)

    moved = fresh(ticket)
    assert (moved.contract, moved.service_level_version, moved.next_due_at) == (None, None, None)
    assert {stint for stint, _ in outcomes(moved)} == {0}
    assert_stored(moved)
    page = browser_of(House.of(None), cast.receiver).get(f"/meldingen/{ticket.pk}/").content.decode()
    assert "Er is geen contract" in page
    inside = browser_of(House.of(cast.municipality), cast.gemeente).get(f"/meldingen/{ticket.pk}/")
    assert "Zonder contract: geen beloofde tijden" in inside.content.decode()


def test_what_is_over_stays_where_it_was_and_what_is_solved_goes_along(cast: Cast, sam: Membership) -> None:
    over, solved = reported(cast, sam), reported(cast, sam)
    for each in (over, solved):
        acting.solve(each, "Klaar.", cause="Leeg.", solution="", who=who(sam), now=timezone.now())
    acting.confirm(over, who=who(sam), now=timezone.now())

    bring_to(cast, Stand.OVERGEDRAGEN)

    assert fresh(over).organisation == cast.old
    assert not over.events.filter(what=What.MOVED).exists()
    assert (fresh(solved).organisation, fresh(solved).status) == (cast.new, Status.OPGELOST)


def test_a_mail_to_the_old_address_reaches_it_at_the_new_side(
    cast: Cast, sam: Membership, settings: Settings, tmp_path: Path
) -> None:
    use_addresses(settings, tmp_path)
    contract_with(cast.new, cast.municipality)
    member(House.of(cast.municipality), "catalogusbeheerder", "lia@haarlem.example")
    ticket = reported(cast, sam)
    bring_to(cast, Stand.OVERGEDRAGEN)

    arrives(letter("Nog steeds.", sender="lia@haarlem.example"), address_of(ticket))
    arrives(letter("Ik weet nog iets.", sender="sam@x.example", message_id="<2@x>"), address_of(ticket))

    last = ticket.events.latest("pk")
    assert (last.what, last.channel) == (What.REPLIED, Channel.MAIL)
    page = browser_of(House.of(None), cast.receiver).get(f"/meldingen/{ticket.pk}/").content.decode()
    assert "Nog steeds." in page
    assert "Ik weet nog iets." not in page


def test_a_former_partner_leaves_its_reports_to_who_comes_on_the_same_line(haarlem: Municipality) -> None:
    old = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=old)
    haarlem.refresh_from_db()
    by = member(House.of(None), "helpdesk", "p@partner.example", organisation=old)
    host = member(House.of(None), "helpdesk", "h@x.example")
    now = timezone.now()
    theirs, other = (
        acting.report(haarlem, told(), who=who(host), now=now - timedelta(hours=1)) for _ in range(2)
    )
    acting.hand_over(theirs, acting.To(SupportLine.SECOND, old, by.user), "Lees.", who=who(host), now=now)
    new = other_vendor("Nieuwe partner")

    acting.move_to_partner(haarlem, old, new, now=now + timedelta(minutes=1))

    moved = fresh(theirs)
    assert (moved.organisation, moved.owner, moved.line) == (new, None, SupportLine.SECOND)
    assert moved.events.latest("pk").what == What.HANDED_OVER
    assert fresh(other).organisation == haarlem.vendor


# Contracts ----------------------------------------------------------------------------------------


def standing(version: ContractVersion) -> Standing:
    contract = Contract.objects.get(pk=version.contract_id)
    return standing_of(contract, list(contract.versions.all()), timezone.localdate())


def test_the_former_contract_ends_the_day_before_and_the_prepared_one_begins(cast: Cast) -> None:
    today = timezone.localdate()
    old = contract_with(cast.old, cast.municipality, start=today - timedelta(days=30))
    new = contract_with(cast.new, cast.municipality, start=today - timedelta(days=2))
    assert version_of(cast.municipality.pk, today) == old

    bring_to(cast, Stand.OVERGEDRAGEN)

    assert version_of(cast.municipality.pk, today) == new
    assert version_of(cast.municipality.pk, today - timedelta(days=1)) == old
    ended = Contract.objects.get(pk=old.contract_id)
    assert (ended.ends_on, ended.notice_at) == (today - timedelta(days=1), None)
    assert standing(old) is Standing.BEEINDIGD
    assert ended.entries.get(act="overgedragen").words == "Overgedragen aan Dimpact."
    former = browser_of(House.of(None), cast.former)
    page = former.get(f"/contracten/{old.contract_id}/").content.decode()
    assert "geëindigd door overdracht" in page
    history = former.get(f"/contracten/{old.contract_id}/logboek/").content.decode()
    assert "Geëindigd door overdracht, versie 1" in history
    assert former.get(f"/contracten/{new.contract_id}/").status_code == 404
    inside = browser_of(House.of(cast.municipality), cast.gemeente)
    assert inside.get(f"/contract/{old.contract_id}/").status_code == 200
    assert "contract geëindigd door overdracht" in inside.get("/logboek/").content.decode()


def test_what_was_prepared_for_later_begins_later_and_line_by_line(cast: Cast) -> None:
    today = timezone.localdate()
    contract_with(cast.old, cast.municipality)
    later = contract_with(cast.new, cast.municipality, start=today + timedelta(days=5), lines=(Line.FIRST,))

    bring_to(cast, Stand.OVERGEDRAGEN)

    assert version_of(cast.municipality.pk, today) is None
    assert version_of(cast.municipality.pk, today + timedelta(days=5)) == later
    assert version_of(cast.municipality.pk, today + timedelta(days=5), Line.HOSTING) is None


def test_another_environment_keeps_its_contract(cast: Cast, utrecht: Municipality) -> None:
    today = timezone.localdate()
    Municipality.objects.filter(pk=utrecht.pk).update(
        cbs_code=cast.municipality.cbs_code, environment="acceptatie"
    )
    both = contract_with(cast.old, cast.municipality, utrecht, start=today - timedelta(days=30))

    bring_to(cast, Stand.OVERGEDRAGEN)

    assert version_of(cast.municipality.pk, today) is None
    assert version_of(utrecht.pk, today) == both
    assert Contract.objects.get(pk=both.contract_id).ends_on is None


def test_an_offer_of_the_former_side_comes_to_nothing(cast: Cast) -> None:
    offer = offered(made(cast.municipality))

    bring_to(cast, Stand.OVERGEDRAGEN)

    assert ContractVersion.objects.get(pk=offer.pk).state == State.INGETROKKEN


def test_two_that_were_prepared_for_one_line_stand_in_the_way(cast: Cast, sam: Membership) -> None:
    for _ in range(2):
        contract_with(cast.new, cast.municipality)
    ticket, pk = reported(cast, sam), ready(cast)

    with pytest.raises(HandoverRefused, match="twee getekende contracten"):
        do(cast, pk, "overdragen", Side.NEW)

    assert Handover.objects.get(pk=pk).state == Stand.GEPLAND
    assert fresh(ticket).organisation == cast.old


def test_a_contract_of_an_earlier_time_does_not_come_back(cast: Cast) -> None:
    today, now = timezone.localdate(), timezone.now()
    first = contract_with(cast.old, cast.municipality, start=today - timedelta(days=30))
    bring_to(cast, Stand.OVERGEDRAGEN)
    Municipality.objects.filter(pk=cast.municipality.pk).update(vendor=cast.old)

    VendorChange.objects.create(
        municipality=cast.municipality,
        from_organisation=cast.new,
        to_organisation=cast.old,
        at=now + timedelta(days=2),
    )

    assert version_of(cast.municipality.pk, today + timedelta(days=3)) is None
    assert standing(first) is Standing.BEEINDIGD


@pytest.mark.parametrize("field", ["at", "to_organisation"])
def test_nobody_writes_by_hand_who_served_it(cast: Cast, field: str) -> None:
    bring_to(cast, Stand.OVERGEDRAGEN)
    given = {"at": timezone.now(), "to_organisation": cast.old}

    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        VendorChange.objects.update(**{field: given[field]})
    with pytest.raises(DatabaseError, match="does not serve"), transaction.atomic():
        VendorChange.objects.create(
            municipality=cast.municipality, to_organisation=cast.old, at=timezone.now()
        )
    with in_municipality(cast.municipality), pytest.raises(DatabaseError), transaction.atomic():
        list(VendorChange.objects.all())


def test_the_report_of_the_gemeente_is_not_corrected_by_who_comes(cast: Cast, sam: Membership) -> None:
    """A pause of the former side stays a pause."""
    contract_with(cast.old, cast.municipality)
    ticket = reported(cast, sam)
    question = acting.ask(ticket, "Welke zaak?", who=who(sam), now=timezone.now())
    bring_to(cast, Stand.OVERGEDRAGEN)

    with pytest.raises(Exception, match="Kies een vraag"):
        acting.correct(ticket, question.pk, "Nee.", who=who(cast.receiver), now=timezone.now())
    assert not TicketEvent.objects.filter(what=What.CORRECTED).exists()


def test_who_takes_it_over_draws_up_its_contract_before_it_comes(cast: Cast) -> None:
    """From the moment that both signed; nobody else does, and nothing else of the gemeente shows."""
    receiver = as_person(cast.receiver)
    terms_of_new = terms(cast.new.pk, start=timezone.localdate())
    pk = bring_to(cast, Stand.AANGEVRAAGD)
    assert not own_environments(receiver).exists()
    do(cast, pk, "aanvaarden", Side.NEW)

    version = begin_contract(cast.municipality, terms_of_new, kvk="", person=receiver, now=timezone.now())

    assert version.contract.organisation == cast.new
    assert {each.organisation for each in version.parties.all()} == {cast.new}
    browser = browser_of(House.of(None), cast.receiver)
    assert browser.get(f"/contracten/{version.contract_id}/").status_code == 200
    assert browser.get(f"/gemeenten/{cast.municipality.pk}/").status_code == 404
    limited = member(
        House.of(None), "eigenaar", "li@dimpact.example", organisation=cast.new, municipalities=("utrecht",)
    )
    assert not own_environments(as_person(limited)).exists()
    stranger = member(House.of(None), "eigenaar", "x@derde.example", organisation=other_vendor("Derde"))
    assert not own_environments(as_person(stranger)).exists()
    do(cast, pk, "afbreken", Side.GEMEENTE)
    assert not own_environments(receiver).exists()


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("", {"text": "Wij kijken.", "next": "wij"}),
        ("", {"text": "Wij kijken.", "next": "wij", "concept": ""}),
        ("oppakken/", {}),
    ],
)
def test_who_writes_at_the_very_moment_finds_it_gone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, path: str, given: dict[str, str]
) -> None:
    """The page was opened before, and what was written waited for the moment."""
    sam = member(House.of(None), "helpdesk", "sam@x.example")
    ticket = acting.report(cast.municipality, told(), who=who(sam), now=timezone.now())

    def waited(asked: Ticket, by: Who) -> Ticket:
        Municipality.objects.filter(pk=cast.municipality.pk).update(vendor=cast.new)
        return lock(asked, by)

    for place in ("acting.recording", "drafts"):
        monkeypatch.setattr(f"helpdesk.{place}.lock", waited)
    seen = {"seen": str(ticket.events.latest("pk").pk)}

    answer = browser_of(House.of(None), sam).post(f"/meldingen/{ticket.pk}/{path}", {**seen, **given})

    assert answer.status_code == 404
    assert ticket.events.count() == 1
    assert not ticket.drafts.exists()


def test_who_takes_the_first_at_the_very_moment_finds_it_gone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = member(House.of(None), "helpdesk", "sam@x.example")
    ticket = acting.report(cast.municipality, told(), who=who(sam), now=timezone.now())

    def waited(asked: Ticket, by: Who) -> Ticket:
        Municipality.objects.filter(pk=cast.municipality.pk).update(vendor=cast.new)
        return lock(asked, by)

    monkeypatch.setattr("helpdesk.acting.recording.lock", waited)

    assert browser_of(House.of(None), sam).post("/meldingen/eerste/").status_code == 404
    assert fresh(ticket).owner is None


def test_what_who_was_to_come_offered_comes_to_nothing_where_it_is_broken_off(cast: Cast) -> None:
    """Both sides read it; who goes on to serve it reads nothing of it, and keeps its own."""
    pk = bring_to(cast, Stand.AANVAARD)
    theirs = offered(made(cast.municipality, organisation=cast.new))
    ours = offered(made(cast.municipality, organisation=cast.old))
    do(cast, pk, "afbreken", Side.GEMEENTE)

    delivered()

    assert ContractVersion.objects.get(pk=theirs.pk).state == State.INGETROKKEN
    assert ContractVersion.objects.get(pk=ours.pk).state == State.AANGEBODEN
    entry = theirs.contract.entries.get(act="intrekken")
    assert (entry.side, entry.words) == ("gemeente", "De overdracht aan Dimpact is afgebroken.")
    inside = browser_of(House.of(cast.municipality), cast.gemeente).get("/logboek/").content.decode()
    assert f"{theirs.contract}, versie 1" in inside
    former = browser_of(House.of(None), cast.former).get("/logboek/").content.decode()
    assert str(theirs.contract) not in former


def test_what_was_offered_stays_where_the_same_side_is_about_to_come_after_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_waiting(monkeypatch)
    first = bring_to(cast, Stand.AANVAARD)
    offer = offered(made(cast.municipality, organisation=cast.new))
    do(cast, first, "afbreken", Side.GEMEENTE)
    bring_to(cast, Stand.AANVAARD)

    delivered()

    assert ContractVersion.objects.get(pk=offer.pk).state == State.AANGEBODEN


def test_who_was_to_come_and_does_not_signs_nothing(cast: Cast) -> None:
    """What it had offered by then."""
    pk = bring_to(cast, Stand.AANVAARD)
    offer = offered(made(cast.municipality, organisation=cast.new))
    do(cast, pk, "afbreken", Side.GEMEENTE)

    with pytest.raises(ContractRefused, match="niet meer"):
        sign(
            offer,
            Signer("D. Irecteur", "Directeur"),
            digest=offer.digest,
            person=as_person(cast.receiver),
            now=timezone.now(),
        )

    assert not offer.signatures.exists()


# Files --------------------------------------------------------------------------------------------


def add_file(version: ContractVersion, by: Membership) -> None:
    paper = AnnexTerms(AnnexKind.SLA, "Later", "2", timezone.localdate(), PDF)
    add_annex(version, paper, person=as_person(by), now=timezone.now())


@pytest.mark.parametrize("state", [State.CONCEPT, State.GETEKEND])
def test_who_left_puts_no_file_where_it_was(
    cast: Cast, settings: Settings, tmp_path: Path, state: State
) -> None:
    """Neither with what was agreed, nor with what it drew up and never offered."""
    settings.MEDIA_ROOT = str(tmp_path)
    concept = made(cast.municipality, organisation=cast.old)
    version = concept if state is State.CONCEPT else agreed(concept)
    bring_to(cast, Stand.OVERGEDRAGEN)

    with pytest.raises(ContractRefused, match="niet meer"):
        add_file(ContractVersion.objects.get(pk=version.pk), cast.former)

    assert not list(tmp_path.rglob("*.pdf"))


def test_who_was_to_come_and_does_not_puts_no_file_there(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    pk = bring_to(cast, Stand.AANVAARD)
    concept = made(cast.municipality, organisation=cast.new)
    do(cast, pk, "afbreken", Side.GEMEENTE)
    with pytest.raises(ContractRefused, match="niet meer"):
        add_file(concept, cast.receiver)

    offered(concept)
    paper = Paper(ContractSide.GEMEENTE, PDF, timezone.localdate())
    with pytest.raises(ContractRefused, match="niet meer"):
        record_paper(
            concept,
            Signer("H. Oofd", "Hoofd"),
            paper,
            digest=concept.digest,
            person=as_person(cast.receiver),
            now=timezone.now(),
        )

    assert not list(tmp_path.rglob("*.pdf"))
