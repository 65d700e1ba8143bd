from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from tenants.jobs.models import Job
from tenants.registry.models import Domain, Municipality
from tests.backoffice.conftest import As, text
from tests.people import Browser, partner_organisation, vendor_organisation


def test_everyone_of_the_vendor_sees_the_municipalities(boss: Browser, haarlem: Municipality) -> None:
    page = text(boss.get("/gemeenten/"))

    assert f'href="/gemeenten/{haarlem.pk}/"' in page
    assert "2 gemeenten" in page
    assert "haarlem.localhost" in page


def test_a_partner_sees_those_that_it_serves(signed_in: As, haarlem: Municipality) -> None:
    partner = partner_organisation()
    haarlem.implementation_partner = partner
    haarlem.save()

    page = text(signed_in(organisation=partner).get("/gemeenten/"))

    assert "Haarlem" in page
    assert "Utrecht" not in page


def test_a_limited_person_finds_no_other_in_a_file(signed_in: As, haarlem: Municipality) -> None:
    browser = signed_in("helpdesk", municipalities=("haarlem",))

    file = browser.get("/gemeenten/", export="csv").content.decode("utf-8-sig")

    assert "Haarlem" in file
    assert "Utrecht" not in file


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "haar"}, "Haarlem"),
        ({"q": "0392"}, "Haarlem"),
        ({"q": "haarlem.localhost"}, "Haarlem"),
        ({"staat": "beperkt"}, "Utrecht"),
        ({"omgeving": "productie", "q": "utr"}, "Utrecht"),
    ],
)
def test_a_filter_finds(boss: Browser, utrecht: Municipality, query: dict[str, str], found: str) -> None:
    Municipality.objects.filter(pk=utrecht.pk).update(status="beperkt")

    page = text(boss.get("/gemeenten/", **query))

    assert [naam for naam in ("Haarlem", "Utrecht") if f">{naam}</a>" in page] == [found]


def test_work_that_failed_asks_for_attention(boss: Browser, failed_job: Job) -> None:
    page = text(boss.get("/gemeenten/", aandacht="mislukt"))

    assert "Een taak is mislukt" in page
    assert ">Utrecht</a>" not in page


def test_environments_of_a_gemeente_stand_together(boss: Browser, haarlem: Municipality) -> None:
    vendor = vendor_organisation()
    Municipality.objects.create(
        schema_name="haarlem_acc", naam="Haarlem", cbs_code="0392", environment="acceptatie", vendor=vendor
    )

    page = text(boss.get("/gemeenten/"))

    assert "2 gemeenten" in page
    assert "3 omgevingen" in page
    assert page.index("Productie</td>") < page.index("Acceptatie</td>") < page.index(">Utrecht</a>")


def test_a_file_executes_nothing(boss: Browser, haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(naam="=1+1")

    file = boss.get("/gemeenten/", export="xlsx")

    cells = [cell.value for row in load_workbook(io.BytesIO(file.content)).active.rows for cell in row]  # type: ignore[union-attr]
    assert "'=1+1" in cells
    assert "=1+1" not in cells


def test_a_name_is_text(boss: Browser, haarlem: Municipality) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(naam="<img src=x onerror=alert(1)>")

    assert "<img src=x" not in text(boss.get("/gemeenten/"))
    assert "<img src=x" not in text(boss.get(f"/gemeenten/{haarlem.pk}/"))


def test_who_may_not_add_reads_who_can(signed_in: As) -> None:
    page = text(signed_in("helpdesk").get("/gemeenten/"))

    assert "Toevoegen kan van de leverancier: eigenaar, operatie." in page
    assert 'href="/gemeenten/nieuw/"' not in page


def test_a_long_list_takes_few_statements_and_little_time(
    boss: Browser, municipalities: Callable[..., list[Municipality]], django_assert_max_num_queries: Any
) -> None:
    made = municipalities(342)
    Domain.objects.bulk_create(
        Domain(domain=f"{each.schema_name}.example", tenant=each, is_primary=True) for each in made
    )
    boss.get("/gemeenten/", per_page="50")

    with django_assert_max_num_queries(13):
        boss.get("/gemeenten/", per_page="50", q="gemeente")

    taken = []
    for _ in range(5):
        before = time.perf_counter()
        boss.get("/gemeenten/")
        taken.append(time.perf_counter() - before)
    assert min(taken) < 0.15
