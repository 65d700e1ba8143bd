"""Pages of a list: where they end, what they link to, and in which order they go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from api.pipeline.http import paging
from api.pipeline.http.paging import DEFAULT_SIZE, MAX_PAGE, MAX_SIZE, Page
from api.pipeline.words.refusals import Invalid, NotFound
from api.zaken.models import Zaak
from api.zaken.resources.zaak import ZaakResource
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import STATUSSEN, ZAKEN, Catalogue
from tests.factories.zaken import StatusFactory

URL = "http://haarlem.localhost/zaken"
NEXT, PREVIOUS = f"{URL}?page=3", f"{URL}?page=2"


@pytest.fixture
def three(catalogue: Catalogue) -> list[Zaak]:
    """Of one day, and stored in another order than the one they have."""
    second, third, first = (catalogue.new_zaak(volgorde=number) for number in (2, 3, 1))
    return [first, second, third]


def pages(api: ApiClient, url: str | None) -> list[str]:
    """The keys on one page after the other, by their links; few, where those go in a circle."""
    found: list[str] = []
    while url and len(found) < 9:
        page = api.get(url).json()
        found += [each["uuid"] for each in page["results"]]
        url = page["next"]
    return found


@pytest.mark.parametrize(
    ("number", "count", "following", "previous"),
    [
        (1, 0, None, None),
        (1, 1, None, None),
        (1, 2, None, None),
        (1, 3, PREVIOUS, None),
        (2, 3, None, URL),
        (2, 4, None, URL),
        (2, 5, NEXT, URL),
        (3, 5, None, PREVIOUS),
    ],
)
def test_a_page_of_two_links_to_those_beside_it(
    number: int, count: int, following: str | None, previous: str | None
) -> None:
    assert Page(number, 2).links(count, URL, QueryDict()) == (following, previous)


@pytest.mark.parametrize(("number", "count"), [(2, 0), (2, 1), (2, 2), (3, 3), (3, 4)])
def test_there_is_no_page_past_the_last(number: int, count: int) -> None:
    with pytest.raises(NotFound):
        Page(number, 2).links(count, URL, QueryDict())


def test_links_keep_the_other_parameters() -> None:
    query = QueryDict("expand=status&page=2&pageSize=1&x=1&x=2")
    others = "expand=status&pageSize=1&x=1&x=2"
    assert Page(2, 1).links(3, URL, query) == (f"{URL}?{others}&page=3", f"{URL}?{others}")


@pytest.mark.parametrize("size", [1, MAX_SIZE])
def test_a_size_that_is_offered(size: int) -> None:
    assert paging.read({"pageSize": str(size)}) == Page(1, size)


@pytest.mark.parametrize("size", ["0", str(MAX_SIZE + 1), "-1", "1.5", "", "tien", "٣"])
def test_a_size_that_is_not_offered(size: str) -> None:
    with pytest.raises(Invalid) as refused:
        paging.read({"pageSize": size})
    assert [(each.name, each.code) for each in refused.value.violations] == [("pageSize", "invalid")]


@pytest.mark.parametrize("number", [1, MAX_PAGE])
def test_a_page_that_can_exist(number: int) -> None:
    assert paging.read({"page": str(number)}) == Page(number, DEFAULT_SIZE)


@pytest.mark.parametrize("number", ["0", str(MAX_PAGE + 1), "9" * 12, "9" * 13, "-1", "", "een"])
def test_a_page_that_cannot_exist(number: str) -> None:
    with pytest.raises(NotFound):
        paging.read({"page": number})


def test_a_last_page_that_is_just_full_has_no_next(haarlem_api: ApiClient, three: list[Zaak]) -> None:
    page = haarlem_api.get(f"{ZAKEN}?pageSize=3").json()
    assert (page["count"], len(page["results"]), page["next"]) == (3, 3, None)
    assert haarlem_api.get(f"{ZAKEN}?pageSize=3&page=2").status_code == 404


def test_an_empty_list_has_one_page(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    page = haarlem_api.get(ZAKEN).json()
    assert page == {"count": 0, "next": None, "previous": None, "results": []}
    assert haarlem_api.get(f"{ZAKEN}?page=2").status_code == 404


def test_a_search_has_pages_too(haarlem_api: ApiClient, three: list[Zaak]) -> None:
    wanted = {"startdatum": "2026-01-05"}
    last = haarlem_api.post(f"{ZAKEN}/_zoek?pageSize=1&page=3", wanted).json()
    assert (last["next"], last["previous"]) == (
        None,
        haarlem_api.url(f"{ZAKEN}/_zoek?pageSize=1&page=2"),
    )
    assert haarlem_api.post(f"{ZAKEN}/_zoek?pageSize=1&page=4", wanted).status_code == 404


def test_a_refused_size_is_named(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    assert violations(haarlem_api.get(f"{ZAKEN}?pageSize=501")) == [("pageSize", "invalid")]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", [2, 1, 0]),
        ("&ordering=startdatum", [0, 1, 2]),
        ("&ordering=-startdatum", [2, 1, 0]),
        ("&ordering=einddatum", [0, 1, 2]),
        ("&ordering=-einddatum", [2, 1, 0]),
        ("&ordering=-startdatum,registratiedatum", [0, 1, 2]),
        ("&ordering=startdatum,-registratiedatum", [2, 1, 0]),
        ("&ordering=-identificatie", [0, 2, 1]),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_each_is_on_one_page_and_equals_keep_their_order(
    haarlem_api: ApiClient, three: list[Zaak], query: str, order: list[int], size: int
) -> None:
    found = pages(haarlem_api, f"{ZAKEN}?pageSize={size}{query}")
    assert found == [str(three[place].pk) for place in order]


@pytest.mark.parametrize("size", [1, 2])
def test_a_list_goes_in_the_order_of_its_resource(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, size: int
) -> None:
    with in_municipality(catalogue.municipality):
        earlier = StatusFactory.create(zaak=zaak, datum_status_gezet=datetime(2026, 1, 5, 22, tzinfo=UTC))
        later = StatusFactory.create(zaak=zaak, datum_status_gezet=datetime(2026, 1, 5, 23, tzinfo=UTC))
    assert pages(haarlem_api, f"{STATUSSEN}?pageSize={size}") == [str(later.pk), str(earlier.pk)]


@pytest.mark.parametrize(("wanted", "order"), [("startdatum", [0, 1, 2]), ("-startdatum", [2, 1, 0])])
def test_a_search_goes_in_the_same_order(
    haarlem_api: ApiClient, three: list[Zaak], wanted: str, order: list[int]
) -> None:
    answer = haarlem_api.post(f"{ZAKEN}/_zoek", {"startdatum": "2026-01-05", "ordering": wanted})
    assert [each["uuid"] for each in answer.json()["results"]] == [str(three[each].pk) for each in order]


MOST_ORDERED = len(ZaakResource.ordering)


@pytest.mark.parametrize(("number", "status"), [(MOST_ORDERED, 200), (MOST_ORDERED + 1, 400)])
def test_no_more_is_ordered_by_than_there_is(
    haarlem_api: ApiClient, three: list[Zaak], number: int, status: int
) -> None:
    wanted = ",".join(["startdatum"] * number)
    search = {"startdatum": "2026-01-05", "ordering": wanted}
    assert haarlem_api.get(f"{ZAKEN}?ordering={wanted}").status_code == status
    assert haarlem_api.post(f"{ZAKEN}/_zoek", search).status_code == status


@pytest.mark.parametrize(("name", "code"), [("ordering", "invalid_choice"), ("expand", "invalid")])
@pytest.mark.parametrize("wanted", [[], {}, 0, False], ids=str)
def test_what_a_search_gives_is_a_text(
    haarlem_api: ApiClient, catalogue: Catalogue, name: str, code: str, wanted: object
) -> None:
    answer = haarlem_api.post(f"{ZAKEN}/_zoek", {"startdatum": "2026-01-05", name: wanted})
    assert violations(answer) == [(name, code)]


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_search_may_leave_order_and_expand_empty(
    haarlem_api: ApiClient, three: list[Zaak], nothing: str | None
) -> None:
    search = {"startdatum": "2026-01-05", "ordering": nothing, "expand": nothing}
    answer = haarlem_api.post(f"{ZAKEN}/_zoek?expand=zaaktype", search).json()
    assert [each["uuid"] for each in answer["results"]] == [str(three[place].pk) for place in (2, 1, 0)]
    assert all("zaaktype" in each["_expand"] for each in answer["results"])
