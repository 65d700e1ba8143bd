"""Contracts, as people of both sides go through them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts.defaults import begin_prices
from contracts.models import Contract, ContractVersion, CostKind, Line, Signature
from contracts.standing import next_notice
from contracts.states import Side, State
from screens.pdf import PdfRefused
from tenants.registry.context import for_vendor
from tests.contracts.agreed import (
    PDF,
    Cast,
    addendum,
    agreed,
    concluded,
    drafted,
    level_of,
    made,
    offer_it,
    person,
    shown,
    sign_for_vendor,
)
from tests.people import Browser, House, browser_of, member

XSS = "<img src=x onerror=alert(1)>"
DAY = timedelta(days=1)


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def drafter(cast: Cast) -> Browser:
    return browser_of(House.of(None), cast.drafter)


@pytest.fixture
def director(cast: Cast) -> Browser:
    return browser_of(House.of(None), cast.director)


@pytest.fixture
def gemeente(cast: Cast) -> Browser:
    return browser_of(House.of(cast.municipality), cast.beheerder)


def path(version: ContractVersion, *rest: str) -> str:
    return "/".join(["/contracten", str(version.contract_id), "versies", str(version.number), *rest, ""])


def at_home(version: ContractVersion, *rest: str) -> str:
    return path(version, *rest).replace("/contracten/", "/contract/")


def first_terms(cast: Cast, **given: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "gemeente": cast.municipality.pk,
        "service_level_version": level_of(cast.municipality.vendor_id).pk,
        "start": today.isoformat(),
        "end": (today + 364 * DAY).isoformat(),
        "renewal": "yearly",
        "notice_months": 3,
        "break_glass": "techniek",
        "reason": "Eerste contract",
        **given,
    }


def signing(version: ContractVersion, **given: Any) -> dict[str, Any]:
    return {
        "seen": "aangeboden",
        "digest": version.digest,
        "name": "I. Emand",
        "function": "Directeur",
        "agreed": "on",
        **given,
    }


def test_a_contract_from_draft_to_signatures_to_notice(
    cast: Cast, drafter: Browser, director: Browser, gemeente: Browser
) -> None:
    made_one = drafter.post("/contracten/nieuw/", first_terms(cast, purchase_order="HLM-26-1"))
    version = ContractVersion.objects.select_related("contract").get()
    assert made_one.headers["Location"] == path(version)

    line = {"label": "Basis", "kind": "hosting", "quantity": "1", "price": "48.600,00", "per": "year"}
    assert drafter.post(path(version, "regels", "nieuw"), line).status_code == 303
    paper = {
        "kind": "verwerkersovereenkomst",
        "name": "Verwerkersovereenkomst",
        "document_version": "2.1",
        "valid_from": timezone.localdate().isoformat(),
        "file": SimpleUploadedFile("v.pdf", PDF, "application/pdf"),
    }
    assert drafter.post(path(version, "bijlagen", "nieuw"), paper).status_code == 303
    until = {"seen": "concept", "until": (timezone.localdate() + 9 * DAY).isoformat()}
    assert drafter.post(path(version, "aanbieden"), until).status_code == 303
    version = shown(version)
    assert "Nog te tekenen: gemeente, leverancier" in text(drafter.get(path(version)))

    assert director.post(path(version, "tekenen"), signing(version)).status_code == 303
    assert "wacht op u" in text(gemeente.get("/contract/"))
    page = text(gemeente.get(at_home(version)))
    assert "U bent aan zet" in page
    assert "€\xa048.600,00" in page
    assert gemeente.post(at_home(version, "tekenen"), signing(version)).status_code == 303
    whole = text(drafter.get(f"/contracten/{version.contract_id}/"))
    for told in (
        "Actief",
        "Verwerkersovereenkomst",
        "HLM-26-1",
        "alleen techniek",
        "opzeggen kan tot en met",
    ):
        assert told in whole

    notice = next_notice(version, timezone.localdate())
    assert notice is not None
    words = {"seen": "getekend", "words": "Wij stappen over", "last_day": notice.last_day.isoformat()}
    assert gemeente.post(f"/contract/{version.contract_id}/opzeggen/", words).status_code == 303
    assert "Opgezegd" in text(gemeente.get("/contract/"))
    assert shown(version).contract.ends_on == notice.last_day


def test_an_addendum_shows_what_it_changes(cast: Cast, drafter: Browser, gemeente: Browser) -> None:
    first = concluded(cast)
    level = level_of(cast.municipality.vendor_id, "Premium")
    changed = first_terms(
        cast,
        service_level_version=level.pk,
        start=(timezone.localdate() + 5 * DAY).isoformat(),
        reason="Niveau Plus wordt Premium",
    )
    assert drafter.post(f"/contracten/{first.contract_id}/addendum/", changed).status_code == 303
    second = ContractVersion.objects.select_related("contract").get(number=2)
    page = text(drafter.get(path(second)))

    assert "<del>Plus, versie 1</del>" in page
    assert "<ins>Premium, versie 1</ins>" in page
    assert gemeente.get(at_home(second)).status_code == 404
    offer_it(cast, second)
    assert "<ins>Premium, versie 1</ins>" in text(gemeente.get(at_home(second)))
    assert "addendum 1" in text(drafter.get(f"/contracten/{first.contract_id}/versies/"))


def test_lines_are_filled_from_a_price_list(cast: Cast, drafter: Browser) -> None:
    version = drafted(cast)
    with for_vendor():
        prices = begin_prices(person=person(cast.drafter), now=timezone.now())
    address = path(version, "prijslijst", str(prices.pk))
    assert drafter.get(path(version, "prijslijst")).status_code == 200
    wishes = {"inhabitants": "160.000", "level": "Plus", "setup": "on"}
    answer = drafter.post(address, wishes)

    assert answer.status_code == 303, text(answer)
    kinds = set(version.lines.values_list("kind", flat=True))
    assert {CostKind.HOSTING, CostKind.MAINTENANCE, CostKind.IMPLEMENTATION} <= kinds
    assert shown(version).price_list_version == prices.versions.get()


def test_more_than_a_line_takes_is_refused_and_keeps_the_lines(cast: Cast, drafter: Browser) -> None:
    version = drafted(cast)
    with for_vendor():
        prices = begin_prices(person=person(cast.drafter), now=timezone.now())
    before = list(version.lines.values())
    wishes = {"inhabitants": "160.000", "storage_gb": "1.000.000.000"}
    answer = drafter.post(path(version, "prijslijst", str(prices.pk)), wishes)

    assert answer.status_code == 422
    assert "1.000.000" in text(answer)
    assert list(version.lines.values()) == before


@pytest.mark.parametrize("start", ["9999-12-01", "0001-01-01"])
def test_a_contract_begins_within_twenty_years_of_today(cast: Cast, drafter: Browser, start: str) -> None:
    days = {"start": start, "end": start[:8] + "31", "notice_months": "12"}
    answer = drafter.post("/contracten/nieuw/", first_terms(cast, **days))

    assert answer.status_code == 422
    assert "binnen twintig jaar van vandaag" in text(answer)
    assert not Contract.objects.exists()


def test_bad_input_writes_nothing_and_says_what_to_do(cast: Cast, drafter: Browser) -> None:
    wrong = first_terms(cast, end="2020-01-01", kvk="123", reason="")
    answer = drafter.post("/contracten/nieuw/", wrong)

    assert answer.status_code == 422
    for told in ("einddatum na de begindatum", "acht cijfers"):
        assert told in text(answer)
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"quantity": "0"}, "vanaf 1"),
        ({"price": ""}, "Vul een bedrag in"),
        ({"price": "veel"}, "in euro"),
        ({"quantity": "9.999.999"}, ""),
    ],
)
def test_a_line_that_does_not_fit_is_refused(
    cast: Cast, drafter: Browser, wrong: dict[str, str], told: str
) -> None:
    version = drafted(cast)
    line = {"label": "x", "kind": "hosting", "quantity": "1", "price": "1,00", "per": "year", **wrong}
    answer = drafter.post(path(version, "regels", "nieuw"), line)

    assert answer.status_code == 422
    assert told in text(answer)
    assert version.lines.count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Kies een pdf"),
        ({"file": SimpleUploadedFile("v.pdf", b"<html>")}, "geen pdf"),
        ({"file": SimpleUploadedFile("v.pdf", PDF), "reference": "elders"}, "Niet allebei"),
    ],
)
def test_an_annex_is_a_pdf_or_a_reference(
    cast: Cast, drafter: Browser, given: dict[str, Any], told: str
) -> None:
    version = drafted(cast)
    annex = {
        "kind": "gibit",
        "name": "GIBIT",
        "document_version": "2023",
        "valid_from": "2026-01-01",
        **given,
    }
    answer = drafter.post(path(version, "bijlagen", "nieuw"), annex)

    assert answer.status_code == 422
    assert told in text(answer)
    assert version.annexes.count() == 1


def test_a_line_and_an_annex_go_from_a_concept(cast: Cast, drafter: Browser) -> None:
    version = drafted(cast)
    line, annex = version.lines.get(), version.annexes.get()
    page = text(drafter.get(path(version, "regels", str(line.pk))))
    assert "48.600,00" in page

    assert drafter.post(path(version, "regels", str(line.pk), "verwijderen")).status_code == 303
    removing = f"/contracten/{version.contract_id}/bijlagen/{annex.pk}/verwijderen/"
    assert drafter.post(removing).status_code == 303
    assert (version.lines.count(), version.annexes.count()) == (0, 0)
    assert "Wat ontbreekt nog" in text(drafter.get(path(version)))


def test_environments_and_parties_are_chosen(cast: Cast, drafter: Browser) -> None:
    version = drafted(cast)
    host = str(cast.municipality.vendor_id)
    wanted = {"environments": [cast.municipality.pk], "components": "Zaken\nCatalogi", "hosting": host}
    assert drafter.post(path(version, "dekking"), wanted).status_code == 303

    assert version.covers.get().components == ["Zaken", "Catalogi"]
    assert [each.line for each in version.parties.all()] == [Line.HOSTING]
    nobody = {"environments": [cast.municipality.pk]}
    assert "wie haar doet" in text(drafter.post(path(version, "dekking"), nobody))


def test_what_was_offered_has_no_pages_to_write_it(cast: Cast, drafter: Browser) -> None:
    version = offer_it(cast, drafted(cast))

    for rest in (("afspraken",), ("dekking",), ("regels", "nieuw"), ("prijslijst",), ("bijlagen", "nieuw")):
        assert drafter.get(path(version, *rest)).status_code == 409, rest
    assert drafter.get(path(version, "weggooien")).status_code == 409


def test_signing_asks_who_one_is_once_more(cast: Cast) -> None:
    version = offer_it(cast, drafted(cast))
    for house, who, address in (
        (House.of(None), cast.director, path(version, "tekenen")),
        (House.of(None), cast.director, path(version, "getekend-pdf")),
        (House.of(cast.municipality), cast.beheerder, at_home(version, "tekenen")),
        (House.of(cast.municipality), cast.beheerder, at_home(version, "afwijzen")),
    ):
        answer = Browser(house).sign_in(who.user).post(address, signing(version))
        assert answer.status_code in {302, 303}
        assert "reauthenticate" in answer.headers["Location"]
    assert not Signature.objects.exists()


def test_a_pdf_is_recorded_with_name_and_date(cast: Cast, director: Browser, gemeente: Browser) -> None:
    version = offer_it(cast, drafted(cast))
    paper = {
        **signing(version),
        "side": "gemeente",
        "signed_on": timezone.localdate().isoformat(),
        "file": SimpleUploadedFile("getekend.pdf", PDF),
    }
    assert director.post(path(version, "getekend-pdf"), paper).status_code == 303

    kept = Signature.objects.get(side=Side.GEMEENTE)
    for browser, start in ((director, "/contracten"), (gemeente, "/contract")):
        address = f"{start}/{version.contract_id}/handtekeningen/{kept.pk}/"
        page = text(browser.get(path(version) if browser is director else at_home(version)))
        assert address in page
        file = browser.get(address)
        assert file.content == PDF
        assert "attachment" in file.headers["Content-Disposition"]


def test_who_may_not_sign_is_told_why(cast: Cast, drafter: Browser) -> None:
    version = offer_it(cast, drafted(cast))
    both = member(House.of(None), "eigenaar", "schreef@leverancier.example")
    page = text(drafter.get(path(version)))

    assert drafter.get(path(version, "tekenen")).status_code == 403
    assert "Uw rol is accountbeheer" in page
    other = drafted(cast)
    browser_of(House.of(None), both).post(
        path(other, "regels", "nieuw"),
        {"label": "y", "kind": "hosting", "quantity": "1", "price": "1,00", "per": "year"},
    )
    offer_it(cast, shown(other))
    told = text(browser_of(House.of(None), both).get(path(other, "tekenen")))
    assert "Wie opstelt, tekent niet" in told


def test_a_stale_page_is_told_what_happened(cast: Cast, drafter: Browser, director: Browser) -> None:
    version = offer_it(cast, drafted(cast))
    back = {"seen": "aangeboden", "words": "Fout"}
    assert drafter.post(path(version, "intrekken"), back).status_code == 303
    answer = director.post(path(version, "tekenen"), signing(version))

    assert answer.status_code == 409
    assert "ingetrokken" in text(answer)


@pytest.mark.parametrize("word", ["tekenen", "afwijzen"])
def test_a_reader_of_the_gemeente_signs_nothing(cast: Cast, word: str) -> None:
    version = offer_it(cast, drafted(cast))
    house = House.of(cast.municipality)
    reader = browser_of(house, member(house, "archivaris"))

    assert reader.get(at_home(version)).status_code == 200
    assert reader.post(at_home(version, word), signing(version)).status_code == 403


def test_the_letter_and_the_proof_are_pdf(cast: Cast, drafter: Browser, gemeente: Browser) -> None:
    version = concluded(cast)
    for browser, address in ((drafter, path(version)), (gemeente, at_home(version))):
        for name in ("brief", "bewijs"):
            answer = browser.get(f"{address}{name}/")
            assert answer.status_code == 200
            assert answer.headers["Content-Type"] == "application/pdf"
            assert answer.content.startswith(b"%PDF-")


def test_where_others_are_drawn_a_page_asks_to_try_again(
    cast: Cast, drafter: Browser, gemeente: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_html: str) -> bytes:
        raise PdfRefused("others_are_drawn")

    monkeypatch.setattr("contracts.contract_letter.as_pdf", busy)
    version = concluded(cast)
    for browser, address in ((drafter, path(version)), (gemeente, at_home(version))):
        for name in ("brief", "bewijs"):
            answer = browser.get(f"{address}{name}/")
            assert answer.status_code == 503
            assert "Wacht een minuut en probeer het opnieuw" in text(answer)


def test_what_nobody_signed_has_no_proof(cast: Cast, drafter: Browser) -> None:
    assert drafter.get(path(drafted(cast), "bewijs")).status_code == 404


def test_an_annex_is_read_on_both_hosts(cast: Cast, drafter: Browser, gemeente: Browser) -> None:
    version = offer_it(cast, drafted(cast))
    annex = version.annexes.get()

    for browser, start in ((drafter, "/contracten"), (gemeente, "/contract")):
        assert browser.get(f"{start}/{version.contract_id}/bijlagen/{annex.pk}/").content == PDF


def test_a_later_annex_is_agreed_to_by_the_gemeente(cast: Cast, drafter: Browser, gemeente: Browser) -> None:
    version = concluded(cast)
    annex = {
        "kind": "subverwerkers",
        "name": "Lijst van subverwerkers",
        "document_version": "4",
        "valid_from": "2027-01-01",
        "reference": "https://leverancier.example/subverwerkers",
    }
    assert drafter.post(path(version, "bijlagen", "nieuw"), annex).status_code == 303
    added = version.annexes.latest("pk")
    assert "Wacht op gemeente" in text(drafter.get(f"/contracten/{version.contract_id}/"))
    agreeing = f"/contract/{version.contract_id}/bijlagen/{added.pk}/akkoord/"
    assert agreeing in text(gemeente.get(f"/contract/{version.contract_id}/"))
    assert gemeente.post(agreeing).status_code == 303

    assert "Wacht op gemeente" not in text(gemeente.get(f"/contract/{version.contract_id}/"))
    assert gemeente.post(agreeing).status_code == 409


def test_what_people_write_is_text(cast: Cast, drafter: Browser, gemeente: Browser) -> None:
    """In every field of a contract, on both hosts."""
    words = (
        "purchase_order",
        "cost_centre",
        "callers",
        "escalation",
        "security_contact",
        "reason",
        "indexation",
    )
    asked = first_terms(cast, **dict.fromkeys(words, XSS))
    assert drafter.post("/contracten/nieuw/", asked).status_code == 303
    version = ContractVersion.objects.select_related("contract").get()
    line = {"label": XSS, "unit": XSS, "kind": "hosting", "quantity": "1", "price": "1,00", "per": "year"}
    assert drafter.post(path(version, "regels", "nieuw"), line).status_code == 303
    paper = {
        "kind": "verwerkersovereenkomst",
        "name": XSS,
        "document_version": XSS,
        "valid_from": "2026-01-01",
        "reference": XSS,
    }
    assert drafter.post(path(version, "bijlagen", "nieuw"), paper).status_code == 303
    concept = text(drafter.get(path(version)))
    version = offer_it(cast, version)
    sign_for_vendor(cast, version)
    shown_pages = [
        concept,
        text(drafter.get(path(version))),
        text(drafter.get(f"/contracten/{version.contract_id}/logboek/")),
        text(drafter.get(f"/contracten/{version.contract_id}/versies/")),
        text(gemeente.get(at_home(version))),
        text(gemeente.get(at_home(version, "tekenen"))),
    ]

    assert all("&lt;img" in page for page in shown_pages)
    assert not any("<img" in page for page in shown_pages)


PARTS = {"": 4, "actief": 1, "concept": 1, "aangeboden": 1, "geeindigd": 1, "loopt-af": 0}


@pytest.mark.parametrize(("part", "count"), PARTS.items())
def test_the_list_has_its_parts(cast: Cast, drafter: Browser, part: str, count: int) -> None:
    today = timezone.localdate()
    made(cast.municipality)
    offer_it(cast, drafted(cast))
    agreed(made(cast.municipality, start=today - 400 * DAY, end=today - DAY, renewal="none"))
    concluded(cast)
    page = text(drafter.get("/contracten/", **({"deel": part} if part else {})))

    assert page.count("OC-2020-") + page.count(f"OC-{today.year}-") == count


def test_what_ends_soon_is_told(cast: Cast, drafter: Browser) -> None:
    today = timezone.localdate()
    agreed(made(cast.municipality, start=today - 300 * DAY, end=today + 30 * DAY, renewal="none"))
    page = text(drafter.get("/contracten/", deel="loopt-af"))

    assert "1 loopt af" in page
    assert "OC-2020-" in page


def test_a_list_takes_few_statements(cast: Cast, drafter: Browser) -> None:
    for _ in range(3):
        made(cast.municipality)
    concluded(cast)
    drafter.get("/contracten/")
    with CaptureQueriesContext(connection) as few:
        drafter.get("/contracten/")
    for _ in range(12):
        made(cast.municipality)
    with CaptureQueriesContext(connection) as many:
        drafter.get("/contracten/")

    assert len(many) == len(few)


def test_one_who_is_limited_sees_what_covers_his_own(cast: Cast) -> None:
    version = concluded(cast)
    vendor = House.of(None)
    of_haarlem = browser_of(vendor, member(vendor, "eigenaar", "h@x.example", municipalities=("haarlem",)))
    of_utrecht = browser_of(vendor, member(vendor, "eigenaar", "u@x.example", municipalities=("utrecht",)))

    assert of_haarlem.get(path(version)).status_code == 200
    assert of_utrecht.get(path(version)).status_code == 404
    assert "OC-" not in text(of_utrecht.get("/contracten/"))


def test_the_vendors_log_and_the_gemeentes_have_the_same_line(cast: Cast, gemeente: Browser) -> None:
    version = concluded(cast)

    assert f"{version.contract}, versie 1" in text(gemeente.get("/logboek/"))


def test_a_draft_of_an_addendum_is_reached_from_the_contract(cast: Cast, drafter: Browser) -> None:
    version = concluded(cast)
    second = addendum(cast, version.contract)

    page = text(drafter.get(f"/contracten/{version.contract_id}/"))
    assert path(second) in page
    assert drafter.get(f"/contracten/{version.contract_id}/addendum/").status_code == 409
    assert ContractVersion.objects.filter(state=State.CONCEPT).count() == 1
