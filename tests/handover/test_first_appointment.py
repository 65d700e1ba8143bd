"""A gemeente without an implementation partner chooses one: it and the partner sign, and nobody leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from api.clients.models import Credential
from handover.asking import begin
from handover.mails import tell_who_answers
from handover.models import Handover, Task
from handover.refusals import HandoverRefused
from handover.states import Side, State
from tenants.accounts.models import Membership
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality
from tests.handover.moves import DECIDED, Cast, do, do_tasks, known_person, shown, state_of
from tests.people import House, browser_of, member, partner_organisation


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The receiver is of a partner that serves nobody yet."""
    partner = partner_organisation()
    receiver = member(House.of(None), "eigenaar", "p@partner.example", organisation=partner)
    return replace(cast, new=partner, receiver=receiver)


def begun(cast: Cast) -> int:
    with in_municipality(cast.municipality):
        person = known_person(cast.gemeente)
        return begin(
            "implementation_partner",
            cast.new.pk,
            decision="Collegebesluit",
            decided_on=DECIDED,
            person=person,
        )


def test_a_partner_is_appointed_by_two_signatures(cast: Cast) -> None:
    with in_municipality(cast.municipality):
        Credential.objects.create(client_id="balie", secret="x" * 32)
    assert "Haarlem" not in browser_of(House.of(None), cast.receiver).get("/gemeenten/").content.decode()

    pk = begun(cast)
    do(cast, pk, "aanvragen", Side.GEMEENTE)
    do(cast, pk, "aanvaarden", Side.NEW)
    do(cast, pk, "voorbereiden", Side.NEW, seen=State.BEVESTIGD)
    do(cast, pk, "plannen", Side.GEMEENTE)
    do_tasks(cast, pk)
    do(cast, pk, "overdragen", Side.NEW)

    assert Municipality.objects.get(schema_name="haarlem").implementation_partner == cast.new
    assert "Haarlem" in browser_of(House.of(None), cast.receiver).get("/gemeenten/").content.decode()
    acts = [entry.act for entry in reversed(shown(pk).entries)]
    assert acts == ["aanvragen", "aanvaarden", "stilzwijgend", "voorbereiden", "plannen", "overdragen"]
    assert not Task.objects.filter(handover=pk, side=Side.OLD).exists()
    assert not Task.objects.filter(handover=pk, after_the_moment=True).exists()
    do(cast, pk, "afronden", Side.GEMEENTE)
    assert state_of(pk) == State.AFGEROND


def test_nobody_objects(cast: Cast) -> None:
    pk = begun(cast)
    do(cast, pk, "aanvragen", Side.GEMEENTE)
    do(cast, pk, "aanvaarden", Side.NEW)

    with pytest.raises(HandoverRefused):
        do(cast, pk, "bezwaar", Side.OLD, seen=State.BEVESTIGD)


def test_it_is_read_on_both_sides(cast: Cast) -> None:
    pk = begun(cast)
    do(cast, pk, "aanvragen", Side.GEMEENTE)
    gemeente = browser_of(House.of(cast.municipality), cast.gemeente)
    vendor = browser_of(House.of(None), cast.receiver)

    for browser, path in (
        (gemeente, "/overdracht/"),
        (gemeente, f"/overdracht/{pk}/"),
        (vendor, "/overdrachten/"),
        (vendor, f"/overdrachten/{pk}/"),
    ):
        page = browser.get(path)
        assert page.status_code == 200
        assert "niemand" in page.content.decode()


def test_nothing_is_said_of_a_party_that_leaves(cast: Cast) -> None:
    pk = begun(cast)
    gemeente = browser_of(House.of(cast.municipality), cast.gemeente)
    for path in (f"/overdracht/{pk}/", f"/overdracht/{pk}/aanvragen/"):
        page = gemeente.get(path).content.decode().lower()
        assert "oude partij" not in page
        assert "bezwaar" not in page


def test_a_vendor_cannot_be_the_partner(cast: Cast) -> None:
    wrong = replace(cast, new=cast.old)
    with pytest.raises(HandoverRefused):
        begun(wrong)


def test_the_host_is_never_nobody(cast: Cast) -> None:
    """There is always a vendor, and it does not hand over to itself."""
    with in_municipality(cast.municipality), pytest.raises(HandoverRefused):
        begin("host", cast.old.pk, decision="x", decided_on=DECIDED, person=known_person(cast.gemeente))
    with for_vendor():
        assert not Handover.objects.filter(begun_at__lte=timezone.now()).exists()


def test_where_nobody_had_the_role_nobody_is_asked_to_confirm(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    pk = begun(cast)
    do(cast, pk, "aanvragen", Side.GEMEENTE)
    do(cast, pk, "aanvaarden", Side.NEW)
    Membership.objects.filter(pk=cast.former.pk).update(organisation=None)

    with django_capture_on_commit_callbacks(execute=True):
        tell_who_answers(pk=pk, state="aanvaard")

    assert mail.outbox == []
