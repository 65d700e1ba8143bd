"""The pages of access, at the vendor and at a municipality, as people go through them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from access.asking import MOST_ZAAKTYPEN, Wish, ask
from access.models import Emergencies, Grant, Kind, Scope, State
from access.refusals import AccessRefused
from backoffice.models import LogLine
from tenants.accounts.models import Membership
from tenants.accounts.person import person_of
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.people import House, browser_of, member

UNKNOWN = "00000000-0000-4000-8000-000000000000"
XSS = "<img src=x onerror=alert(1)>"


@pytest.fixture
def asker(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture
def boss(at_haarlem: House) -> Membership:
    return member(at_haarlem, "beheerder", "lia@haarlem.example")


def wish(municipality: Municipality, **given: Any) -> dict[str, Any]:
    return {
        "gemeente": municipality.pk,
        "ticket": "2043",
        "reason": "Nagaan waarom",
        "scopes": ["techniek", "zaakgegevens"],
        "maximum": "4",
        "hours": "8",
        **given,
    }


def test_asked_shortened_and_stopped(
    vendor: House, at_haarlem: House, haarlem: Municipality, asker: Membership, boss: Membership
) -> None:
    theirs, ours = browser_of(vendor, asker), browser_of(at_haarlem, boss)
    theirs.post("/toegang/aanvragen/", wish(haarlem))
    grant = Grant.objects.get()
    at = f"/toegang/{grant.pk}/"

    assert "vraagt toegang" in ours.get(at).content.decode()
    decided = ours.post(f"{at}besluit/", {"scopes": ["zaakgegevens"], "maximum": "3", "hours": "4"})
    assert decided.status_code == 303
    grant.refresh_from_db()
    assert (grant.state, grant.hours_allowed, grant.maximum) == (State.TOEGESTAAN, 4, 3)
    page = theirs.get("/gemeenten/").content.decode()
    assert "U hebt toegang tot Haarlem, productie." in page
    assert f"/toegang/{grant.pk}/teruggeven/" in page
    assert ours.post(f"{at}stoppen/").status_code == 303
    assert "U hebt toegang" not in theirs.get("/gemeenten/").content.decode()
    assert ours.post(f"{at}stoppen/").status_code == 409


def test_what_is_missing_is_said(vendor: House, haarlem: Municipality, asker: Membership) -> None:
    answer = browser_of(vendor, asker).post(
        "/toegang/aanvragen/", wish(haarlem, reason=" ", zaaktypen="geen")
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Schrijf op waarom u toegang nodig hebt" in page
    assert "Geef van elk zaaktype" in page
    assert not Grant.objects.exists()


def test_the_same_form_twice_is_one_request(vendor: House, haarlem: Municipality, asker: Membership) -> None:
    browser = browser_of(vendor, asker)

    answers = [browser.post("/toegang/aanvragen/", wish(haarlem)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 422]
    assert Grant.objects.count() == 1


@pytest.mark.parametrize(
    "more",
    [
        {"hours": "24"},
        {"maximum": "5"},
        {"scopes": ["instellingen"]},
        {"scopes": []},
        {"zaaktypen": ["elders/x"]},
    ],
)
def test_a_form_that_adds_is_refused(
    at_haarlem: House, haarlem: Municipality, boss: Membership, more: dict[str, Any]
) -> None:
    grant = make_grant(haarlem, now=timezone.now(), scopes_asked=["zaakgegevens"], scopes=["zaakgegevens"])
    given = {"scopes": ["zaakgegevens"], "maximum": "3", "hours": "4", **more}

    answer = browser_of(at_haarlem, boss).post(f"/toegang/{grant.pk}/besluit/", given)

    grant.refresh_from_db()
    assert (answer.status_code, grant.state) == (422, State.AANGEVRAAGD)


def test_who_asked_does_not_decide_with_another_hat(
    at_haarlem: House, haarlem: Municipality, asker: Membership
) -> None:
    grant = make_grant(haarlem, now=timezone.now(), asker=asker)
    hat = member(at_haarlem, "beheerder", "sam@leverancier.example")

    answer = browser_of(at_haarlem, hat).post(
        f"/toegang/{grant.pk}/besluit/", {"scopes": ["techniek"], "maximum": "1", "hours": "1"}
    )

    assert answer.status_code == 409
    assert "U vroeg deze toegang zelf" in answer.content.decode()


def test_what_was_typed_is_text(
    vendor: House, at_haarlem: House, haarlem: Municipality, asker: Membership, boss: Membership
) -> None:
    grant = make_grant(
        haarlem,
        now=timezone.now(),
        asker=asker,
        reason=XSS,
        ticket=XSS,
        person_name=XSS,
        organisation_name=XSS,
    )
    at = f"/toegang/{grant.pk}/"
    pages = [browser_of(vendor, asker).get(path) for path in ("/toegang/", at)]
    pages += [
        browser_of(at_haarlem, boss).get(path)
        for path in ("/toegang/", at, f"{at}besluit/", f"{at}weigeren/")
    ]

    assert [page.status_code for page in pages] == [200] * 6
    assert not any(XSS in page.content.decode() for page in pages)


@pytest.mark.parametrize(
    ("given", "kept"), [("Genoeg gezien", "Genoeg gezien"), ("", ""), ("x" * 201, ""), ("a\x00b", "")]
)
def test_a_stop_takes_a_reason_and_waits_for_none(
    vendor: House, at_haarlem: House, haarlem: Municipality, boss: Membership, given: str, kept: str
) -> None:
    now = timezone.now()
    grant = make_grant(
        haarlem, now=now, state=State.TOEGESTAAN, valid_from=now, valid_until=now + timedelta(hours=1)
    )
    ours = browser_of(at_haarlem, boss)
    assert 'name="reason"' in ours.get(f"/toegang/{grant.pk}/").content.decode()

    assert ours.post(f"/toegang/{grant.pk}/stoppen/", {"reason": given}).status_code == 303

    grant.refresh_from_db()
    assert (grant.state, grant.end_reason) == (State.INGETROKKEN, kept)
    line = LogLine.objects.get(action="toegang gestopt")
    assert line.changes["reden"] == [None, kept or None]


def test_an_emergency_from_begin_to_end(
    vendor: House, at_haarlem: House, haarlem: Municipality, asker: Membership, boss: Membership
) -> None:
    theirs, ours = browser_of(vendor, asker), browser_of(at_haarlem, boss)
    colleague = browser_of(vendor, member(vendor, "operatie"))
    ours.post("/toegang/noodtoegang/", {"before": "nee", "after": "ja"})
    theirs.post("/toegang/nood/", wish(haarlem, hours="2"))
    grant = Grant.objects.get(kind=Kind.NOOD)
    at = f"/toegang/{grant.pk}/"

    assert theirs.post(f"{at}bevestigen/").status_code == 409
    assert colleague.get(f"{at}bevestigen/").status_code == 200
    assert colleague.post(f"{at}bevestigen/").status_code == 303
    assert "heeft noodtoegang tot" in ours.get("/medewerkers/").content.decode()
    assert theirs.post(f"{at}teruggeven/").status_code == 303
    assert "heeft noodtoegang tot" not in ours.get("/medewerkers/").content.decode()
    assert theirs.post(f"{at}verantwoorden/", {"words": "De rij is geleegd"}).status_code == 303
    assert "De rij is geleegd" in ours.get(at).content.decode()
    assert ours.post(f"{at}oordeel/", {"judgement": "dispute", "words": ""}).status_code == 422
    assert ours.post(f"{at}oordeel/", {"judgement": "dispute", "words": "Wij sliepen"}).status_code == 303
    grant.refresh_from_db()
    assert grant.state == State.BETWIST


def test_only_the_privacy_officer_shows_personal_data(
    at_haarlem: House, haarlem: Municipality, boss: Membership
) -> None:
    now = timezone.now()
    grant = make_grant(
        haarlem, now=now, state=State.TOEGESTAAN, valid_from=now, valid_until=now + timedelta(hours=1)
    )
    officer = member(at_haarlem, "privacyfunctionaris")
    path = f"/toegang/{grant.pk}/persoonsgegevens/"

    assert browser_of(at_haarlem, boss).post(path).status_code == 409
    assert browser_of(at_haarlem, officer).post(path).status_code == 303
    grant.refresh_from_db()
    assert not grant.mask_personal_data


def test_a_form_of_the_setting_that_is_stale_changes_nothing(at_haarlem: House, boss: Membership) -> None:
    browser = browser_of(at_haarlem, boss)
    given = {"before": "nee", "after": "ja"}

    assert [browser.post("/toegang/noodtoegang/", given).status_code for _ in range(2)] == [303, 409]
    assert Emergencies.objects.get().allowed


def test_long_lists_take_few_statements(
    vendor: House,
    at_haarlem: House,
    haarlem: Municipality,
    asker: Membership,
    boss: Membership,
    django_assert_max_num_queries: Any,
) -> None:
    now = timezone.now()
    for _ in range(40):
        make_grant(haarlem, now=now, asker=asker, state=State.GEWEIGERD, decided_at=now)
    theirs, ours = browser_of(vendor, asker), browser_of(at_haarlem, boss)
    theirs.get("/toegang/")
    ours.get("/toegang/")

    with django_assert_max_num_queries(14):
        assert theirs.get("/toegang/", staat="geweigerd", q="Sam").status_code == 200
    with django_assert_max_num_queries(14):
        assert ours.get("/toegang/", staat="geweigerd").status_code == 200


def test_it_is_read_in_english(vendor: House, asker: Membership) -> None:
    browser = browser_of(vendor, asker)
    browser.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert ">Request access</h1>" in browser.get("/toegang/aanvragen/").content.decode()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("geen uuid", "adres of de UUID"),
        (f"{UNKNOWN} {UNKNOWN[:-1]}", "adres of de UUID"),
        (f"{UNKNOWN} " * 101, "hoogstens 100"),
    ],
)
def test_zaaktypen_are_held_to_shape_and_count(
    vendor: House, haarlem: Municipality, asker: Membership, words: str, complaint: str
) -> None:
    answer = browser_of(vendor, asker).post("/toegang/aanvragen/", wish(haarlem, zaaktypen=words))

    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert not Grant.objects.exists()


def test_the_act_itself_holds_them_to_their_count(haarlem: Municipality, asker: Membership) -> None:
    with for_vendor():
        person = person_of(asker.user)
    assert person
    zaaktypen = tuple(uuid4() for _ in range(MOST_ZAAKTYPEN + 1))
    asked = Wish("Nagaan", "2043", (Scope.TECHNIEK,), 1, zaaktypen=zaaktypen)

    with pytest.raises(AccessRefused, match="hoogstens 100"):
        ask(haarlem, asked, person=person, now=timezone.now())
    ask(haarlem, replace(asked, zaaktypen=zaaktypen[1:]), person=person, now=timezone.now())


def test_a_zaaktype_that_is_not_there_is_shown_as_unknown(
    at_haarlem: House, haarlem: Municipality, boss: Membership
) -> None:
    grant = make_grant(
        haarlem, now=timezone.now(), zaaktypen_asked=[UUID(UNKNOWN)], zaaktypen=[UUID(UNKNOWN)]
    )
    browser = browser_of(at_haarlem, boss)

    for path in (f"/toegang/{grant.pk}/", f"/toegang/{grant.pk}/besluit/"):
        assert f"onbekend: {UNKNOWN}" in browser.get(path).content.decode()
