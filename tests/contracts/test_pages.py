"""Service levels and calendars, as people of the vendor go through them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.models import LogLine
from contracts.dutch_holidays import holidays_of
from contracts.models import Calendar, CalendarVersion, ServiceLevel, ServiceLevelVersion, Target
from tests.handover.moves import other_vendor
from tests.people import Browser, House, browser_of, member

XSS = "<img src=x onerror=alert(1)>"
KALENDERS, NIVEAUS = "/afspraken/kalenders/", "/afspraken/serviceniveaus/"


@pytest.fixture
def boss(vendor: House) -> Browser:
    return browser_of(vendor, member(vendor, "eigenaar", "eigenaar@leverancier.example"))


@pytest.fixture
def begun(boss: Browser) -> Browser:
    assert boss.post("/afspraken/standaard/").status_code == 303
    return boss


@pytest.fixture
def stranger(vendor: House) -> Browser:
    """The owner of another vendor on the same deployment."""
    other = other_vendor()
    return browser_of(vendor, member(vendor, "eigenaar", "ander@x.example", organisation=other))


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def office() -> Calendar:
    return Calendar.objects.get(name="Kantoortijden")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def a_week(seen: int = 1, **given: Any) -> dict[str, Any]:
    return {
        "effective_from": tomorrow().isoformat(),
        "reason": "Ook op zaterdag",
        "seen": seen,
        "zone": "Europe/Amsterdam",
        "ma": "07:00-18:00",
        "za": "09:00-12:00, 13:00-24:00",
        "days": "24-12-2026 07:00-12:00 Kerstavond\n27-04-2026 dicht Koningsdag",
        **given,
    }


def test_one_begins_with_three_of_each(begun: Browser) -> None:
    assert set(Calendar.objects.values_list("name", flat=True)) == {
        "Kantoortijden",
        "Werkdagen 08:30-17:00",
        "Altijd",
    }
    assert set(ServiceLevel.objects.values_list("name", flat=True)) == {"Basis", "Plus", "Premium"}
    assert Target.objects.count() == 12
    assert "ma t/m vr 07:00-18:00" in text(begun.get(KALENDERS))


def test_one_begins_once(begun: Browser) -> None:
    assert begun.post("/afspraken/standaard/").status_code == 409
    assert Calendar.objects.count() == 3


def test_a_new_version_leaves_the_old_one_as_it_was(begun: Browser) -> None:
    path = f"{KALENDERS}{office().pk}/"

    assert begun.post(f"{path}versie/", a_week()).status_code == 303

    old, new = CalendarVersion.objects.filter(calendar=office()).order_by("number")
    assert (old.number, new.number, new.effective_from) == (1, 2, tomorrow())
    assert new.week[5] == [[540, 720], [780, 1440]]
    assert [each["label"] for each in new.days] == ["Koningsdag", "Kerstavond"]
    assert "Kerstavond" not in text(begun.get(path))
    assert "Kerstavond" in text(begun.get(f"{path}?versie=2"))
    assert begun.get(f"{path}?versie=3").status_code == 404
    line = LogLine.objects.filter(action="kalender gepubliceerd").order_by("-pk")[0]
    assert (line.subject, line.changes["versie"], line.changes["reden"]) == (
        "Kantoortijden",
        [1, 2],
        [None, "Ook op zaterdag"],
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ma": "18:00-07:00"}, "later eindigen dan hij begint"),
        ({"ma": "09:00-09:00"}, "later eindigen dan hij begint"),
        ({"ma": "09:00-24:01"}, "uiterlijk om 24:00"),
        ({"ma": "09:00-12:00, 11:59-13:00"}, "elkaar niet overlappen"),
        ({"ma": "negen uur"}, "Schrijf tijden als"),
        ({"ma": "", "za": ""}, "ten minste een dag tijden"),
        ({"days": "Koningsdag"}, "Schrijf deze regel als"),
        ({"days": "31-02-2026 dicht Niets"}, "Schrijf deze regel als"),
        ({"days": "27-04-2026 dicht A\n27-04-2026 dicht B"}, "staat er twee keer"),
        ({"reason": " "}, "Waarom?"),
        ({"effective_from": "2026-01-01"}, "Kies een dag na vandaag"),
        ({"effective_from": "2099-01-01"}, "binnen twee jaar"),
        ({"seen": 0}, "publiceerde intussen versie 1"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_published(
    begun: Browser, given: dict[str, Any], said: str
) -> None:
    answer = begun.post(f"{KALENDERS}{office().pk}/versie/", a_week(**given))

    assert answer.status_code == 422
    assert said in text(answer)
    assert CalendarVersion.objects.filter(calendar=office()).count() == 1


def test_today_is_too_early_for_another_version(begun: Browser) -> None:
    given = a_week(effective_from=timezone.localdate().isoformat())
    assert begun.post(f"{KALENDERS}{office().pk}/versie/", given).status_code == 422


def test_a_version_does_not_begin_before_the_last_one(begun: Browser) -> None:
    path = f"{KALENDERS}{office().pk}/versie/"
    later = (tomorrow() + timedelta(days=7)).isoformat()
    assert begun.post(path, a_week(effective_from=later)).status_code == 303
    assert begun.post(path, a_week(seen=2)).status_code == 422
    assert begun.post(path, a_week(seen=2, effective_from=later)).status_code == 303


def test_a_name_is_used_once(begun: Browser) -> None:
    answer = begun.post(f"{KALENDERS}nieuw/", a_week(seen=0, name="kantoortijden"))
    assert answer.status_code == 422
    assert "al in gebruik" in text(answer)
    assert begun.post(f"{KALENDERS}nieuw/", a_week(seen=0, name=XSS)).status_code == 303
    assert XSS not in text(begun.get(KALENDERS))


def test_holidays_are_confirmed_by_a_person(begun: Browser) -> None:
    year = timezone.localdate().year + 1
    path = f"{KALENDERS}{office().pk}/"
    assert "Feestdagen zijn nog niet bevestigd" in text(begun.get(path))
    assert "Koningsdag" in text(begun.get(f"{path}feestdagen/{year}/"))
    given = {
        "closed": [f"{year}-01-01", f"{year}-04-27"],
        "effective_from": tomorrow().isoformat(),
        "reason": "Feestdagen",
        "seen": 1,
    }

    # Good Friday and 5 May are for a person to say.
    assert begun.post(f"{path}feestdagen/{year}/", given).status_code == 422
    friday = next(each.day for each in holidays_of(year) if each.label == "Goede vrijdag")
    chosen = {f"dag_{friday:%m%d}": "dicht", "dag_0505": "open"}
    assert begun.post(f"{path}feestdagen/{year}/", {**given, **chosen}).status_code == 303

    version = CalendarVersion.objects.get(calendar=office(), number=2)
    assert version.holiday_years == [year]
    assert [each["label"] for each in version.days] == ["Nieuwjaarsdag", "Goede vrijdag", "Koningsdag"]


@pytest.mark.parametrize("year", [2020, 2099])
def test_no_year_far_away_is_confirmed(begun: Browser, year: int) -> None:
    assert begun.get(f"{KALENDERS}{office().pk}/feestdagen/{year}/").status_code == 404


def test_the_database_keeps_what_was_published(begun: Browser) -> None:
    for model in (CalendarVersion, ServiceLevelVersion, Target):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(id=0)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all()._raw_delete(using="default")


# Service levels -----------------------------------------------------------------------------------


def as_posted(browser: Browser, path: str) -> dict[str, Any]:
    """The form as it stands on the page."""
    form = browser.get(path).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in shown.items()
        if value not in {None, False}
    }


def test_a_level_is_published_in_versions(begun: Browser) -> None:
    level = ServiceLevel.objects.get(name="Plus")
    path = f"{NIVEAUS}{level.pk}/"
    given = as_posted(begun, f"{path}versie/")

    answer = begun.post(
        f"{path}versie/", {**given, "reason": "Sneller", "P1_response": "0:20", "credits": "99,8 5\n99 10"}
    )

    assert answer.status_code == 303
    version = ServiceLevelVersion.objects.get(level=level, number=2)
    assert version.targets.get(priority="P1").response == 20
    assert level.versions.get(number=1).targets.get(priority="P1").response == 30
    assert "20 minuten" in text(begun.get(f"{path}?versie=2"))
    assert "30 minuten" in text(begun.get(path))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"P1_response": ""}, "P1: eerste reactie"),
        ({"P1_response": "0:00"}, "Schrijf uren en minuten"),
        ({"P1_response": "1:60"}, "Schrijf uren en minuten"),
        ({"availability": "100,01"}, "100"),
        ({"availability": "49,99"}, "50"),
        ({"credits": "99,5"}, "zes regels"),
        ({"credits": "NaN 5"}, "zes regels"),
        ({"hoog_hoog": "P5"}, "P5"),
    ],
)
def test_what_is_wrong_with_a_level_is_said(begun: Browser, given: dict[str, Any], said: str) -> None:
    level = ServiceLevel.objects.get(name="Plus")
    path = f"{NIVEAUS}{level.pk}/versie/"

    answer = begun.post(path, {**as_posted(begun, path), "reason": "x", **given})

    assert answer.status_code == 422
    assert said in text(answer)
    assert level.versions.count() == 1


def test_a_level_is_added(begun: Browser) -> None:
    given = as_posted(begun, f"{NIVEAUS}{ServiceLevel.objects.get(name='Plus').pk}/versie/")
    answer = begun.post(f"{NIVEAUS}nieuw/", {**given, "seen": 0, "name": "Goud", "reason": "Nieuw"})
    assert answer.status_code == 303
    assert ServiceLevel.objects.get(name="Goud").versions.count() == 1


# When is it done? ---------------------------------------------------------------------------------


def an_hour_of_office(day: date, hour: int) -> str:
    return f"{day.isoformat()}T{hour:02}:00"


def next_tuesday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=(1 - today.weekday()) % 7 or 7)


def test_it_is_told_when_and_why(begun: Browser) -> None:
    tuesday = next_tuesday()
    path = f"{NIVEAUS}{ServiceLevel.objects.get(name='Plus').pk}/wanneer/"
    given = {
        "priority": "P2",
        "begins": "ontvangen",
        "moment": f"{tuesday}T14:05",
        "what_1": "vraag",
        "moment_1": f"{tuesday}T16:10",
        "what_2": "reactie",
        "moment_2": f"{tuesday}T17:30",
    }

    answer = begun.post(path, given)

    assert answer.status_code == 303
    shown = text(begun.client.get(answer.headers["Location"], headers={"host": "localhost"}))
    assert "15:25" in shown
    assert "Buiten de kalender" in shown
    assert "Stil: wij stellen de melder een vraag" in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"moment": "2020-01-01T10:00"}, "Kies een later moment"),
        ({"what_1": "vraag"}, "wat er gebeurt, en wanneer"),
        ({"what_1": "vraag", "moment_1": "2020-01-01T10:00"}, "na het begin"),
        ({"what_1": "prioriteit", "moment_1": "2026-12-01T10:00"}, "welke prioriteit het wordt"),
    ],
)
def test_what_cannot_be_reckoned_is_said(begun: Browser, given: dict[str, Any], said: str) -> None:
    path = f"{NIVEAUS}{ServiceLevel.objects.get(name='Plus').pk}/wanneer/"
    usual = {"priority": "P2", "begins": "ontvangen", "moment": an_hour_of_office(next_tuesday(), 9)}
    answer = begun.post(path, {**usual, **given})
    assert answer.status_code == 422
    assert said in text(answer)


# Neighbours, and what it costs --------------------------------------------------------------------


def test_another_vendor_sees_and_chooses_its_own_alone(begun: Browser, stranger: Browser) -> None:
    level = ServiceLevel.objects.get(name="Plus")
    form = as_posted(begun, f"{NIVEAUS}{level.pk}/versie/")

    assert "Kantoortijden" not in text(stranger.get(KALENDERS))
    assert "Plus" not in text(stranger.get(NIVEAUS))
    assert stranger.get(f"{KALENDERS}{office().pk}/").status_code == 404
    assert stranger.post(f"{NIVEAUS}{level.pk}/wanneer/").status_code == 404
    answer = stranger.post(f"{NIVEAUS}nieuw/", {**form, "seen": 0, "name": "Mijn", "reason": "x"})
    assert answer.status_code == 422
    assert ServiceLevel.objects.count() == 3


def test_another_vendor_begins_for_itself(begun: Browser, stranger: Browser) -> None:
    assert stranger.post("/afspraken/standaard/").status_code == 303
    assert Calendar.objects.count() == 6


@pytest.mark.parametrize("path", [KALENDERS, NIVEAUS])
def test_a_list_asks_as_much_for_many(begun: Browser, path: str) -> None:
    begun.get(path)
    with CaptureQueriesContext(connection) as few:
        assert begun.get(path).status_code == 200
    form = as_posted(begun, f"{NIVEAUS}{ServiceLevel.objects.get(name='Plus').pk}/versie/")
    for number in range(5):
        begun.post(f"{KALENDERS}nieuw/", a_week(seen=0, name=f"K {number}"))
        begun.post(f"{NIVEAUS}nieuw/", {**form, "seen": 0, "name": f"N {number}", "reason": "x"})
    begun.get(path)
    with CaptureQueriesContext(connection) as many:
        assert "8 " in text(begun.get(path))
    assert len(many) == len(few)
