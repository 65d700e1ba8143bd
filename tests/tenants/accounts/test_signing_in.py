from __future__ import annotations

import statistics
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override
from pytest_django.fixtures import Settings

from tenants.accounts import password_reset
from tenants.accounts.models import SignIn, User
from tenants.errands.models import Letter
from tenants.registry.models import Municipality
from tests.people import PASSWORD, SECRET, Browser, House, browser_of, code, member

LOGIN = "/account/login/"
AUTHENTICATE = "/account/2fa/authenticate/"
HOME = "/"


def give_password(browser: Browser, email: str, password: str = PASSWORD) -> Any:
    return browser.post(LOGIN, {"login": email, "password": password})


def outcomes(house: House) -> list[str]:
    with house.entered():
        return [each.outcome for each in SignIn.objects.order_by("at", "pk")]


def test_password_and_code_sign_in(house: House, lowest: str) -> None:
    user = member(house, lowest).user
    browser = Browser(house)

    first = give_password(browser, user.email.upper())
    between = browser.get(HOME)
    second = browser.post(AUTHENTICATE, {"code": code()})
    home = browser.get(HOME)

    assert first["Location"].endswith(AUTHENTICATE)
    assert between.status_code == 302
    assert second.status_code == 302
    assert home.status_code == 200
    assert outcomes(house) == ["signed_in"]


def test_a_code_works_once(house: House, lowest: str) -> None:
    user = member(house, lowest).user
    used = code()
    first = Browser(house)
    give_password(first, user.email)
    first.post(AUTHENTICATE, {"code": used})

    second = Browser(house)
    give_password(second, user.email)
    response = second.post(AUTHENTICATE, {"code": used})

    assert "niet of is al gebruikt" in response.content.decode()
    assert second.get(HOME).status_code == 302
    assert outcomes(house) == ["signed_in", "code_refused"]


def test_who_owes_a_second_factor_sees_nothing_else(house: House, lowest: str) -> None:
    membership = member(house, lowest, second_factor=False)

    response = browser_of(house, membership).get("/medewerkers/")

    assert response["Location"].endswith("/account/2fa/totp/activate/")


def test_a_municipality_may_do_without_a_second_factor(at_haarlem: House, haarlem: Municipality) -> None:
    membership = member(at_haarlem, "lezer", second_factor=False)
    Municipality.objects.filter(pk=haarlem.pk).update(second_factor_required=False)

    assert browser_of(at_haarlem, membership).get("/medewerkers/").status_code == 200


def test_a_second_factor_is_set_up_on_the_first_day(house: House, lowest: str) -> None:
    membership = member(house, lowest, second_factor=False)
    browser = browser_of(house, membership)
    browser.get("/account/2fa/totp/activate/")
    with house.entered():
        session = browser.client.session
        session["mfa.totp.secret"] = SECRET
        session.save()

    browser.post("/account/2fa/totp/activate/", {"code": code()})

    with house.entered():
        (seed,) = Authenticator.objects.filter(user=membership.user, type="totp")
    assert SECRET not in str(seed.data)
    assert browser.get("/medewerkers/").status_code == 200


def test_who_signs_in_without_a_second_factor_goes_straight_to_setting_one_up(
    house: House, lowest: str
) -> None:
    user = member(house, lowest, second_factor=False).user
    browser = Browser(house)
    give_password(browser, user.email)

    sent = browser.get(HOME)
    page = browser.get("/account/2fa/totp/activate/")

    assert sent["Location"].endswith("/account/2fa/totp/activate/")
    assert page.status_code == 200
    assert "Een tweede factor is hier verplicht" in page.content.decode()


def test_who_has_a_second_factor_is_asked_again_before_it_changes(house: House, lowest: str) -> None:
    user = member(house, lowest).user
    browser = Browser(house)
    give_password(browser, user.email)
    browser.post(AUTHENTICATE, {"code": code()})

    assert "reauthenticate" in browser.get("/account/2fa/webauthn/add/")["Location"]


def test_the_last_required_factor_is_shown_as_refused(house: House, lowest: str) -> None:
    page = browser_of(house, member(house, lowest)).get("/account/2fa/").content.decode()

    assert 'aria-disabled="true" aria-describedby="laatste">Zet uit<' in page
    assert "Dit is uw laatste tweede factor" in page


def test_only_new_recovery_codes_end_older_ones(house: House, lowest: str) -> None:
    browser = browser_of(house, member(house, lowest))
    told = []
    for _ in range(2):
        path = "/account/2fa/recovery-codes/generate/"
        asked = browser.get(path).content.decode()
        browser.post(path)
        answer = browser.get("/account/2fa/recovery-codes/").content.decode()
        told.append(("De codes die u had" in asked, "De oude codes werken niet meer." in answer))

    assert told == [(False, False), (True, True)]


def test_the_last_required_factor_stays(house: House, lowest: str) -> None:
    membership = member(house, lowest)

    response = browser_of(house, membership).post("/account/2fa/totp/deactivate/")

    assert "verplicht" in response.content.decode()
    with house.entered():
        assert Authenticator.objects.filter(user=membership.user, type="totp").exists()


@pytest.mark.parametrize("email", ["known", "nobody@nergens.example"])
def test_a_wrong_password_says_the_same_to_all(house: House, lowest: str, email: str) -> None:
    user = member(house, lowest).user

    response = give_password(Browser(house), user.email if email == "known" else email, "mis")

    assert "Het e-mailadres of het wachtwoord klopt niet." in response.content.decode()


def test_an_unknown_address_is_noted_without_the_address(house: House) -> None:
    give_password(Browser(house), "wachtwoord123@nergens.example", "mis")

    with house.entered():
        (attempt,) = SignIn.objects.all()
    assert (attempt.user, attempt.outcome, attempt.network) == (None, "unknown", "127.0.0.0/24")


def test_after_five_wrong_passwords_the_right_one_waits(house: House, lowest: str) -> None:
    user = member(house, lowest).user
    browser = Browser(house)
    for _ in range(5):
        give_password(browser, user.email, "mis")

    response = give_password(browser, user.email)

    assert "Te veel pogingen" in response.content.decode()


def test_one_address_tries_few_accounts(house: House) -> None:
    browser = Browser(house)
    for number in range(10):
        give_password(browser, f"{number}@nergens.example", "mis")

    assert "Te veel pogingen" in give_password(browser, "meer@nergens.example").content.decode()


def test_an_unknown_address_takes_as_long(
    vendor: House, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    user = member(vendor, "helpdesk").user
    monkeypatch.setattr("allauth.core.internal.ratelimit.consume", lambda *_, **__: True)

    known = median_of(lambda browser: give_password(browser, user.email, "mis"), vendor)
    unknown = median_of(lambda browser: give_password(browser, "x@nergens.example", "mis"), vendor)

    assert known == pytest.approx(unknown, rel=0.35)


def median_of(act: Any, house: House, times: int = 5) -> float:
    spent = []
    for _ in range(times):
        browser = Browser(house)
        started = time.process_time()
        act(browser)
        spent.append(time.process_time() - started)
    return statistics.median(spent)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    sent: list[dict[str, str]] = []
    for task in (password_reset.reset_for_vendor, password_reset.reset_for_municipality):
        monkeypatch.setattr(task, "apply_async", lambda kwargs, **_: sent.append(kwargs))
    return sent


@pytest.mark.parametrize("email", ["known", "nobody@nergens.example"])
def test_a_reset_looks_nobody_up(
    house: House, lowest: str, email: str, jobs: list[dict[str, str]], django_assert_num_queries: Any
) -> None:
    user = member(house, lowest).user
    asked = user.email if email == "known" else email

    with django_assert_num_queries(0 if house.municipality is None else 1):
        response = Browser(house).post("/account/password/reset/", {"email": asked})

    assert response["Location"].endswith("/account/password/reset/done/")
    assert jobs == [{"email": asked, "site": f"http://{house.host}:{settings.WEB_PORT}"}]


def test_a_link_gives_a_new_password_once(
    house: House, lowest: str, django_capture_on_commit_callbacks: Any
) -> None:
    user = member(house, lowest).user
    with house.entered(), django_capture_on_commit_callbacks(execute=True):
        password_reset.send_reset(user.email, site=f"http://{house.host}")
    (letter,) = mail.outbox
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    path = link.removeprefix(f"http://{house.host}{house.prefix}")
    browser = Browser(house)

    form = browser.get(path)
    new = "een heel ander wachtwoord"
    browser.post(form["Location"].removeprefix(house.prefix), {"password1": new, "password2": new})
    stale = Browser(house)
    again = stale.get(stale.get(path)["Location"].removeprefix(house.prefix))

    with house.entered():
        assert User.objects.get(pk=user.pk).check_password(new)
    assert "geldt niet meer" in again.content.decode()
    assert Browser(house).get(HOME).status_code == 302


def test_nobody_gets_a_letter_who_has_no_password_here(house: House, lowest: str) -> None:
    user = member(house, lowest, password=None).user
    with house.entered():
        password_reset.send_reset(user.email, site="http://x")
        password_reset.send_reset("nobody@nergens.example", site="http://x")

    assert not Letter.objects.exists()


def test_nobody_signs_up(house: House) -> None:
    response = Browser(house).post("/account/signup/", {"email": "a@b.example", "password1": PASSWORD})

    assert response.status_code == 403
    with house.entered():
        assert not User.objects.exists()


def test_signing_in_gives_another_session(house: House, lowest: str) -> None:
    user = member(house, lowest).user
    browser = Browser(house)
    give_password(browser, user.email)
    before = browser.client.cookies["session"].value

    browser.post(AUTHENTICATE, {"code": code()})

    assert browser.client.cookies["session"].value != before


def test_a_session_of_haarlem_is_nothing_in_utrecht_or_at_the_vendor(
    at_haarlem: House, at_utrecht: House, vendor: House
) -> None:
    browser = browser_of(at_haarlem, member(at_haarlem, "beheerder"))
    member(at_utrecht, "beheerder")
    member(vendor, "eigenaar")

    assert browser.get("/medewerkers/").status_code == 200
    assert Browser(at_utrecht, browser.client).get("/medewerkers/").status_code == 302
    assert Browser(vendor, browser.client).get("/medewerkers/").status_code == 302


def test_a_foreign_page_to_go_to_is_left_out(house: House, lowest: str) -> None:
    user = member(house, lowest).user
    browser = Browser(house)
    browser.post(LOGIN, {"login": user.email, "password": PASSWORD, "next": "https://elders.example/"})

    response = browser.post(AUTHENTICATE, {"code": code()})

    assert "elders" not in response["Location"]


def test_a_forged_post_is_a_page_that_says_so(house: House, lowest: str) -> None:
    membership = member(house, lowest)
    browser = Browser(house, Client(enforce_csrf_checks=True)).sign_in(membership.user)

    response = browser.post("/account/password/change/", {"oldpassword": PASSWORD})

    assert response.status_code == 403
    assert "verlopen" in response.content.decode()


def test_a_closed_account_signs_nobody_in(house: House, lowest: str) -> None:
    user = member(house, lowest).user
    with house.entered():
        User.objects.filter(pk=user.pk).update(is_active=False)

    browser = Browser(house)
    give_password(browser, user.email)

    assert browser.get(HOME).status_code == 302


def test_own_sessions_end_one_by_one(house: House, lowest: str) -> None:
    user = member(house, lowest).user
    first, second = Browser(house), Browser(house)
    for browser, moment in ((first, time.time() - 30), (second, time.time())):
        give_password(browser, user.email)
        browser.post(AUTHENTICATE, {"code": code(moment)})
    page = second.get("/account/sessions/").content.decode()

    second.client.post(end_path(page), headers={"host": house.host})

    assert first.get(HOME).status_code == 302
    assert second.get(HOME).status_code == 200


def end_path(page: str) -> str:
    return next(part for part in page.split('"') if part.endswith("/end/"))


def test_a_session_of_a_colleague_is_not_there_to_end(house: House, lowest: str, highest: str) -> None:
    colleague = member(house, highest)
    theirs = Browser(house)
    give_password(theirs, colleague.user.email)
    theirs.post(AUTHENTICATE, {"code": code()})
    with house.entered():
        key = UserSession.objects.get(user=colleague.user).pk

    response = browser_of(house, member(house, lowest)).post(f"/account/sessions/{key}/end/")

    assert response.status_code == 404
    assert theirs.get(HOME).status_code == 200


def test_what_changes_an_account_asks_again_who_you_are(house: House, lowest: str) -> None:
    browser = Browser(house).sign_in(member(house, lowest).user)

    response = browser.get("/account/2fa/recovery-codes/generate/")

    assert "/reauthenticate/" in response["Location"]


def test_an_api_sets_no_cookie_and_reads_no_session(client: Client, haarlem: Municipality) -> None:
    response = client.get("/zaken/api/v1/zaken", headers={"host": "haarlem.localhost"})

    assert not response.cookies
    assert not hasattr(response.wsgi_request, "session")


def test_no_log_holds_the_word_of_a_letter(house: House, caplog: pytest.LogCaptureFixture) -> None:
    browser = Browser(house)

    browser.get("/account/uitnodiging/", woord="geheimwoord")
    browser.get("/account/password/reset/letter/", wie="1", sleutel="geheimwoord")

    assert "/account/" in caplog.text
    assert "geheimwoord" not in caplog.text


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "wachtwoord is te kort. Neem minstens 12"), ("en", "Take at least 12")]
)
def test_a_short_password_is_refused_in_ones_own_language(language: str, words: str) -> None:
    with override(language), pytest.raises(ValidationError, match=words):
        validate_password("kort")
