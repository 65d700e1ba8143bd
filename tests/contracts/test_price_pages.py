"""Price lists, as people of the vendor go through them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.models import LogLine
from contracts.models import Price, PriceKind, PriceList, PriceListVersion
from contracts.pricing import Wishes, offer
from tests.handover.moves import other_vendor
from tests.people import Browser, House, browser_of, member

XSS = "<img src=x onerror=alert(1)>"
LISTS = "/prijslijsten/"
HAARLEM = {"gemeente": "0392", "level": "Plus", "environments": "2", "storage_gb": "2.000", "setup": "on"}


@pytest.fixture
def boss(vendor: House) -> Browser:
    return browser_of(vendor, member(vendor, "eigenaar", "eigenaar@leverancier.example"))


@pytest.fixture
def begun(boss: Browser) -> Browser:
    assert boss.post(f"{LISTS}standaard/").status_code == 303
    return boss


@pytest.fixture
def stranger(vendor: House) -> Browser:
    """The owner of another vendor on the same deployment."""
    other = other_vendor()
    return browser_of(vendor, member(vendor, "eigenaar", "ander@x.example", organisation=other))


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")


def standard() -> str:
    return f"{LISTS}{PriceList.objects.get(name='Standaard').pk}/"


def as_posted(browser: Browser, **given: Any) -> dict[str, Any]:
    """The form of a new version as it stands on the page, with these changes."""
    form = browser.get(f"{standard()}versie/").context["form"]
    shown = {name: form[name].value() for name in form.fields}
    written = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in shown.items()
        if value is not None
    }
    return {**written, "reason": "Duurder", **given}


def prices_of(number: int) -> list[tuple[Any, ...]]:
    version = PriceListVersion.objects.get(price_list__name="Standaard", number=number)
    return list(
        version.prices.values_list("kind", "label", "amount_cents", "tier_from", "tier_to", "included")
    )


def test_one_begins_with_a_list_of_every_kind_of_price(begun: Browser) -> None:
    assert {kind for kind, *_rest in prices_of(1)} == set(PriceKind.values)
    shown = text(begun.get(standard()))
    assert "Basis, 150.000 tot 250.000 inwoners" in shown
    assert "€ 48.600,00" in shown


def test_one_begins_once(begun: Browser) -> None:
    assert begun.post(f"{LISTS}standaard/").status_code == 409
    assert PriceList.objects.count() == 1


def test_who_begins_with_calendars_begins_with_a_price_list_too(boss: Browser) -> None:
    assert boss.post("/afspraken/standaard/").status_code == 303
    assert PriceList.objects.get().name == "Standaard"


def test_who_has_a_price_list_begins_with_calendars_all_the_same(begun: Browser) -> None:
    assert begun.post("/afspraken/standaard/").status_code == 303
    assert PriceList.objects.count() == 1


def test_the_form_says_a_list_as_it_is(begun: Browser) -> None:
    assert begun.post(f"{standard()}versie/", as_posted(begun)).status_code == 303
    assert prices_of(2) == prices_of(1)


def test_a_new_version_leaves_the_old_one_as_it_was(begun: Browser) -> None:
    given = as_posted(begun, tiers="0 10.000,00\n50.000 € 20.000", calls="", calls_included="", btw="9")

    assert begun.post(f"{standard()}versie/", given).status_code == 303

    tiers = [each for each in prices_of(2) if each[0] == "basis"]
    assert [each[2:5] for each in tiers] == [(1_000_000, 0, 50_000), (2_000_000, 50_000, None)]
    assert "verzoeken" not in {kind for kind, *_rest in prices_of(2)}
    assert "verzoeken" in {kind for kind, *_rest in prices_of(1)}
    assert "€ 48.600,00" in text(begun.get(standard()))
    assert "Basis, vanaf 50.000 inwoners" in text(begun.get(f"{standard()}?versie=2"))
    assert begun.get(f"{standard()}?versie=3").status_code == 404
    line = LogLine.objects.filter(action="prijslijst gepubliceerd").order_by("-pk")[0]
    assert (line.subject, line.changes["versie"], line.changes["reden"]) == (
        "Standaard",
        [1, 2],
        [None, "Duurder"],
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tiers": ""}, "Basis per jaar"),
        ({"tiers": "1.000 10,00"}, "bij 0 inwoners beginnen"),
        ({"tiers": "0 10,00\n0 20,00"}, "bij meer inwoners beginnen"),
        ({"tiers": "0 10,00\n20.000 10,00\n10.000 10,00"}, "bij meer inwoners beginnen"),
        ({"tiers": "0"}, "ook het bedrag"),
        ({"tiers": "nul 10,00"}, "heel getal"),
        ({"tiers": "0 10,5"}, "zoals 1.250,00"),
        ({"tiers": "0 10000000,01"}, "ten hoogste 10.000.000"),
        ({"tiers": "\n".join(f"{each} 1,00" for each in range(21))}, "ten hoogste 20 regels"),
        ({"levels": "Plus 1,00\nplus 2,00"}, "staat er twee keer"),
        ({"levels": f"{'x' * 101} 1,00"}, "honderd tekens"),
        ({"bundles": "0 1,00"}, "ten minste één uur"),
        ({"bundles": "40 1,00\n40 2,00"}, "staat er twee keer"),
        ({"hour": "1.25"}, "zoals 1.250,00"),
        ({"storage": "", "storage_included": "100"}, "wat het kost boven"),
        ({"storage_included": "1000000001"}, "ten hoogste 1.000.000.000"),
        ({"btw": "101"}, "100"),
        ({"btw": "-1"}, "0"),
        ({"reason": " "}, "Waarom?"),
        ({"effective_from": "2026-01-01"}, "Kies een dag na vandaag"),
        ({"seen": "0"}, "publiceerde intussen versie 1"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_published(
    begun: Browser, given: dict[str, Any], said: str
) -> None:
    answer = begun.post(f"{standard()}versie/", as_posted(begun, **given))

    assert answer.status_code == 422
    assert said in text(answer)
    assert PriceListVersion.objects.count() == 1


def test_the_highest_of_everything_is_published(begun: Browser) -> None:
    given = as_posted(begun, tiers="0 10000000,00", storage_included="1.000.000.000", btw="100", levels="")
    assert begun.post(f"{standard()}versie/", given).status_code == 303


def test_a_list_is_added_and_its_name_is_used_once(begun: Browser) -> None:
    given = as_posted(begun, seen="0", name="standaard")
    answer = begun.post(f"{LISTS}nieuw/", given)
    assert answer.status_code == 422
    assert "al in gebruik" in text(answer)

    assert begun.post(f"{LISTS}nieuw/", {**given, "name": XSS, "levels": f"{XSS} 1,00"}).status_code == 303

    added = PriceList.objects.get(name=XSS)
    pages = (LISTS, f"{LISTS}{added.pk}/", f"{LISTS}{added.pk}/brief/", f"{LISTS}{added.pk}/kosten/")
    assert not any(XSS in text(begun.get(page)) for page in pages)


# The database -------------------------------------------------------------------------------------


def test_the_database_keeps_what_was_published(begun: Browser) -> None:
    for model in (PriceListVersion, Price):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(id=0)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all()._raw_delete(using="default")


@pytest.mark.parametrize(
    "spans",
    [
        [],
        [(1, None)],
        [(0, 10)],
        [(0, 10), (11, None)],
        [(0, 11), (10, None)],
        [(0, None), (10, None)],
    ],
)
def test_the_database_refuses_tiers_with_a_gap_or_an_overlap(
    begun: Browser, spans: list[tuple[int, int | None]]
) -> None:
    with pytest.raises(IntegrityError, match="leave nobody out"):
        write_tiers(spans)


def test_the_database_refuses_a_tier_that_comes_later(begun: Browser) -> None:
    with pytest.raises(IntegrityError, match="leave nobody out"):
        write_tiers([(9_999_999, None)], PriceListVersion.objects.get())


@transaction.atomic
def write_tiers(spans: list[tuple[int, int | None]], version: PriceListVersion | None = None) -> None:
    """Without the form, up to what is looked at when all of it is there."""
    written = version or another_version()
    for start, end in spans:
        written.prices.create(kind="basis", label="x", amount_cents=1, tier_from=start, tier_to=end)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "fooi"},
        {"kind": "uur", "amount_cents": 10**9 + 1},
        {"kind": "uur", "tier_from": 0},
        {"kind": "basis", "tier_from": None},
        {"kind": "basis", "tier_from": 5, "tier_to": 5},
        {"kind": "strippenkaart", "included": 0},
        {"kind": "strippenkaart", "included": 40},
        {"kind": "serviceniveau", "label": "PLUS"},
        {"kind": "uur"},
    ],
)
def test_the_database_refuses_what_is_no_price(begun: Browser, wrong: dict[str, Any]) -> None:
    version = PriceListVersion.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        version.prices.create(**{"label": "x", "amount_cents": 1, **wrong})


def another_version() -> PriceListVersion:
    return PriceListVersion.objects.create(
        price_list=PriceList.objects.get(),
        number=2,
        effective_from=timezone.localdate() + timedelta(days=1),
        reason="x",
        published_at=timezone.now(),
        published_by="x",
    )


# What does it cost? -------------------------------------------------------------------------------


def test_it_is_told_what_a_gemeente_pays(begun: Browser) -> None:
    answer = begun.post(f"{standard()}kosten/", HAARLEM)

    assert answer.status_code == 303
    address = answer.headers["Location"]
    shown = text(begun.client.get(address, headers={"host": "localhost"}))
    assert "Basis, 150.000 tot 250.000 inwoners" in shown
    assert "Het eerste jaar € 79.700,00, elk volgend jaar € 67.200,00, zonder btw." in shown
    assert "€ 81.312,00" in shown  # a year with btw


def test_it_is_told_what_falls_in_the_first_calendar_year(begun: Browser) -> None:
    """67.200 x 275/365 = 50.630,14, and 12.500 once."""
    shown = text(begun.get(f"{standard()}kosten/", **HAARLEM, start="2027-04-01"))
    assert "In 2027, vanaf 1 april 2027" in shown
    assert "€ 63.130,14" in shown
    assert "In 2027" not in text(begun.get(f"{standard()}kosten/", **HAARLEM))


def test_it_prints_as_a_letter(begun: Browser) -> None:
    letter = begun.get(f"{standard()}kosten/brief/", **HAARLEM)
    assert letter.status_code == 200
    assert "€ 67.200,00" in text(letter)
    assert "Uur werk" in text(begun.get(f"{standard()}brief/"))


def test_a_letter_for_nobody_asks_for_whom(begun: Browser) -> None:
    answer = begun.get(f"{standard()}kosten/brief/")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{standard()}kosten/?versie=1"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"gemeente": ""}, "Kies een gemeente, of vul"),
        ({"inhabitants": "1.000"}, "niet allebei"),
        ({"gemeente": "9999"}, "9999"),
        ({"gemeente": "", "inhabitants": "10.000.001"}, "ten hoogste 10.000.000"),
        ({"gemeente": "", "inhabitants": "veel"}, "heel getal"),
        ({"hours": "2001"}, "ten hoogste 2.000"),
        ({"environments": "21"}, "ten hoogste 20"),
        ({"level": "Goud"}, "Goud"),
        ({"start": "9999-12-31"}, "binnen twintig jaar"),
    ],
)
def test_what_cannot_be_reckoned_is_said(begun: Browser, given: dict[str, str], said: str) -> None:
    answer = begun.post(f"{standard()}kosten/", {**HAARLEM, **given})
    assert answer.status_code == 422
    assert said.lower() in text(answer).lower()


def test_only_what_the_list_has_a_price_for_is_asked(begun: Browser) -> None:
    given = as_posted(begun, levels="", bundles="", hour="", community="", setup="")
    assert begun.post(f"{standard()}versie/", given).status_code == 303

    fields = set(begun.get(f"{standard()}kosten/?versie=2").context["form"].fields)

    assert fields == {"gemeente", "inhabitants", "start", "environments", "storage_gb", "documents", "calls"}


def test_the_page_reckons_as_a_contract_does(begun: Browser) -> None:
    shown = begun.get(f"{standard()}kosten/", **HAARLEM).context["offered"]
    wishes = Wishes(162_543, level="Plus", environments=2, storage_gb=2_000, community=False)
    inhabitants = begun.get(f"{standard()}kosten/", **HAARLEM).context["inhabitants"]

    assert shown == offer(PriceListVersion.objects.get(), wishes)
    assert 150_000 <= inhabitants < 250_000


def test_nothing_is_written_by_reckoning(begun: Browser) -> None:
    before = LogLine.objects.count()
    begun.post(f"{standard()}kosten/", HAARLEM)
    assert LogLine.objects.count() == before


# Neighbours, and what it costs us -----------------------------------------------------------------


def test_another_vendor_sees_its_own_lists_alone(begun: Browser, stranger: Browser) -> None:
    for page in ("", "versie/", "brief/", "kosten/", "kosten/brief/"):
        assert stranger.get(f"{standard()}{page}").status_code == 404
    assert stranger.post(f"{standard()}versie/", as_posted(begun)).status_code == 404
    assert "Standaard" not in text(stranger.get(LISTS))
    assert stranger.post(f"{LISTS}standaard/").status_code == 303
    assert PriceList.objects.count() == 2


def test_who_may_only_look_publishes_nothing(begun: Browser, vendor: House) -> None:
    reader = browser_of(vendor, member(vendor, "alleen-lezen"))
    assert reader.get(standard()).status_code == 200
    assert reader.get(f"{standard()}kosten/").status_code == 200
    assert reader.post(f"{standard()}versie/", as_posted(begun)).status_code == 403
    assert reader.post(f"{LISTS}standaard/").status_code == 403


def test_a_list_asks_as_much_for_many(begun: Browser) -> None:
    begun.get(LISTS)
    with CaptureQueriesContext(connection) as few:
        assert begun.get(LISTS).status_code == 200
    for number in range(5):
        begun.post(f"{LISTS}nieuw/", as_posted(begun, seen="0", name=f"L {number}"))
    begun.get(LISTS)
    with CaptureQueriesContext(connection) as many:
        assert "6 prijslijsten" in text(begun.get(LISTS))
    assert len(many) == len(few)
