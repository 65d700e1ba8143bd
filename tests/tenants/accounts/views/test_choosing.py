"""Of many municipalities one looks for those that a colleague, or a key, is limited to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.accounts.choosing import MOST_SHOWN
from tenants.accounts.models import Invitation, Membership
from tenants.registry.models import Municipality
from tests.people import Browser, House, browser_of, member, vendor_organisation

FORM = "/medewerkers/uitnodigen/"
BOX = re.compile(r'<input[^>]*name="municipalities"[^>]*>')
VALUE = re.compile(r'value="([^"]*)"')


@pytest.fixture
def many(db: None) -> None:
    """As many as a whole country has."""
    vendor = vendor_organisation()
    Municipality.objects.bulk_create(
        Municipality(schema_name=f"dorp_{number}", naam=f"Dorp {number:03}", vendor=vendor, status="actief")
        for number in range(340)
    )


@pytest.fixture
def boss(vendor: House) -> Browser:
    return browser_of(vendor, member(vendor, "eigenaar"))


def given(**how: Any) -> dict[str, Any]:
    organisation = str(vendor_organisation().pk)
    return {"email": "nieuw@x.example", "role": "helpdesk", "organisation": organisation, **how}


def boxes(answer: Any) -> dict[str, bool]:
    """The municipalities that can be chosen, and whether each is."""
    found = BOX.findall(answer.content.decode())
    return {VALUE.findall(box)[0]: "checked" in box for box in found}


def test_of_a_few_all_stand_there(boss: Browser) -> None:
    page = boss.get(FORM)

    assert boxes(page) == {"haarlem": False, "utrecht": False}
    assert 'name="find"' not in page.content.decode()


def test_of_many_none_stands_there_until_one_looks(many: None, boss: Browser) -> None:
    page = boss.get(FORM)

    assert boxes(page) == {}
    assert 'name="find"' in page.content.decode()


def test_looking_keeps_what_was_filled_in_and_complains_of_nothing(many: None, boss: Browser) -> None:
    answer = boss.post(FORM, given(email="half", find="dorp 33", municipalities=["haarlem"], zoek="1"))
    shown = answer.content.decode()

    assert answer.status_code == 200
    assert boxes(answer) == {"haarlem": True} | {f"dorp_{number}": False for number in range(330, 340)}
    assert 'value="half"' in shown
    assert "10 gemeenten gevonden" in shown
    assert "zp-summary" not in shown
    assert not Invitation.objects.exists()


def test_what_was_found_and_chosen_is_given(many: None, boss: Browser) -> None:
    chosen = ["haarlem", "dorp_7"]

    answer = boss.post(FORM, given(is_limited="on", municipalities=chosen, find="iets anders"))

    assert answer.status_code == 303
    assert Invitation.objects.get().municipalities == sorted(chosen)


@pytest.mark.parametrize("word", ["", " ", "\x00", "x" * 500, "%", "<script>"])
def test_any_word_may_be_looked_for(many: None, boss: Browser, word: str) -> None:
    answer = boss.post(FORM, given(find=word, municipalities=["weg", "a\x00b"], zoek="1"))

    assert answer.status_code == 200
    assert boxes(answer) == {}
    assert "<script>1" not in answer.content.decode()


def test_so_many_are_shown_and_no_more(many: None, boss: Browser) -> None:
    answer = boss.post(FORM, given(find="dorp", zoek="1"))

    assert len(boxes(answer)) == MOST_SHOWN
    assert "Typ meer van de naam" in answer.content.decode()


@pytest.mark.parametrize("strange", ["weg", "a\x00b", ""])
def test_what_is_not_there_is_not_given(many: None, boss: Browser, strange: str) -> None:
    assert boss.post(FORM, given(is_limited="on", municipalities=[strange])).status_code == 422
    assert not Invitation.objects.exists()


def test_who_is_limited_finds_only_what_he_sees(many: None, vendor: House) -> None:
    seen = tuple(f"dorp_{number}" for number in range(30))
    limited = browser_of(vendor, member(vendor, "eigenaar", municipalities=seen))

    answer = limited.post(FORM, given(find="dorp 1", municipalities=["dorp_300"], zoek="1"))

    assert boxes(answer) == {}
    found = limited.post(FORM, given(find="dorp 01", zoek="1"))
    assert set(boxes(found)) == {f"dorp_{number}" for number in range(10, 20)}


def test_a_role_is_changed_by_the_same_form(many: None, vendor: House, boss: Browser) -> None:
    colleague = member(vendor, "helpdesk", "h@x.example", municipalities=("dorp_1",))
    at = f"/medewerkers/rol/{colleague.pk}/wijzigen/"

    assert boxes(boss.get(at)) == {"dorp_1": True}
    found = boss.post(at, given(find="dorp 002", municipalities=["dorp_1"], zoek="1"))
    assert boxes(found) == {"dorp_1": True, "dorp_2": False}
    assert Membership.objects.get(pk=colleague.pk).ended_at is None


def test_a_key_is_limited_by_the_same_form(many: None, boss: Browser) -> None:
    found = boss.post("/sleutels/nieuw/", {"find": "dorp 002", "scopes": ["taken:read"], "zoek": "1"})

    assert found.status_code == 200
    assert boxes(found) == {"dorp_2": False}


def test_it_costs_as_much_with_many_as_with_few(many: None, boss: Browser) -> None:
    costs = []
    boss.get(FORM)  # which finds the site and who one is
    for word in ("dorp 001", "dorp 00", "dorp"):
        with CaptureQueriesContext(connection) as statements:
            boss.post(FORM, given(find=word, zoek="1"))
        costs.append(len(statements))

    assert costs[1] == costs[2]
