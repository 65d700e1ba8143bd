"""Zaken in bulk keep what the API keeps for zaken one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, F, Max, OuterRef, Subquery
from django.db.models.functions import ExtractYear
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from api.catalogi.models import Zaaktype
from api.pipeline.sql.loading import YEAR, analyze_once_committed
from api.pipeline.validate.fields import day_after
from api.zaken.betrokkenen import validated
from api.zaken.demo.cases import generate
from api.zaken.demo.catalogue import RSIN, seed_catalogue
from api.zaken.models import IdentificatieTeller, Resultaat, Rol, Status, Zaak
from api.zaken.models.keuzes import BetrokkeneType
from api.zaken.rules.zrc_002_identificatie import SOORT, identificatie
from tenants.registry.context import in_municipality
from tenants.registry.elfproef import is_valid_rsin
from tenants.registry.models import Municipality
from tests.conftest import Connected

if TYPE_CHECKING:
    from api.pipeline.words.caller import Caller

COUNT = 400
TODAY = date(2026, 3, 2)
IN_HAARLEM = {
    "type": "Polygon",
    "coordinates": [[[4.55, 52.33], [4.72, 52.33], [4.72, 52.43], [4.55, 52.43], [4.55, 52.33]]],
}


def test_it_makes_as_many_as_asked(filled: Municipality) -> None:
    assert Zaak.objects.count() == COUNT


def test_the_older_the_more_are_closed(filled: Municipality) -> None:
    old = Zaak.objects.filter(startdatum__lt=TODAY - timedelta(days=YEAR))
    recent = Zaak.objects.filter(startdatum__gt=TODAY - timedelta(days=90))
    assert old.filter(einddatum=None).count() < old.count() / 10
    assert recent.filter(einddatum=None).count() > recent.count() / 2


def test_they_are_of_ten_years(filled: Municipality) -> None:
    years = set(Zaak.objects.annotate(jaar=ExtractYear("startdatum")).values_list("jaar", flat=True))
    assert years == set(range(TODAY.year - 10, TODAY.year + 1))


def test_one_zaaktype_has_much_and_another_little(filled: Municipality) -> None:
    counts = sorted(Zaaktype.objects.annotate(rows=Count("zaken")).values_list("rows", flat=True))
    assert counts[-1] > COUNT / 3
    assert 0 < counts[0] < COUNT / 10


def test_archiving_follows_from_the_resultaat(filled: Municipality) -> None:
    closed = Zaak.objects.filter(einddatum__isnull=False)
    assert closed.filter(archiefnominatie=F("resultaat__resultaattype__archiefnominatie")).count() == (
        closed.count()
    )
    terms: Any = closed.filter(archiefnominatie="vernietigen").values_list(
        "einddatum", "resultaat__resultaattype__archiefactietermijn", "archiefactiedatum"
    )
    assert [day_after(end, term) for end, term, _ in terms] == [action for _, _, action in terms]


def test_what_is_open_is_not_archived(filled: Municipality) -> None:
    still_open = Zaak.objects.filter(einddatum=None)
    assert not still_open.exclude(archiefnominatie=None, archiefactiedatum=None).exists()


def test_what_is_kept_is_handed_over_after_years(filled: Municipality) -> None:
    handed_over = Zaak.objects.filter(archiefstatus="overgedragen")
    assert handed_over.exists()
    assert not handed_over.exclude(
        archiefnominatie="blijvend_bewaren",
        archiefactiedatum__isnull=False,
        einddatum__lt=TODAY - timedelta(days=5 * YEAR),
    ).exists()


def test_some_stand_below_another(filled: Municipality) -> None:
    below = Zaak.objects.filter(hoofdzaak__isnull=False)
    assert 0 < below.count() < COUNT / 10
    assert not below.filter(hoofdzaak__hoofdzaak__isnull=False).exists()


def test_somebody_comes_back(filled: Municipality) -> None:
    of_a_person = Rol.objects.filter(betrokkene_type="natuurlijk_persoon")
    returning = of_a_person.values("betrokkene_identificatie__inpBsn").annotate(times=Count("pk"))
    assert returning.filter(times__gt=2).exists()


def test_the_closed_have_a_resultaat_and_an_eindstatus(filled: Municipality) -> None:
    closed = Zaak.objects.filter(einddatum__isnull=False)
    eindstatus = Max("zaaktype__statustypen__volgnummer")
    current = Status.objects.filter(zaak=OuterRef("pk"), indicatie_laatst_gezette_status=True)
    ended = closed.annotate(end=eindstatus, reached=Subquery(current.values("statustype__volgnummer")))
    assert ended.filter(reached=F("end"), resultaat__isnull=False).count() == closed.count()
    assert Resultaat.objects.count() == closed.count()


def test_the_einddatum_is_the_day_of_the_last_status(filled: Municipality) -> None:
    last = Status.objects.filter(zaak__einddatum__isnull=False, indicatie_laatst_gezette_status=True)
    assert not last.exclude(datum_status_gezet__date=F("zaak__einddatum")).exists()


def test_the_current_status_is_the_latest(filled: Municipality) -> None:
    """``filled`` has zaken of yesterday, whose statussen are all of one day."""
    moments = Zaak.objects.annotate(latest=Max("statussen__datum_status_gezet"))
    at_latest = Status.objects.filter(
        indicatie_laatst_gezette_status=True,
        datum_status_gezet=Subquery(moments.filter(pk=OuterRef("zaak")).values("latest")),
    )
    assert at_latest.count() == COUNT


def test_no_two_statussen_have_the_same_moment(filled: Municipality) -> None:
    moments = Status.objects.values("zaak", "datum_status_gezet").annotate(times=Count("pk"))
    assert not moments.filter(times__gt=1).exists()


def test_each_has_one_to_three_statussen(filled: Municipality) -> None:
    counts = Zaak.objects.annotate(steps=Count("statussen")).values_list("steps", flat=True)
    assert set(counts) == {1, 2, 3}


def test_every_bsn_passes_the_eleven_test(filled: Municipality) -> None:
    people = Rol.objects.filter(betrokkene_type="natuurlijk_persoon", betrokkene="")
    numbers = [who["inpBsn"] for who in people.values_list("betrokkene_identificatie", flat=True)]
    assert len(numbers) > COUNT / 2
    assert all(is_valid_rsin(number) for number in numbers)


@pytest.mark.parametrize("betrokkene_type", BetrokkeneType.values)
def test_whoever_it_is_has_every_member_of_its_form(filled: Municipality, betrokkene_type: str) -> None:
    """As a client may send it, too."""
    of_the_kind = Rol.objects.filter(betrokkene_type=betrokkene_type, betrokkene="")
    kept = list(of_the_kind.values_list("betrokkene_identificatie", flat=True))
    caller = cast("Caller", None)  # none of the forms asks who calls
    assert kept
    assert [validated(betrokkene_type, each, caller) for each in kept] == [(each, []) for each in kept]


def test_they_are_in_the_municipality(filled: Municipality) -> None:
    assert Zaak.objects.filter(zaakgeometrie__within=IN_HAARLEM).count() == COUNT


def test_an_identificatie_is_of_the_year_of_registration(filled: Municipality) -> None:
    registered = Zaak.objects.annotate(jaar=ExtractYear("registratiedatum"))
    years = set(registered.values_list("identificatie", "jaar"))
    assert {identificatie[:9] for identificatie, _ in years} == {f"ZAAK-{jaar}" for _, jaar in years}
    assert all(identificatie.startswith(f"ZAAK-{jaar}-") for identificatie, jaar in years)


def test_they_are_registered_in_the_order_of_time(filled: Municipality) -> None:
    days = list(Zaak.objects.order_by("volgorde").values_list("registratiedatum", flat=True))
    assert days == sorted(days)


def test_the_counter_goes_on_after_them(filled: Municipality) -> None:
    following = IdentificatieTeller.objects.next_number(SOORT, RSIN, TODAY.year)
    assert not Zaak.objects.filter(identificatie=identificatie(TODAY.year, following)).exists()


def test_a_second_time_adds_others(filled: Municipality, fill: Callable[[], None]) -> None:
    fill()
    assert Zaak.objects.count() == 2 * COUNT


def test_analyzing_waits_for_the_end_of_the_transaction(
    with_catalogue: None,
    fill: Callable[[], None],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with CaptureQueriesContext(connection) as ran, django_capture_on_commit_callbacks() as waiting:
        fill()
    assert (analyzed(ran), len(waiting)) == ([], 1)


def test_the_tables_are_analyzed_after_it(owner_connection: Connected) -> None:
    with owner_connection(), CaptureQueriesContext(connection) as ran:
        haarlem = Municipality.objects.get(schema_name="haarlem")
        with transaction.atomic(), in_municipality(haarlem):
            analyze_once_committed(Zaak, Status)
            within = analyzed(ran)
    assert (within, len(analyzed(ran))) == ([], 2)


def analyzed(ran: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in ran.captured_queries if query["sql"].startswith("ANALYZE")]


def test_the_command_says_what_it_made(haarlem: Municipality, with_catalogue: None) -> None:
    said = StringIO()
    call_command("generate_zaken", municipality="haarlem", count=3, stdout=said)
    assert said.getvalue().startswith("3 zaken\nMade 3 zaken in ")


def test_more_zaaktypen_are_published(haarlem: Municipality, with_catalogue: None) -> None:
    said = StringIO()
    for _ in range(2):
        call_command("generate_zaken", municipality="haarlem", count=3, zaaktypen=8, stdout=said)
    with in_municipality(haarlem):
        published = Zaaktype.objects.published()
        assert published.count() == 8
        assert all(each.statustypen.exists() and each.roltypen.exists() for each in published)
    assert said.getvalue().count("Made 3 zaaktypen.") == 1


def test_they_are_of_as_many_years_as_asked(haarlem: Municipality, with_catalogue: None) -> None:
    call_command("generate_zaken", municipality="haarlem", count=50, years=1, stdout=StringIO())
    with in_municipality(haarlem):
        assert not Zaak.objects.filter(startdatum__lt=timezone.localdate() - timedelta(days=YEAR)).exists()


def test_less_than_a_year_is_refused(haarlem: Municipality) -> None:
    with pytest.raises(CommandError, match="At least one year"):
        call_command("generate_zaken", municipality="haarlem", count=3, years=0)


def test_without_a_catalogue_it_refuses(haarlem: Municipality) -> None:
    with pytest.raises(CommandError, match="no published zaaktype"):
        call_command("generate_zaken", municipality="haarlem", count=3)


def test_an_unknown_municipality_is_refused(haarlem: Municipality) -> None:
    with pytest.raises(CommandError, match="no municipality amsterdam"):
        call_command("generate_zaken", municipality="amsterdam", count=3)


def test_none_is_refused(haarlem: Municipality) -> None:
    with pytest.raises(CommandError, match="At least one"):
        call_command("generate_zaken", municipality="haarlem", count=0)


@pytest.fixture
def with_catalogue(haarlem: Municipality) -> None:
    """Left again: the command enters by itself."""
    with in_municipality(haarlem):
        seed_catalogue()


@pytest.fixture
def fill(in_haarlem: Municipality) -> Callable[[], None]:
    def generated() -> None:
        generate(COUNT, today=TODAY, seed=7, progress=lambda stored: None)

    return generated


@pytest.fixture
def filled(in_haarlem: Municipality, fill: Callable[[], None]) -> Municipality:
    seed_catalogue()
    fill()
    return in_haarlem
