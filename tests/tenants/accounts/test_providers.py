"""Signing in at an identity provider, with a real one in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.core import mail
from pytest_django.fixtures import Settings
from requests import Response

from tenants.accounts.invitations import invite
from tenants.accounts.memberships import Grant, MembershipRefused
from tenants.accounts.models import SignIn, User
from tenants.accounts.person import Person, person_of
from tenants.accounts.provider import Settings as Connection
from tenants.accounts.provider import save_connection
from tenants.accounts.sign_ins import note_provider_proof
from tenants.registry.models import AllowedHost, Municipality
from tests.people import (
    Browser,
    House,
    browser_of,
    member,
    partner_organisation,
    vendor_organisation,
)
from tests.tenants.accounts.provider import Provider, running_provider

SLUG = "ad"
LOGIN = f"/account/oidc/{SLUG}/login/"
SAME_ADDRESS = "ann@haarlem.example"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as started:
        yield started


@pytest.fixture(autouse=True)
def reachable(provider: Provider, haarlem: Municipality, utrecht: Municipality, settings: Settings) -> None:
    """Its private address is allowed here, as an administrator of the deployment would."""
    settings.VENDOR_ALLOWED_HOSTS = [f"127.0.0.1:{provider.port}"]
    for municipality in (haarlem, utrecht):
        AllowedHost.objects.create(municipality=municipality, host="127.0.0.1", port=provider.port)


def connect(
    house: House, provider: Provider, *, by: Person, groups: dict[str, str] | None = None
) -> SocialApp:
    settings = Connection(SLUG, "Account", provider.issuer, "zaakplein", "geheim", "groups", groups or {})
    with house.entered():
        return save_connection(settings, person=by)


ODD = {"code_challenge_methods_supported": 5, "issuer": ["a"], "jwks_uri": {"a": 1}, "token_endpoint": 7}


@pytest.mark.parametrize(
    ("document", "finding"),
    [
        (ODD, "niet goed"),
        ({**ODD, "code_challenge_methods_supported": [5, None]}, "5, None"),
        ({"code_challenge_methods_supported": {"S256": "a" * 10_000}}, "niet goed"),
        (["een", "lijst"], "Het antwoord is geen JSON-object."),
        ("tekst", "Het antwoord is geen JSON-object."),
    ],
)
def test_an_odd_provider_is_a_finding_on_the_page(
    at_haarlem: House, provider: Provider, monkeypatch: pytest.MonkeyPatch, document: Any, finding: str
) -> None:
    boss = member(at_haarlem, "beheerder")
    with at_haarlem.entered():
        person = person_of(boss.user)
    assert person is not None
    app = connect(at_haarlem, provider, by=person)
    monkeypatch.setattr(Response, "json", lambda self: document)

    answer = browser_of(at_haarlem, boss).post(f"/inloggen/{app.pk}/testen/")

    assert answer.status_code == 200
    assert finding in answer.content.decode()
    assert "a" * 300 not in answer.content.decode()


def boss_of(house: House, highest: str) -> Person:
    membership = member(house, highest, "baas@x.example")
    with house.entered():
        person = person_of(membership.user)
    assert person is not None
    return person


def go_through(browser: Browser, provider: Provider, subject: str, path: str = LOGIN, **query: str) -> Any:
    """Start here, sign in there, come back."""
    away = browser.post(path + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""))
    back = provider.sign_in(leads_to(away), subject)
    return browser.client.get(back, headers={"host": browser.house.host})


def leads_to(page: Any) -> str:
    """Where the browser goes by itself."""
    return str(page["Refresh"]).partition("url=")[2]


def link(house: House, user: User, subject: str) -> None:
    with house.entered():
        SocialAccount.objects.create(user=user, provider=SLUG, uid=subject)


def test_a_linked_person_signs_in(house: House, highest: str, lowest: str, provider: Provider) -> None:
    connect(house, provider, by=boss_of(house, highest))
    user = member(house, lowest, password=None, second_factor=False).user
    link(house, user, "sub-1")
    provider.knows("sub-1", {"email": "other@x.example"})
    browser = Browser(house)

    go_through(browser, provider, "sub-1")

    with house.entered():
        attempt = SignIn.objects.select_related("user").get()
    assert (attempt.user, attempt.outcome, attempt.method) == (user, "signed_in", SLUG)


def test_an_equal_address_links_nobody(house: House, highest: str, lowest: str, provider: Provider) -> None:
    connect(house, provider, by=boss_of(house, highest))
    member(house, lowest, SAME_ADDRESS)
    provider.knows("thief", {"email": SAME_ADDRESS, "email_verified": True})
    browser = Browser(house)

    response = go_through(browser, provider, "thief")

    assert response.status_code == 403
    assert browser.get("/")["Location"].startswith(f"{house.prefix}/account/login/")
    with house.entered():
        assert not SocialAccount.objects.exists()


def test_an_unknown_person_gets_no_account(house: House, highest: str, provider: Provider) -> None:
    connect(house, provider, by=boss_of(house, highest))
    provider.knows("new", {"email": "new@x.example"})

    response = go_through(Browser(house), provider, "new")

    assert response.status_code == 403
    with house.entered():
        assert User.objects.count() == 1


def test_an_invited_person_takes_it_up_at_the_provider(
    house: House, highest: str, lowest: str, provider: Provider, django_capture_on_commit_callbacks: Any
) -> None:
    connect(house, provider, by=boss_of(house, highest))
    organisation = None if house.municipality else vendor_organisation().pk
    with house.entered(), django_capture_on_commit_callbacks(execute=True):
        invite("ann@x.example", Grant(lowest, organisation), person=None, site=f"http://{house.host}")
    letter = str(mail.outbox[-1].body)
    start = f"http://{house.host}{house.prefix}"
    path = next(line for line in letter.splitlines() if line.startswith(start)).removeprefix(start)
    provider.knows("ann", {"email": "elsewhere@x.example", "name": "Ann"})
    browser = Browser(house)

    away = browser.post(path, {"provider": SLUG})
    browser.client.get(provider.sign_in(leads_to(away), "ann"), headers={"host": house.host})

    with house.entered():
        user = User.objects.get(email="ann@x.example")
        assert SocialAccount.objects.get(user=user).uid == "ann"
        assert person_of(user) is not None
    assert user.name == "Ann"


def test_who_is_signed_in_links_his_own_account(
    house: House, highest: str, lowest: str, provider: Provider
) -> None:
    connect(house, provider, by=boss_of(house, highest))
    membership = member(house, lowest)
    provider.knows("mine", {"email": "x@x.example"})

    go_through(browser_of(house, membership), provider, "mine", process="connect")

    with house.entered():
        assert SocialAccount.objects.get(uid="mine").user == membership.user


def test_linking_asks_again_who_you_are(house: House, highest: str, lowest: str, provider: Provider) -> None:
    connect(house, provider, by=boss_of(house, highest))
    browser = Browser(house).sign_in(member(house, lowest).user)
    provider.knows("mine", {"email": "x@x.example"})

    go_through(browser, provider, "mine", process="connect")

    with house.entered():
        assert not SocialAccount.objects.exists()


def test_groups_give_a_role(house: House, highest: str, lowest: str, provider: Provider) -> None:
    connect(house, provider, by=boss_of(house, highest), groups={"admins": highest, "all": lowest})
    user = member(house, lowest, second_factor=False).user
    link(house, user, "sub-2")
    provider.knows("sub-2", {"groups": ["all", "admins", "none of ours"]})

    go_through(Browser(house), provider, "sub-2")

    with house.entered():
        person = person_of(user)
    assert person is not None
    assert person.role == highest


def test_without_a_mapped_group_nobody_comes_in(
    house: House, highest: str, lowest: str, provider: Provider
) -> None:
    connect(house, provider, by=boss_of(house, highest), groups={"admins": highest})
    user = member(house, lowest, second_factor=False).user
    link(house, user, "sub-3")
    provider.knows("sub-3", {"groups": ["others"]})

    response = go_through(Browser(house), provider, "sub-3")

    assert response.status_code == 403
    assert "groepen" in response.content.decode()


def test_groups_leave_the_last_of_the_highest_role(
    house: House, highest: str, lowest: str, provider: Provider
) -> None:
    boss = boss_of(house, highest)
    connect(house, provider, by=boss, groups={"all": lowest})
    link(house, boss.user, "boss")
    provider.knows("boss", {"groups": ["all"]})

    response = go_through(Browser(house), provider, "boss")

    assert response.status_code == 403
    with house.entered():
        person = person_of(boss.user)
    assert person is not None
    assert person.role == highest


def test_a_connection_of_haarlem_is_not_there_in_utrecht(
    at_haarlem: House, at_utrecht: House, provider: Provider
) -> None:
    connect(at_haarlem, provider, by=boss_of(at_haarlem, "beheerder"))

    assert Browser(at_haarlem).post(LOGIN)["Refresh"]
    assert Browser(at_utrecht).post(LOGIN).status_code == 404


def test_an_answer_for_haarlem_is_nothing_in_utrecht(
    at_haarlem: House, at_utrecht: House, provider: Provider
) -> None:
    for house in (at_haarlem, at_utrecht):
        connect(house, provider, by=boss_of(house, "beheerder"))
        link(house, member(house, "lezer").user, "sub-4")
    provider.knows("sub-4", {})
    away = Browser(at_haarlem).post(LOGIN)
    stranger = Browser(at_utrecht)

    stranger.client.get(provider.sign_in(leads_to(away), "sub-4"), headers={"host": at_utrecht.host})

    assert stranger.get("/").status_code == 302


def test_a_provider_signs_in_people_of_its_own_organisation_alone(vendor: House, provider: Provider) -> None:
    partner = partner_organisation()
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner)
    with vendor.entered():
        boss = person_of(theirs.user)
    assert boss is not None
    connect(vendor, provider, by=boss)
    ours = member(vendor, "eigenaar").user
    link(vendor, ours, "ours")
    provider.knows("ours", {})

    assert go_through(Browser(vendor), provider, "ours").status_code == 403


def test_a_connection_of_another_organisation_is_not_there_to_change(
    vendor: House, provider: Provider
) -> None:
    app = connect(vendor, provider, by=boss_of(vendor, "eigenaar"))
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner_organisation())
    browser = browser_of(vendor, theirs)

    assert browser.get(f"/inloggen/{app.pk}/").status_code == 404
    assert browser.post(f"/inloggen/{app.pk}/testen/").status_code == 404
    with vendor.entered():
        person = person_of(theirs.user)
        assert person is not None
        with pytest.raises(MembershipRefused):
            save_connection(
                Connection(SLUG, "x", "https://evil.example", "x", "x", "groups", {}), person=person
            )


def test_nobody_points_it_elsewhere_who_may_less_than_those_that_sign_in_by_it(
    vendor: House, provider: Provider
) -> None:
    """Who says where they sign in signs in as any of them."""
    boss = boss_of(vendor, "eigenaar")
    link(vendor, User.objects.get(email="baas@x.example"), "sub-1")
    with vendor.entered():
        save_connection(elsewhere(), person=boss)
        less = person_of(member(vendor, "operatie", "minder@x.example").user)
    assert less is not None

    with pytest.raises(MembershipRefused):
        connect(vendor, provider, by=less)
    connect(vendor, provider, by=boss)


def test_operatie_sees_with_what_people_sign_in_and_changes_nothing(vendor: House) -> None:
    browser = browser_of(vendor, member(vendor, "operatie"))

    assert browser.get("/inloggen/").status_code == 200
    assert browser.get("/inloggen/nieuw/").status_code == 403


def test_another_provider_gets_no_secret_of_the_first(house: House, highest: str, provider: Provider) -> None:
    boss = boss_of(house, highest)
    with house.entered():
        app = save_connection(elsewhere(), person=boss)
    browser = browser_of(house, member(house, highest, "ander@x.example"))
    given = {
        "slug": SLUG,
        "name": "Account",
        "issuer": provider.issuer,
        "client_id": "z",
        "groups_claim": "groups",
    }

    answer = browser.post(f"/inloggen/{app.pk}/", given)
    assert answer.status_code == 422
    assert "Vul het geheim opnieuw in" in answer.content.decode()

    with house.entered():
        save_connection(Connection(**given, secret="", group_roles={}), person=boss)
        assert SocialApp.objects.get(pk=app.pk).secret == ""


def elsewhere() -> Connection:
    return Connection(SLUG, "Account", "https://login.x.example", "zaakplein", "geheim", "groups", {})


def test_the_secret_is_sealed_and_never_shown(house: House, highest: str, provider: Provider) -> None:
    boss = boss_of(house, highest)
    app = connect(house, provider, by=boss)
    with house.entered():
        stored = SocialApp.objects.get().secret

    page = Browser(house).sign_in(boss.user).show_who_you_are(boss.user).get(f"/inloggen/{app.pk}/")

    assert stored not in {"", "geheim"}
    assert "geheim" not in page.content.decode().replace("Het geheim", "").replace("houdt het geheim", "")
    assert stored not in page.content.decode()


def test_the_page_tests_the_connection(house: House, highest: str, provider: Provider) -> None:
    boss = boss_of(house, highest)
    app = connect(house, provider, by=boss)
    browser = Browser(house).sign_in(boss.user)

    opened = browser.get(f"/inloggen/{app.pk}/testen/").content.decode()
    tried = browser.post(f"/inloggen/{app.pk}/testen/").content.decode()

    assert "De aanbieder antwoordt" not in opened
    assert "De sleutels zijn op te halen" in tried
    assert "Niet goed" not in tried.replace("PKCE met S256</td><td>Niet goed", "")


def test_a_private_address_that_nobody_allowed_is_not_asked(
    house: House, highest: str, provider: Provider, settings: Settings
) -> None:
    boss = boss_of(house, highest)
    app = connect(house, provider, by=boss)
    settings.VENDOR_ALLOWED_HOSTS = []
    AllowedHost.objects.all().delete()

    tried = Browser(house).sign_in(boss.user).post(f"/inloggen/{app.pk}/testen/").content.decode()

    assert "Geen bruikbaar antwoord" in tried
    assert Browser(house).post(LOGIN).status_code == 502


def test_who_has_only_a_provider_is_asked_there_again(
    house: House, highest: str, lowest: str, provider: Provider
) -> None:
    connect(house, provider, by=boss_of(house, highest))
    user = member(house, lowest, password=None, second_factor=False).user
    link(house, user, "sub-5")
    browser = Browser(house).sign_in(user)

    asked = browser.get("/account/2fa/totp/activate/")
    away = browser.post("/account/opnieuw/")

    assert "/account/opnieuw/" in asked["Location"]
    assert "prompt=login" in leads_to(away)
    assert "max_age=0" in leads_to(away)


@pytest.mark.parametrize(
    ("ago", "proved"), [(0, True), (80, True), (100, False), (-60, False), (None, False)]
)
def test_only_a_provider_that_asked_just_now_proves_anything(ago: int | None, *, proved: bool) -> None:
    token = {} if ago is None else {"auth_time": int(time.time()) - ago}
    request: Any = SimpleNamespace(session={})
    login = SimpleNamespace(account=SimpleNamespace(extra_data={"id_token": token}))

    note_provider_proof(request, login)

    assert bool(request.session) is proved


def test_nobody_else_says_what_is_asked_of_the_provider(
    house: House, highest: str, provider: Provider
) -> None:
    connect(house, provider, by=boss_of(house, highest))

    away = Browser(house).post(f"{LOGIN}?auth_params=redirect_uri%3Dhttps://evil.example&scope=evil")

    assert "evil" not in leads_to(away)
    assert "code_challenge_method=S256" in leads_to(away)
