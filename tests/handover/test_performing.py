"""The moment: who answers for the municipality, and what the former side can no longer see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from access.models import Grant
from api.clients.models import Credential
from handover.models import Handover
from handover.refusals import HandoverRefused
from handover.states import Side, State
from incidents.concerning import ours
from incidents.models import Concerned
from tenants.accounts.models import Invitation, Membership
from tenants.console.models import LogLine
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.handover.moves import Cast, bring_to, do, do_tasks, other_vendor, shown
from tests.incidents.broken import make_incident
from tests.people import House, browser_of, member


def ready(cast: Cast) -> int:
    pk = bring_to(cast, State.GEPLAND)
    do_tasks(cast, pk)
    return pk


def test_the_new_side_answers_for_it_from_then_on(cast: Cast) -> None:
    bring_to(cast, State.OVERGEDRAGEN)

    assert Municipality.objects.get(schema_name="haarlem").vendor == cast.new


def test_people_who_were_limited_to_it_lose_it(cast: Cast, utrecht: Municipality) -> None:
    vendor = House.of(None)
    both = member(vendor, "operatie", "beide@x.example", municipalities=("haarlem", "utrecht"))
    only = member(vendor, "eigenaar", "alleen@x.example", municipalities=("haarlem",))
    theirs = member(
        vendor, "operatie", "d@dimpact.example", organisation=cast.new, municipalities=("haarlem",)
    )

    bring_to(cast, State.OVERGEDRAGEN)

    held = Membership.objects.filter(ended_at=None)
    assert held.get(user=both.user).municipalities == ["utrecht"]
    assert not held.filter(user=only.user).exists()
    assert held.get(user=theirs.user).municipalities == ["haarlem"]


def test_who_was_invited_for_it_alone_is_not_any_more(cast: Cast) -> None:
    now = timezone.now()
    Invitation.objects.create(
        email="n@x.example",
        role="operatie",
        organisation=cast.old,
        is_limited=True,
        municipalities=["haarlem"],
        digest="x",
        sent_at=now,
        expires_at=now + timedelta(days=7),
    )

    bring_to(cast, State.OVERGEDRAGEN)

    assert not Invitation.objects.open(timezone.now()).exists()


def test_what_the_old_side_may_look_into_ends(cast: Cast) -> None:
    pk = ready(cast)
    now = timezone.now()
    grant = make_grant(
        cast.municipality,
        now=now,
        asker=cast.former,
        state="toegestaan",
        valid_from=now,
        valid_until=now + timedelta(hours=4),
    )

    do(cast, pk, "overdragen", Side.NEW)

    ended = Grant.objects.get(pk=grant.pk)
    assert not ended.is_running(timezone.now())
    assert "Dimpact" in ended.end_reason
    assert shown(pk).handover.inventory["toegang"] == {"aantal": 1, "namen": [str(grant)]}


def test_the_old_side_tells_it_of_no_incident_any_more(cast: Cast, utrecht: Municipality) -> None:
    pk = ready(cast)
    incident = make_incident(cast.municipality, utrecht, organisation=cast.old)
    other = make_incident(cast.municipality, organisation=cast.new)

    do(cast, pk, "overdragen", Side.NEW)

    held = Concerned.objects.still()
    assert [each.municipality for each in held.filter(incident=incident)] == [utrecht]
    assert held.filter(incident=other).exists()
    with in_municipality(cast.municipality):
        assert ours().filter(pk=incident.pk).exists()


def test_what_the_old_side_knew_is_to_be_rotated(cast: Cast) -> None:
    with in_municipality(cast.municipality):
        Credential.objects.create(client_id="zaaksysteem", secret="geheim" * 8)

    known = shown(bring_to(cast, State.OVERGEDRAGEN))

    tasks = {task.subject: task for task in known.tasks if task.key == "geheim"}
    assert tasks["zaaksysteem"].due == known.handover.overlap_until
    assert "geheimgeheim" not in str(known.handover.inventory)


def test_accounts_of_the_old_sides_people_in_the_municipality_are_named(cast: Cast) -> None:
    member(House.of(cast.municipality), "lezer", "oud@x.example")

    known = shown(bring_to(cast, State.OVERGEDRAGEN))

    assert [task.subject for task in known.tasks if task.key == "account"] == ["oud@x.example"]


def test_it_is_in_both_logs_and_the_log_stays(cast: Cast) -> None:
    browser = browser_of(House.of(cast.municipality), cast.gemeente)
    bring_to(cast, State.OVERGEDRAGEN)

    with in_municipality(cast.municipality):
        line = LogLine.objects.get(action="overgedragen")
    assert (line.person, line.organisation) == ("nieuw@dimpact.example", "Dimpact")
    for path in ("/logboek/", "/logboek/leverancier/"):
        assert "nieuw@dimpact.example" in browser.get(path).content.decode()


def test_nobody_reads_of_the_others_customers(cast: Cast, utrecht: Municipality) -> None:
    member(House.of(None), "operatie", "beide@x.example", municipalities=("haarlem", "utrecht"))
    bring_to(cast, State.OVERGEDRAGEN)

    page = browser_of(House.of(cast.municipality), cast.gemeente).get("/logboek/leverancier/")

    assert "beide@x.example" in page.content.decode()
    assert "Utrecht" not in page.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/gemeenten/{}/", "/gemeenten/{}/staat/", "/gemeenten/{}/welkomstbrief/", "/gemeenten/{}/beheerder/"],
)
def test_the_old_side_finds_nothing_of_it(cast: Cast, path: str) -> None:
    former = browser_of(House.of(None), cast.former)
    new = browser_of(House.of(None), cast.receiver)
    before = former.get(path.format(cast.municipality.pk)).status_code
    bring_to(cast, State.OVERGEDRAGEN)
    address = path.format(cast.municipality.pk)

    assert former.get(address).status_code == 404
    assert new.get(address).status_code == before
    assert "haarlem" not in former.get("/gemeenten/").content.decode().lower()


def test_the_old_side_goes_on_to_see_the_hand_over(cast: Cast) -> None:
    pk = bring_to(cast, State.OVERGEDRAGEN)
    former = browser_of(House.of(None), cast.former)

    assert former.get(f"/overdrachten/{pk}/").status_code == 200
    assert "Haarlem" in former.get("/overdrachten/").content.decode()


def test_it_is_not_done_where_another_serves_it_meanwhile(cast: Cast) -> None:
    pk = ready(cast)
    Municipality.objects.filter(pk=cast.municipality.pk).update(vendor=other_vendor("Derde"))

    with pytest.raises(HandoverRefused, match="bedient deze gemeente niet meer"):
        do(cast, pk, "overdragen", Side.NEW)
    assert Handover.objects.get(pk=pk).state == State.GEPLAND


def test_a_failure_halfway_leaves_all_as_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    pk = ready(cast)
    only = member(House.of(None), "operatie", "alleen@x.example", municipalities=("haarlem",))
    monkeypatch.setattr("handover.performing.add_secrets", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        do(cast, pk, "overdragen", Side.NEW)

    assert Municipality.objects.get(schema_name="haarlem").vendor == cast.old
    assert Membership.objects.filter(user=only.user, ended_at=None).exists()
    assert Handover.objects.get(pk=pk).state == State.GEPLAND
