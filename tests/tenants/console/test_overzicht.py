from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from api.zaken.demo.catalogue import seed_catalogue
from service_reports.models import State as Shared
from tenants.accounts.log import note
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.states import change_state
from tests.contracts.agreed import cast_of, drafted, offer_it, sign_for_gemeente
from tests.people import SECRET, Browser, House, browser_of, forget, member
from tests.service_reports.reports import make_service_report


@pytest.fixture(autouse=True)
def forgotten(db: None, settings: Settings) -> None:
    forget()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def at_haarlem(haarlem: Municipality) -> House:
    return House.of(haarlem)


def page_of(house: House, role: str = "beheerder") -> str:
    return str(browser_of(house, member(house, role)).get("/").content.decode())


def test_what_there_is_is_counted(at_haarlem: House, haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        seed_catalogue()

    page = page_of(at_haarlem)

    assert "<dt>Zaaktypen, gepubliceerd</dt><dd>5</dd>" in page
    assert "<dt>Zaken</dt><dd>0</dd>" in page
    assert "haarlem.localhost" in page


@pytest.mark.parametrize(
    ("status", "words"), [("beperkt", "De gemeente is beperkt"), ("in_exit", "De gemeente verhuist")]
)
def test_a_state_that_is_not_usual_is_told(
    at_haarlem: House, haarlem: Municipality, status: str, words: str
) -> None:
    assert words not in page_of(at_haarlem)

    Municipality.objects.filter(pk=haarlem.pk).update(status=status)

    assert words in page_of(at_haarlem, "lezer")


@pytest.mark.parametrize("path", ["/", "/medewerkers/", "/account/", "/account/2fa/", "/nergens/"])
@pytest.mark.parametrize(("status", "words"), [("beperkt", "is beperkt"), ("in_exit", "verhuist")])
def test_every_page_tells_why_the_municipality_is_not_as_usual(
    at_haarlem: House, haarlem: Municipality, path: str, status: str, words: str
) -> None:
    change_state(haarlem, status, actor="Noor", reason="<b>Te laat</b>\nbetaald.", now=timezone.now())

    page = browser_of(at_haarlem, member(at_haarlem, "beheerder")).get(path).content.decode()

    assert f"Haarlem {words}: &lt;b&gt;Te laat&lt;/b&gt; betaald." in page


def test_a_stranger_is_not_told_why(at_haarlem: House, haarlem: Municipality) -> None:
    change_state(haarlem, "beperkt", actor="Noor", reason="Te laat betaald", now=timezone.now())

    assert "Te laat betaald" not in Browser(at_haarlem).get("/account/login/").content.decode()


def test_a_long_reason_is_cut(at_haarlem: House, haarlem: Municipality) -> None:
    change_state(haarlem, "beperkt", actor="Noor", reason="woord " * 150, now=timezone.now())

    (banner,) = re.findall(r'class="zp-banner".*?</div>', page_of(at_haarlem), re.DOTALL)
    assert 40 < banner.count("woord") < 60


def test_the_last_lines_of_the_log_are_for_who_may_read_it(at_haarlem: House) -> None:
    with at_haarlem.entered(), transaction.atomic():
        note(person=None, area="medewerkers", action="rol gewijzigd", subject="<b>Noor</b>")

    assert "&lt;b&gt;Noor" in page_of(at_haarlem)
    assert "Noor" not in page_of(at_haarlem, "lezer")


def test_it_takes_few_statements(at_haarlem: House, django_assert_max_num_queries: Any) -> None:
    browser = browser_of(at_haarlem, member(at_haarlem, "beheerder"))
    browser.get("/")

    with django_assert_max_num_queries(22):
        browser.get("/")


def test_what_has_to_be_signed_or_judged_waits(at_haarlem: House, haarlem: Municipality) -> None:
    cast = cast_of(haarlem)
    version = offer_it(cast, drafted(cast))
    now, browser = timezone.now(), browser_of(at_haarlem, cast.beheerder)
    report = make_service_report(haarlem, state=Shared.GEDEELD, fixes_at=now + timedelta(days=9))

    page = browser.get("/").content.decode()
    assert f"Contract {version.contract.number}, versie 1" in page
    assert f"/rapporten/{report.pk}/" in page
    reader = page_of(at_haarlem, "lezer")
    assert version.contract.number not in reader
    assert f"/rapporten/{report.pk}/" not in reader

    sign_for_gemeente(cast, version)
    report.municipality_agreed_at, report.municipality_agreed_by = now, "hoofd@haarlem.example"
    report.save()
    page = browser.get("/").content.decode()
    assert f"Contract {version.contract.number}, versie 1" not in page
    assert f"/rapporten/{report.pk}/" not in page


def test_a_new_municipality_reads_what_to_do_first(at_haarlem: House, haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(second_factor_required=False)
    first = member(at_haarlem, "beheerder", second_factor=False)
    browser = browser_of(at_haarlem, first)

    page = str(browser.get("/").content.decode())
    assert "Stel een tweede factor in" in page
    assert "Nodig collega&#x27;s uit" in page

    with at_haarlem.entered():
        TOTP.activate(first.user, SECRET)
    page = str(browser.get("/").content.decode())
    assert "gedaan" in page
    assert "Nodig collega&#x27;s uit" in page

    assert "Om te beginnen" not in page_of(at_haarlem, "lezer")
    assert "Om te beginnen" not in str(browser.get("/").content.decode())
