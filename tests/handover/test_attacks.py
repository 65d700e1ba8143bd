"""Who tries what he may not: twice, too late, for another, or past the pages at the functions of the door."""

from __future__ import annotations

import pytest
from django.db import InternalError, ProgrammingError, transaction

from handover.asking import begin, rows
from handover.models import Entry, Handover, Task
from handover.refusals import HandoverRefused
from handover.states import TRANSITIONS, Side, State
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality, Organisation
from tests.handover.moves import DECIDED, Cast, begun, bring_to, do, known_person, state_of
from tests.people import House, browser_of, member, partner_organisation

OWN_ACTS = {
    (key, before.value, each.after.value)
    for key, each in TRANSITIONS.items()
    if each.side is Side.GEMEENTE
    for before in each.before
}
EVERY_ACT = [(key, before.value, after.value) for key in TRANSITIONS for before in State for after in State]


def test_it_is_signed_once(cast: Cast) -> None:
    pk = bring_to(cast, State.AANVAARD)

    with pytest.raises(HandoverRefused):
        do(cast, pk, "aanvaarden", Side.NEW)
    with pytest.raises(HandoverRefused):
        do(cast, pk, "aanvragen", Side.GEMEENTE)

    assert Entry.objects.filter(handover=pk).count() == 2


@pytest.mark.parametrize("key", [key for key, each in TRANSITIONS.items() if each.side is not Side.TIME])
def test_nothing_follows_on_one_that_was_stopped(cast: Cast, key: str) -> None:
    pk = bring_to(cast, State.AFGEBROKEN)

    with pytest.raises(HandoverRefused):
        do(cast, pk, key, Side(TRANSITIONS[key].side))

    assert state_of(pk) == State.AFGEBROKEN


def test_the_functions_of_the_door_know_the_acts_of_the_gemeente_and_no_other(cast: Cast) -> None:
    """The database says the same as the one table, act by act."""
    pk = bring_to(cast, State.CONCEPT)
    allowed = set()
    with in_municipality(cast.municipality):
        for act, seen, after in EVERY_ACT:
            try:
                with transaction.atomic():
                    rows().call("handover_step", pk, seen, after, act, "x@x.example", "", None, None)
                    transaction.set_rollback(True)
            except (InternalError, ProgrammingError):
                continue
            allowed.add((act, seen, after))

    assert allowed == OWN_ACTS


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE public.handover_handover SET state = 'aanvaard'",
        "INSERT INTO public.handover_entry (handover_id) VALUES (1)",
        "DELETE FROM public.handover_entry",
        "UPDATE public.handover_task SET done_by = 'x'",
        "SELECT kvk FROM public.registry_organisation",
    ],
)
def test_a_municipality_writes_by_the_functions_alone(cast: Cast, statement: str) -> None:
    bring_to(cast, State.VOORBEREIDING)
    with (
        in_municipality(cast.municipality),
        pytest.raises(ProgrammingError, match="denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_happened_is_never_rewritten(cast: Cast) -> None:
    pk = bring_to(cast, State.AANGEVRAAGD)

    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Entry.objects.filter(handover=pk).update(person="iemand@x.example")


def test_a_neighbour_finds_and_does_nothing(cast: Cast, utrecht: Municipality) -> None:
    pk = bring_to(cast, State.VOORBEREIDING)
    task = Task.objects.filter(handover=pk, side=Side.GEMEENTE).first()
    assert task is not None
    with in_municipality(utrecht):
        found = [rows().of(model).count() for model in (Handover, Entry, Task)]
        behind = [model.objects.behind_the_door().count() for model in (Handover, Entry, Task)]
        stepped = rows().call(
            "handover_step", pk, "voorbereiding", "afgebroken", "afbreken", "x@x.example", "", None, None
        )
        done = rows().call("handover_task_done", task.pk, "x@x.example", "")

    assert (found, behind, stepped, done) == ([0, 0, 0], [0, 0, 0], False, False)
    assert state_of(pk) == State.VOORBEREIDING


@pytest.mark.parametrize("who", ["the same", "a partner", "nobody"])
def test_a_tampered_organisation_takes_nothing_over(cast: Cast, who: str) -> None:
    to = {"the same": cast.old.pk, "a partner": partner_organisation().pk, "nobody": 999_999}[who]

    with in_municipality(cast.municipality), pytest.raises(HandoverRefused, match="niet overnemen"):
        begin("host", to, decision="x", decided_on=DECIDED, person=known_person(cast.gemeente))

    assert not Handover.objects.exists()


def test_one_role_is_handed_over_once_at_a_time(cast: Cast) -> None:
    begun(cast)

    with pytest.raises(HandoverRefused, match="loopt al"):
        begun(cast)


def test_another_organisation_finds_nothing(cast: Cast) -> None:
    third = Organisation.objects.create(name="Derde", kind=Organisation.Kind.VENDOR)
    outsider = browser_of(
        House.of(None), member(House.of(None), "eigenaar", "d@d.example", organisation=third)
    )
    pk = bring_to(cast, State.AANGEVRAAGD)

    assert outsider.get(f"/overdrachten/{pk}/").status_code == 404
    assert outsider.post(f"/overdrachten/{pk}/aanvaarden/", {"seen": "aangevraagd"}).status_code == 404
    assert "Haarlem" not in outsider.get("/overdrachten/").content.decode()
    assert state_of(pk) == State.AANGEVRAAGD


def test_a_concept_is_the_gemeentes_alone(cast: Cast) -> None:
    pk = begun(cast)

    for side in (cast.receiver, cast.former):
        assert browser_of(House.of(None), side).get(f"/overdrachten/{pk}/").status_code == 404


def test_the_wrong_side_is_told_who_can(cast: Cast) -> None:
    pk = bring_to(cast, State.AANGEVRAAGD)

    answer = browser_of(House.of(None), cast.former).post(
        f"/overdrachten/{pk}/aanvaarden/", {"seen": "aangevraagd"}
    )

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Dimpact: eigenaar" in page


def test_a_stale_page_is_told_what_happened(cast: Cast) -> None:
    pk = bring_to(cast, State.AANVAARD)
    browser = browser_of(House.of(cast.municipality), cast.gemeente)

    answer = browser.post(f"/overdracht/{pk}/afbreken/", {"seen": "aangevraagd", "words": "Toch niet."})

    assert answer.status_code == 409
    assert "nieuw@dimpact.example" in answer.content.decode()
    assert state_of(pk) == State.AANVAARD


def test_what_is_typed_is_shown_as_text(cast: Cast) -> None:
    nasty = "<script>alert(1)</script>"
    Organisation.objects.filter(pk=cast.new.pk).update(name=nasty)
    with in_municipality(cast.municipality):
        person = known_person(cast.gemeente)
        pk = begin("host", cast.new.pk, decision=nasty, decided_on=DECIDED, person=person)
    gemeente = browser_of(House.of(cast.municipality), cast.gemeente)
    gemeente.post(f"/overdracht/{pk}/aanvragen/", {"seen": "concept"})
    gemeente.post(f"/overdracht/{pk}/afbreken/", {"seen": "aangevraagd", "words": nasty})
    vendor = browser_of(House.of(None), cast.receiver)

    assert state_of(pk) == State.AFGEBROKEN
    for browser, path in (
        (gemeente, f"/overdracht/{pk}/"),
        (gemeente, "/overdracht/"),
        (gemeente, "/overdracht/nieuw/"),
        (vendor, f"/overdrachten/{pk}/"),
        (vendor, "/overdrachten/"),
        (vendor, "/partners/"),
        (vendor, f"/partners/{cast.new.pk}/"),
    ):
        page = browser.get(path)
        assert page.status_code == 200
        assert nasty not in page.content.decode()
