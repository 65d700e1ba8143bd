"""What people of both sides do with a contract, by the functions of both consoles."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.utils import timezone

from backoffice.models import LogLine
from contracts.annexes import AnnexTerms, add_annex, remove_annex
from contracts.content import digest_of, whole_of
from contracts.contract_acts import (
    Paper,
    Signer,
    discard,
    known_of,
    note_notice,
    offer,
    record_paper,
    withdraw,
)
from contracts.contract_asking import agree_to_annex, decline, give_notice, rows
from contracts.contract_mails import tell_of_contract
from contracts.contract_refusals import ContractRefused, Stale, actor_of, why_not
from contracts.drafting import Coverage, amend, begin_contract, write_coverage, write_lines, write_terms
from contracts.in_force import contract_of, version_at
from contracts.models import (
    Annex,
    AnnexKind,
    Contract,
    ContractEntry,
    ContractVersion,
    InForce,
    Line,
    Renewal,
    Signature,
)
from contracts.standing import next_notice, standing_of
from contracts.states import TRANSITIONS, Side, Standing, State
from tenants.console.models import LogLine as OwnLine
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality
from tests.contracts.agreed import (
    PDF,
    Cast,
    addendum,
    concluded,
    drafted,
    inside,
    level_of,
    offer_it,
    person,
    refused,
    shown,
    sign_for_gemeente,
    sign_for_vendor,
    terms,
)
from tests.errands import asked, delivered
from tests.handover.moves import other_vendor
from tests.people import House, member

DAY = timedelta(days=1)
Done = Callable[..., AbstractContextManager[Any]]


def today() -> Any:
    return timezone.localdate()


def logged(cast: Cast) -> tuple[list[str], list[str]]:
    """What stands in the log of the vendor, and in that of the gemeente."""
    ours = list(LogLine.objects.filter(area="contracten").order_by("pk").values_list("action", flat=True))
    with inside(cast):
        theirs = list(OwnLine.objects.filter(area="contract").order_by("pk").values_list("action", flat=True))
    return ours, theirs


def test_a_contract_from_draft_to_in_force(cast: Cast) -> None:
    version = concluded(cast)

    assert version.state == State.GETEKEND
    assert contract_of(cast.municipality.pk, today()) == version.contract
    assert version_at(cast.municipality.pk, timezone.now()) == version
    assert {each.line for each in InForce.objects.all()} == {Line.HOSTING, Line.FIRST, Line.SECOND}
    ours, theirs = logged(cast)
    assert theirs == ["contract aangeboden", "contract ondertekend", "contract ondertekend"]
    assert ours == ["contract opgesteld", "concept gewijzigd", "bijlage toegevoegd", *theirs]
    assert [(each["what"], each["by"]) for each in asked("contract")] == [
        ("offered", "leverancier"),
        ("signed", "leverancier"),
        ("signed", "gemeente"),
    ]


@pytest.mark.parametrize("key", ["intrekken", "opstellen", "opzeggen-leverancier"])
def test_who_sees_a_contract_no_more_is_told_so(cast: Cast, key: str) -> None:
    """His page was opened before."""
    version = offer_it(cast, drafted(cast)) if key == "intrekken" else concluded(cast)
    stranger = person(member(House.of(None), "eigenaar", "x@derde.example", organisation=other_vendor()))
    how: dict[str, Any] = {"person": stranger, "now": timezone.now()}
    acts: dict[str, Callable[[], object]] = {
        "intrekken": lambda: withdraw(version, "Toch niet.", **how),
        "opstellen": lambda: amend(version.contract, terms(cast.municipality.vendor_id), **how),
        "opzeggen-leverancier": lambda: note_notice(
            version.contract, "Weg.", by=Side.LEVERANCIER, last_day=version.end, **how
        ),
    }

    with for_vendor():
        told = refused(acts[key], Stale)

    assert told == "Dit contract ziet u niet, of niet meer."
    assert shown(version).state == version.state


def test_numbers_count_on_within_a_year(cast: Cast) -> None:
    first, second = drafted(cast), drafted(cast)

    year = today().year
    assert (first.contract.number, second.contract.number) == (f"OC-{year}-0001", f"OC-{year}-0002")
    later = drafted(cast, now=timezone.now() + 366 * DAY)
    assert later.contract.number.startswith(f"OC-{year + 1}-")


def test_a_draft_is_of_the_gemeente_and_its_host(cast: Cast) -> None:
    version = drafted(cast)

    assert version.contract.client_name == "Haarlem"
    assert version.contract.client_kvk == "01234567"
    assert [each.municipality for each in version.covers.all()] == [cast.municipality]
    assert {each.organisation for each in version.parties.all()} == {cast.municipality.vendor}
    assert version.drafters == ["opsteller@leverancier.example"]


def test_nobody_draws_up_a_contract_of_a_gemeente_that_he_does_not_serve(
    cast: Cast, utrecht: Municipality
) -> None:
    Municipality.objects.filter(pk=utrecht.pk).update(vendor=other_vendor())
    utrecht.refresh_from_db()

    told = refused(
        lambda: begin_contract(
            utrecht,
            terms(cast.municipality.vendor_id),
            kvk="",
            person=person(cast.drafter),
            now=timezone.now(),
        ),
        ContractRefused,
    )

    assert "leverancier van de gemeente" in told
    assert not Contract.objects.exists()


def test_a_contract_covers_what_one_serves_alone(cast: Cast, utrecht: Municipality) -> None:
    version = drafted(cast)
    Municipality.objects.filter(pk=utrecht.pk).update(vendor=other_vendor())
    wanted = Coverage([cast.municipality, utrecht], {Line.FIRST: cast.municipality.vendor})

    with pytest.raises(ContractRefused, match="bedient"):
        write_coverage(version, wanted, person=person(cast.drafter))


def test_a_contract_is_of_one_gemeente_and_those_who_serve_it(cast: Cast, utrecht: Municipality) -> None:
    """As the page says it, and for whoever asks without one; also once nothing is covered any more."""
    version, who = drafted(cast), person(cast.drafter)
    version.covers.all().delete()
    for municipality in (utrecht, cast.municipality):
        wanted = Coverage([municipality], {Line.FIRST: other_vendor()})
        with pytest.raises(ContractRefused, match=r"één gemeente|een partner"):
            write_coverage(version, wanted, person=who)
    assert not version.covers.exists()
    write_coverage(version, Coverage([cast.municipality], {Line.FIRST: cast.municipality.vendor}), person=who)
    assert version.covers.get().municipality == cast.municipality


def test_a_draft_is_written_by_who_may_and_until_it_is_offered(cast: Cast) -> None:
    version = drafted(cast)
    reader = member(House.of(None), "helpdesk")
    new = terms(cast.municipality.vendor_id, purchase_order="HLM-1")

    with pytest.raises(ContractRefused, match="rol"):
        write_terms(version, new, kvk="", person=person(reader))
    write_terms(version, new, kvk="", person=person(cast.director))
    offered_one = offer_it(cast, shown(version))
    with pytest.raises(ContractRefused, match="aangeboden"):
        write_lines(offered_one, [], person=person(cast.drafter))

    assert offered_one.purchase_order == "HLM-1"
    assert offered_one.drafters == ["opsteller@leverancier.example", "directeur@leverancier.example"]


def test_what_is_missing_is_told_before_it_is_offered(cast: Cast) -> None:
    with for_vendor():
        version = begin_contract(
            cast.municipality,
            terms(cast.municipality.vendor_id),
            kvk="",
            person=person(cast.drafter),
            now=timezone.now(),
        )

    with pytest.raises(ContractRefused, match=r"prijsregel.*verwerkersovereenkomst"):
        offer(version, until=today(), person=person(cast.drafter), now=timezone.now())
    assert shown(version).state == State.CONCEPT


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (180, True), (181, False)])
def test_an_offer_has_a_term(cast: Cast, days: int, fits: bool) -> None:  # a parameter
    version = drafted(cast)

    told = refused(
        lambda: offer(version, until=today() + days * DAY, person=person(cast.drafter), now=timezone.now()),
        ContractRefused,
    )

    assert (told == "") is fits


def test_the_digest_is_of_all_that_is_agreed(cast: Cast) -> None:
    version = drafted(cast)
    before = digest_of(whole_of(version))
    version.lines.update(unit_cents=1)
    changed = digest_of(whole_of(version))
    offered_one = offer_it(cast, version)

    assert before != changed
    assert offered_one.digest == changed == digest_of(whole_of(offered_one))


def test_what_is_signed_is_what_was_seen(cast: Cast) -> None:
    version = offer_it(cast, drafted(cast))
    version.digest = "e" * 64

    with for_vendor(), pytest.raises(Stale, match="andere versie"):
        from_paper(cast, version)


def from_paper(cast: Cast, version: ContractVersion, **given: Any) -> None:
    paper = Paper(**{"side": Side.GEMEENTE, "raw": PDF, "signed_on": today(), **given})
    record_paper(
        version,
        Signer("B. Urgemeester", "Burgemeester"),
        paper,
        digest=version.digest,
        person=person(cast.director),
        now=timezone.now(),
    )


def test_who_drafted_does_not_sign(cast: Cast) -> None:
    both = member(House.of(None), "eigenaar", "schreef@leverancier.example")
    version = drafted(cast)
    write_lines(version, [], person=person(both))
    version = shown(version)
    with for_vendor():
        known = known_of(version)

    told = why_not(
        "tekenen-leverancier", known, actor=actor_of(person(both), version.contract), today=today()
    )

    assert "aangeboden" in told  # first of all it is a concept
    version = offer_it(cast, drafted(cast))
    drafter = member(House.of(cast.municipality), "beheerder", "Opsteller@leverancier.example")
    with pytest.raises(ContractRefused, match="schreef mee"):
        sign_for_gemeente(cast, version, by=drafter)
    assert not Signature.objects.exists()


def test_one_human_with_two_hats_signs_for_one_side(cast: Cast) -> None:
    version = offer_it(cast, drafted(cast))
    same = member(House.of(cast.municipality), "beheerder", "Directeur@leverancier.example")
    sign_for_vendor(cast, version)

    with pytest.raises(ContractRefused, match="andere partij"):
        sign_for_gemeente(cast, version, by=same)
    assert shown(version).state == State.AANGEBODEN


def test_a_side_signs_once(cast: Cast) -> None:
    version = offer_it(cast, drafted(cast))
    sign_for_vendor(cast, version)
    colleague = member(House.of(None), "eigenaar", "tweede@leverancier.example")

    with pytest.raises(ContractRefused, match="tekende al"):
        sign_for_vendor(cast, version, by=colleague)


@pytest.mark.parametrize(("days", "fits"), [(30, True), (31, False)])
def test_who_signs_is_in_time(cast: Cast, days: int, fits: bool) -> None:  # a parameter
    version = offer_it(cast, drafted(cast))
    moment = timezone.now() + days * DAY

    told = refused(lambda: sign_for_gemeente(cast, version, now=moment), ContractRefused)

    assert (told == "") is fits


def test_a_paper_signature_is_kept_with_name_and_date(cast: Cast) -> None:
    version = offer_it(cast, drafted(cast))
    with for_vendor():
        from_paper(cast, version)
    sign_for_vendor(cast, version, by=member(House.of(None), "eigenaar", "tweede@leverancier.example"))

    kept = Signature.objects.get(version=version, side=Side.GEMEENTE)
    assert (kept.name, kept.how, kept.email) == ("B. Urgemeester", "pdf", "directeur@leverancier.example")
    assert shown(version).state == State.GETEKEND
    with inside(cast), default_storage.open(kept.key) as file:
        assert file.read() == PDF


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"raw": b"<html>"}, "geen pdf"),
        ({"signed_on": timezone.localdate() + DAY}, "dag van ondertekening"),
        ({"signed_on": timezone.localdate() - DAY}, "dag van ondertekening"),
    ],
)
def test_a_paper_that_does_not_fit_is_refused(cast: Cast, given: dict[str, Any], why: str) -> None:
    version = offer_it(cast, drafted(cast))

    with for_vendor(), pytest.raises(ContractRefused, match=why):
        from_paper(cast, version, **given)
    assert not Signature.objects.exists()


def test_the_gemeente_declines_with_a_reason(cast: Cast) -> None:
    version = offer_it(cast, drafted(cast))
    with inside(cast):
        found = rows().of(ContractVersion).select_related("contract").get(pk=version.pk)
        decline(found, "Te duur", person=person(cast.beheerder), now=timezone.now())

    assert shown(version).state == State.AFGEWEZEN
    assert ContractEntry.objects.get(act="afwijzen").words == "Te duur"
    assert asked("contract")[-1] == {"what": "declined", "pk": version.pk, "by": "gemeente"}
    again = addendum(cast, version.contract)
    assert (again.number, again.state) == (2, State.CONCEPT)


def test_an_offer_is_taken_back(cast: Cast) -> None:
    version = offer_it(cast, drafted(cast))
    with for_vendor():
        withdraw(version, "Fout bedrag", person=person(cast.drafter), now=timezone.now())
        with pytest.raises(Stale, match="intussen ingetrokken"):
            withdraw(version, "Nog eens", person=person(cast.drafter), now=timezone.now())

    with pytest.raises(ContractRefused, match="ingetrokken"):
        sign_for_gemeente(cast, version)


def test_a_concept_comes_to_nothing(cast: Cast) -> None:
    version = drafted(cast)
    with for_vendor():
        discard(version, person=person(cast.drafter), now=timezone.now())

    assert shown(version).state == State.INGETROKKEN
    assert logged(cast)[1] == []
    with inside(cast):
        assert not rows().of(Contract).exists()


def test_an_addendum_begins_as_what_holds_and_takes_over(cast: Cast) -> None:
    first = concluded(cast)
    level = level_of(cast.municipality.vendor_id, "Premium")
    start = today() + 10 * DAY
    second = addendum(cast, first.contract, service_level_version=level, start=start, end=first.end)

    assert [each.label for each in second.lines.all()] == ["Basis"]
    assert all(each.is_signed for each in second.annexes.all())
    assert contract_of(cast.municipality.pk, start) == first.contract
    offer_it(cast, second)
    sign_for_vendor(cast, second)
    sign_for_gemeente(cast, second)
    rows_of = {(each.version_id, each.since, each.until) for each in InForce.objects.filter(line=Line.FIRST)}
    assert rows_of == {(first.pk, first.start, start - DAY), (second.pk, start, None)}


def test_an_addendum_is_one_at_a_time_and_of_a_contract_that_goes_on(cast: Cast) -> None:
    first = concluded(cast)
    addendum(cast, first.contract)

    with pytest.raises(ContractRefused, match="nog niet is getekend"):
        addendum(cast, first.contract)
    draft = ContractVersion.objects.get(state=State.CONCEPT)
    early = terms(cast.municipality.vendor_id, start=first.start - DAY)
    with for_vendor(), pytest.raises(ContractRefused, match="niet eerder"):
        write_terms(draft, early, kvk="", person=person(cast.drafter))


def test_another_contract_in_the_way_is_told(cast: Cast) -> None:
    concluded(cast)
    second = offer_it(cast, drafted(cast))
    sign_for_vendor(cast, second)

    with pytest.raises(ContractRefused, match="loopt al een ander contract"):
        sign_for_gemeente(cast, second)
    assert shown(second).state == State.AANGEBODEN
    assert Signature.objects.filter(version=second).count() == 1


# Notice --------------------------------------------------------------------------------------------


def give(cast: Cast, version: ContractVersion, last_day: Any) -> None:
    with inside(cast):
        contract = rows().of(Contract).get(pk=version.contract_id)
        give_notice(
            contract, "Wij stappen over", last_day=last_day, person=person(cast.beheerder), now=timezone.now()
        )


def test_the_gemeente_gives_notice_and_it_runs_on(cast: Cast) -> None:
    version = concluded(cast)
    notice = next_notice(version, today())
    assert notice is not None
    give(cast, version, notice.last_day)

    contract = shown(version).contract
    assert (contract.ends_on, contract.notice_side) == (notice.last_day, Side.GEMEENTE)
    assert contract_of(cast.municipality.pk, notice.last_day) == contract
    assert contract_of(cast.municipality.pk, notice.last_day + DAY) is None
    assert standing_of(contract, [version], today()) is Standing.OPGEZEGD
    assert asked("contract")[-1]["what"] == "notice"
    with pytest.raises(ContractRefused, match="opgezegd"):
        addendum(cast, contract)


def test_notice_is_of_the_day_that_was_seen(cast: Cast) -> None:
    version = concluded(cast)

    with pytest.raises(Stale, match="laatste dag"):
        give(cast, version, version.end + DAY)


def test_what_ends_by_itself_takes_no_notice(cast: Cast) -> None:
    version = concluded(cast, renewal=Renewal.NONE)

    with pytest.raises(ContractRefused, match="loopt af op"):
        give(cast, version, version.end)


@pytest.mark.parametrize("side", Side)
def test_the_vendor_notes_notice_of_either_side(cast: Cast, side: Side) -> None:
    version = concluded(cast)
    with for_vendor():
        note_notice(
            version.contract,
            "Per brief",
            by=side,
            last_day=version.end,
            person=person(cast.director),
            now=timezone.now(),
        )

    assert shown(version).contract.notice_side == side
    assert logged(cast)[1][-1] in {"contract opgezegd", "opzegging vastgelegd"}


def test_notice_for_the_vendor_takes_who_may_approve(cast: Cast) -> None:
    version = concluded(cast)

    with for_vendor(), pytest.raises(ContractRefused, match="Uw rol"):
        note_notice(
            version.contract,
            "x",
            by=Side.LEVERANCIER,
            last_day=version.end,
            person=person(cast.drafter),
            now=timezone.now(),
        )


# Annexes -------------------------------------------------------------------------------------------


def test_a_later_annex_waits_for_the_gemeente(cast: Cast) -> None:
    version = concluded(cast)
    paper = AnnexTerms(AnnexKind.SUBVERWERKERS, "Lijst", "4", today(), PDF)
    with for_vendor():
        annex = add_annex(version, paper, person=person(cast.drafter), now=timezone.now())
    assert not annex.is_signed
    with inside(cast):
        own = rows().of(Annex).get(pk=annex.pk)
        agree_to_annex(own, person=person(cast.beheerder), now=timezone.now())

    assert Annex.objects.get(pk=annex.pk).signed_by == "hoofd@haarlem.example"
    assert logged(cast)[1][-2:] == ["bijlage toegevoegd", "bijlage ondertekend"]


def test_an_annex_goes_from_a_concept_alone(cast: Cast) -> None:
    version = drafted(cast)
    with for_vendor():
        remove_annex(version.annexes.get(), person=person(cast.drafter))
    assert not version.annexes.exists()

    signed_one = concluded(cast)
    with for_vendor(), pytest.raises(ContractRefused, match="wijzigt niet meer"):
        remove_annex(signed_one.annexes.select_related("version").get(), person=person(cast.drafter))


def test_a_file_is_in_the_storage_of_each_environment(cast: Cast, utrecht: Municipality) -> None:
    """The second is covered after the file was added: it has it once it is offered."""
    for each, environment in ((utrecht, "acceptatie"), (cast.municipality, "productie")):
        Municipality.objects.filter(pk=each.pk).update(cbs_code="0392", environment=environment)
    version = drafted(cast)
    both = Coverage([cast.municipality, utrecht], {Line.FIRST: cast.municipality.vendor})
    with for_vendor():
        write_coverage(version, both, person=person(cast.drafter))
    key = version.annexes.get().key
    offer_it(cast, shown(version))

    for municipality in (cast.municipality, utrecht):
        with in_municipality(municipality), default_storage.open(key) as file:
            assert file.read() == PDF


# What the other side is told ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "by", "readers"),
    [
        ("offered", Side.LEVERANCIER, {"hoofd@haarlem.example"}),
        ("declined", Side.GEMEENTE, {"directeur@leverancier.example", "opsteller@leverancier.example"}),
        ("notice", Side.LEVERANCIER, {"hoofd@haarlem.example"}),
    ],
)
def test_the_other_side_is_told(
    cast: Cast, what: str, by: Side, readers: set[str], django_capture_on_commit_callbacks: Any
) -> None:
    version = concluded(cast)
    delivered().clear()
    with for_vendor(), django_capture_on_commit_callbacks(execute=True):
        tell_of_contract(what=what, pk=version.pk, by=by.value)

    assert {address for letter in mail.outbox for address in letter.to} == readers
    assert all(version.contract.number in letter.subject for letter in mail.outbox)
    assert all("/contract" in str(letter.body) for letter in mail.outbox)
    assert not any("48.600" in str(letter.body) for letter in mail.outbox)


def test_who_does_not_see_a_contract_is_not_told_of_it(
    cast: Cast, utrecht: Municipality, django_capture_on_commit_callbacks: Any
) -> None:
    version, vendor = concluded(cast), House.of(None)
    member(vendor, "accountbeheer", "elders@leverancier.example", municipalities=(utrecht.schema_name,))
    member(vendor, "accountbeheer", "hier@leverancier.example", municipalities=("haarlem",))
    delivered().clear()
    with for_vendor(), django_capture_on_commit_callbacks(execute=True):
        tell_of_contract(what="declined", pk=version.pk, by="gemeente")

    told = {address for letter in mail.outbox for address in letter.to}
    assert "hier@leverancier.example" in told
    assert "elders@leverancier.example" not in told


def test_of_the_second_signature_both_hear(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    version = concluded(cast)
    delivered().clear()
    with for_vendor(), django_capture_on_commit_callbacks(execute=True):
        tell_of_contract(what="signed", pk=version.pk, by="gemeente")

    assert len(mail.outbox) == 3
    assert "Beide partijen" in str(mail.outbox[0].body)


# The table -----------------------------------------------------------------------------------------


def test_every_act_is_refused_on_another_side(cast: Cast) -> None:
    version = drafted(cast)
    with for_vendor():
        known = known_of(version)
    looker = actor_of(
        person(member(House.of(None), "eigenaar", "x@x.example", organisation=other_vendor())),
        version.contract,
    )

    for key, transition in TRANSITIONS.items():
        told = why_not(key, known, actor=looker, today=today())
        assert str(transition.refused) in told


def test_every_standing_but_the_last_leads_somewhere() -> None:
    reached = {state for each in TRANSITIONS.values() for state in each.after} | {Standing.CONCEPT}
    left = {state for each in TRANSITIONS.values() for state in each.before}

    assert set(Standing) - reached == {
        Standing.VERLOPEN,
        Standing.ACTIEF,
        Standing.GEWIJZIGD,
        Standing.BEEINDIGD,
    }
    assert set(Standing) - left == {Standing.GEWIJZIGD, Standing.OPGEZEGD, Standing.BEEINDIGD}
