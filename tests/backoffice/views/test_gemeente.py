from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from backoffice.models import LogLine
from backoffice.states import CONSEQUENCES, decide
from tenants.accounts.person import person_of
from tenants.jobs.asking import abandon, ask
from tenants.jobs.models import Job
from tenants.onboarding.letter import LETTER
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality, StateChange
from tenants.registry.states import FOLLOWS, StateRefused, Status
from tests.backoffice.conftest import As, text
from tests.people import Browser, House, member

CHANGE = {"to": "beperkt", "reason": "Rekening <open>", "before": "actief"}


def test_a_municipality_is_shown_in_numbers(boss: Browser, haarlem: Municipality) -> None:
    page = text(boss.get(f"/gemeenten/{haarlem.pk}/"))

    assert "haarlem.localhost" in page
    assert "Applicaties" in page
    assert "Noord-Holland" in page


def test_of_its_people_roles_are_counted_and_nobody_is_named(boss: Browser, haarlem: Municipality) -> None:
    member(House.of(haarlem), "beheerder", "iemand@haarlem.example")

    page = text(boss.get(f"/gemeenten/{haarlem.pk}/"))

    assert "Beheerder" in page
    assert "iemand@haarlem.example" not in page


@pytest.mark.parametrize("path", ["", "staat/", "beeindigen/"])
def test_what_one_does_not_see_is_not_there(signed_in: As, utrecht: Municipality, path: str) -> None:
    browser = signed_in("eigenaar", municipalities=("haarlem",))

    assert browser.get(f"/gemeenten/{utrecht.pk}/{path}").status_code == 404


def test_a_state_is_changed_with_a_reason_and_logged(boss: Browser, haarlem: Municipality) -> None:
    answer = boss.post(f"/gemeenten/{haarlem.pk}/staat/", CHANGE)

    haarlem.refresh_from_db()
    line = LogLine.objects.get(action="staat gewijzigd", person_id__isnull=False)
    assert (answer.status_code, haarlem.status) == (303, "beperkt")
    assert line.municipality == "haarlem"
    assert line.changes == {"staat": ["actief", "beperkt"], "reden": [None, "Rekening <open>"]}
    assert "<open>" not in text(boss.get(f"/gemeenten/{haarlem.pk}/"))


@pytest.mark.parametrize(
    "given", [{"to": "beeindigd"}, {"to": "in_inrichting"}, {"reason": " "}, {"before": ""}, {"to": "x"}]
)
def test_a_change_that_cannot_be_changes_nothing(
    boss: Browser, haarlem: Municipality, given: dict[str, str]
) -> None:
    answer = boss.post(f"/gemeenten/{haarlem.pk}/staat/", {**CHANGE, **given})

    haarlem.refresh_from_db()
    assert (answer.status_code, haarlem.status) == (422, "actief")
    assert not StateChange.objects.filter(municipality=haarlem, after="beperkt").exists()


@pytest.mark.parametrize("first", ["in_exit", "beperkt"])
def test_who_comes_second_sees_what_changed(
    boss: Browser, haarlem: Municipality, vendor: House, first: str
) -> None:
    other = member(vendor, "operatie")
    with vendor.entered():
        person = person_of(other.user)
        assert person
        decide(haarlem, first, before="actief", reason="Zij verhuizen.", person=person)

    answer = boss.post(f"/gemeenten/{haarlem.pk}/staat/", CHANGE)

    haarlem.refresh_from_db()
    assert (answer.status_code, haarlem.status) == (409, first)
    assert "Zij verhuizen." in text(answer)
    assert "operatie@localhost.example" in text(answer)


def test_ending_asks_for_the_name(boss: Browser, haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status="in_exit")
    given = {"before": "in_exit", "reason": "Overgedragen."}

    wrong = boss.post(f"/gemeenten/{haarlem.pk}/beeindigen/", {**given, "typed": "Utrecht"})
    right = boss.post(f"/gemeenten/{haarlem.pk}/beeindigen/", {**given, "typed": "Haarlem"})

    haarlem.refresh_from_db()
    assert (wrong.status_code, right.status_code, haarlem.status) == (422, 303, "beeindigd")
    assert boss.get(f"/gemeenten/{haarlem.pk}/").status_code == 200


def test_an_active_municipality_does_not_end_at_once(boss: Browser, haarlem: Municipality) -> None:
    given = {"before": "actief", "reason": "Vergissing.", "typed": "Haarlem"}

    answer = boss.post(f"/gemeenten/{haarlem.pk}/beeindigen/", given)

    haarlem.refresh_from_db()
    assert (answer.status_code, haarlem.status) == (422, "actief")


def test_operations_change_a_state_and_end_nothing(signed_in: As, haarlem: Municipality) -> None:
    browser = signed_in("operatie")

    assert browser.get(f"/gemeenten/{haarlem.pk}/staat/").status_code == 200
    assert browser.get(f"/gemeenten/{haarlem.pk}/beeindigen/").status_code == 403


def test_the_helpdesk_changes_nothing(signed_in: As, haarlem: Municipality) -> None:
    answer = signed_in("helpdesk").post(f"/gemeenten/{haarlem.pk}/staat/", CHANGE)

    haarlem.refresh_from_db()
    assert (answer.status_code, haarlem.status) == (403, "actief")


def test_who_signed_in_long_ago_is_asked_again(signed_in: As, haarlem: Municipality, vendor: House) -> None:
    membership = member(vendor, "operatie")
    browser = Browser(vendor).sign_in(membership.user)

    answer = browser.post(f"/gemeenten/{haarlem.pk}/staat/", CHANGE)

    haarlem.refresh_from_db()
    assert "/account/" in answer.headers["Location"]
    assert haarlem.status == "actief"


def test_every_state_that_may_follow_says_what_it_means() -> None:
    assert {state for following in FOLLOWS.values() for state in following} <= {*CONSEQUENCES}
    assert Status.BEEINDIGD in CONSEQUENCES


def test_a_page_of_a_municipality_takes_few_statements(
    boss: Browser, haarlem: Municipality, django_assert_max_num_queries: Any
) -> None:
    boss.get(f"/gemeenten/{haarlem.pk}/")

    with django_assert_max_num_queries(27):
        boss.get(f"/gemeenten/{haarlem.pk}/")


@pytest.fixture
def letter(haarlem: Municipality) -> bytes:
    with in_municipality(haarlem):
        default_storage.save(LETTER, ContentFile(b"%PDF-1.7 van Haarlem"))
    return b"%PDF-1.7 van Haarlem"


def test_the_welcome_letter_is_taken_and_that_is_logged(
    signed_in: As, haarlem: Municipality, letter: bytes
) -> None:
    browser = signed_in("helpdesk")
    assert "Welkomstbrief (PDF)" in text(browser.get(f"/gemeenten/{haarlem.pk}/"))

    answer = browser.get(f"/gemeenten/{haarlem.pk}/welkomstbrief/")

    assert answer.content == letter
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert LogLine.objects.get(action="welkomstbrief opgehaald").municipality == "haarlem"


def test_a_letter_of_another_is_not_there(
    boss: Browser, signed_in: As, haarlem: Municipality, utrecht: Municipality, letter: bytes
) -> None:
    limited = signed_in("eigenaar", "ander@localhost.example", municipalities=("utrecht",))

    assert "Welkomstbrief" not in text(boss.get(f"/gemeenten/{utrecht.pk}/"))
    assert boss.get(f"/gemeenten/{utrecht.pk}/welkomstbrief/").status_code == 404
    assert limited.get(f"/gemeenten/{haarlem.pk}/welkomstbrief/").status_code == 404
    assert not LogLine.objects.filter(action="welkomstbrief opgehaald").exists()


def test_a_set_up_that_stands_still_says_so(boss: Browser, haarlem: Municipality, failed_job: Job) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status="in_inrichting")
    page, state = f"/gemeenten/{haarlem.pk}/", f"/gemeenten/{haarlem.pk}/staat/"
    assert "De inrichting ligt stil" not in text(boss.get(page))
    assert "De inrichting ligt stil" not in text(boss.get("/"))
    assert "De inrichting opent de gemeente zelf" in text(boss.get(state))

    abandon(failed_job, now=timezone.now())

    assert "De inrichting ligt stil" in text(boss.get(page))
    assert f"/taken/{failed_job.pk}/" in text(boss.get(page))
    assert "De inrichting ligt stil" in text(boss.get("/"))
    assert "De inrichting ligt stil" in text(boss.get("/gemeenten/", aandacht="nodig"))
    assert "De inrichting opent de gemeente zelf" not in text(boss.get(state))


def test_a_set_up_that_was_begun_again_does_not_stand_still(boss: Browser, haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status="in_inrichting")
    ask("onboarding", "haarlem", asked_by="Noor", given={"naam": "Haarlem"})

    assert "De inrichting ligt stil" not in text(boss.get(f"/gemeenten/{haarlem.pk}/"))


def test_of_its_state_is_said_what_it_means(boss: Browser, haarlem: Municipality) -> None:
    page = text(boss.get(f"/gemeenten/{haarlem.pk}/"))

    assert str(CONSEQUENCES["actief"]) in page
    assert page.count("<table") <= 2


def test_who_may_not_read_the_log_reads_no_line_of_it_here(
    boss: Browser, signed_in: As, haarlem: Municipality
) -> None:
    boss.post(f"/gemeenten/{haarlem.pk}/staat/", CHANGE)

    assert "Staat gewijzigd" in text(boss.get(f"/gemeenten/{haarlem.pk}/"))
    assert "Staat gewijzigd" not in text(signed_in("helpdesk").get(f"/gemeenten/{haarlem.pk}/"))


def test_what_is_set_up_is_opened_by_nobody_else(vendor: House, haarlem: Municipality) -> None:
    boss = member(vendor, "eigenaar")
    Municipality.objects.filter(pk=haarlem.pk).update(status="in_inrichting")
    with vendor.entered():
        person = person_of(boss.user)
        assert person
        with pytest.raises(StateRefused, match="De inrichting opent de gemeente zelf"):
            decide(haarlem, "actief", before="in_inrichting", reason="Het duurt lang.", person=person)


def test_what_is_set_up_is_not_opened_by_hand(boss: Browser, haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status="in_inrichting")

    answer = boss.post(
        f"/gemeenten/{haarlem.pk}/staat/", {**CHANGE, "to": "actief", "before": "in_inrichting"}
    )

    haarlem.refresh_from_db()
    assert (answer.status_code, haarlem.status) == (422, "in_inrichting")
