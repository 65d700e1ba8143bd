"""Every page of both consoles, for every role: the table is what happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from backoffice.permissions import TABLE as OF_THE_VENDOR
from tenants.accounts.pages import Access, access_of
from tenants.accounts.rights import Level, PermissionTable
from tenants.console.permissions import TABLE as OF_A_MUNICIPALITY
from tenants.registry.models import Municipality
from tests.people import Browser, House, browser_of, member

TABLES = {"zaakplein.urls_public": OF_THE_VENDOR, "zaakplein.urls_tenant": OF_A_MUNICIPALITY}
UNKNOWN = "00000000-0000-4000-8000-000000000000"
PROBES = {"livez", "readyz", "readyz/worker"}
OF_PROGRAMS = ("platform/", "documentatie/")
"""Of the vendor's own API, which has tests of its own; at a municipality all that is not /beheer."""
SAMPLES = {
    "pk": "999999",
    "provider_id": "x",
    "step": "hosts",
    "job": UNKNOWN,
    "draft": UNKNOWN,
    "act": "aanvaarden",
    "task": "999999",
    "file": "999999",
    "key": UNKNOWN,
    "kind": "rol",
    "member": "roltoelichting",
    "year": "2027",
    "delivery": "999999",
    "number": "1",
    "line": "999999",
    "annex": "999999",
    "entry": "999999",
    "signature": "999999",
    "price_list": "999999",
}


ONCE_MORE = "and who one is, once more"
# Of every page that does more than show, the level: by hand, so that none becomes easier unseen.
OF_PEOPLE = {
    "/medewerkers/uitnodigen/": (Level.CHANGE, ONCE_MORE),
    "/medewerkers/rol/999999/wijzigen/": (Level.CHANGE, ONCE_MORE),
    "/medewerkers/rol/999999/beeindigen/": (Level.CHANGE, ONCE_MORE),
    "/medewerkers/uitnodiging/999999/intrekken/": (Level.CHANGE, ONCE_MORE),
    "/inloggen/nieuw/": (Level.CHANGE, ONCE_MORE),
    "/inloggen/999999/": (Level.CHANGE, ONCE_MORE),
    "/inloggen/999999/testen/": (Level.CHANGE, ""),
    "/inloggen/999999/verwijderen/": (Level.CHANGE, ONCE_MORE),
}
CHANGING = {
    "zaakplein.urls_tenant": {
        **OF_PEOPLE,
        "/overdracht/nieuw/": (Level.APPROVE, ONCE_MORE),
        "/overdracht/999999/aanvaarden/": (Level.APPROVE, ONCE_MORE),
        "/overdracht/999999/taken/999999/": (Level.CHANGE, ""),
        "/contract/999999/opzeggen/": (Level.APPROVE, ONCE_MORE),
        "/contract/999999/bijlagen/999999/akkoord/": (Level.APPROVE, ONCE_MORE),
        "/contract/999999/versies/1/tekenen/": (Level.APPROVE, ONCE_MORE),
        "/contract/999999/versies/1/afwijzen/": (Level.APPROVE, ONCE_MORE),
        "/rapporten/999999/akkoord/": (Level.APPROVE, ONCE_MORE),
        "/rapporten/999999/betwisten/": (Level.APPROVE, ONCE_MORE),
        "/toegang/noodtoegang/": (Level.APPROVE, ONCE_MORE),
        "/toegang/999999/besluit/": (Level.APPROVE, ONCE_MORE),
        "/toegang/999999/weigeren/": (Level.APPROVE, ONCE_MORE),
        "/toegang/999999/stoppen/": (Level.CHANGE, ""),
        "/toegang/999999/persoonsgegevens/": (Level.CHANGE, ONCE_MORE),
        "/toegang/999999/oordeel/": (Level.APPROVE, ONCE_MORE),
        "/meldingen/nieuw/": (Level.CHANGE, ""),
        "/meldingen/999999/bericht/": (Level.CHANGE, ""),
        "/meldingen/999999/oneens/": (Level.CHANGE, ""),
        "/meldingen/999999/bevestigen/": (Level.CHANGE, ""),
        "/meldingen/999999/intrekken/": (Level.CHANGE, ""),
        "/meldingen/999999/waardering/": (Level.CHANGE, ""),
    },
    "zaakplein.urls_public": {
        **OF_PEOPLE,
        "/sleutels/nieuw/": (Level.CHANGE, ONCE_MORE),
        "/sleutels/999999/intrekken/": (Level.CHANGE, ONCE_MORE),
        "/webhooks/nieuw/": (Level.CHANGE, ONCE_MORE),
        "/webhooks/999999/geheim/": (Level.CHANGE, ONCE_MORE),
        "/webhooks/999999/beeindigen/": (Level.CHANGE, ONCE_MORE),
        "/webhooks/999999/aanzetten/": (Level.CHANGE, ""),
        "/webhooks/999999/test/": (Level.CHANGE, ""),
        "/webhooks/999999/bezorgingen/999999/opnieuw/": (Level.CHANGE, ""),
        "/gemeenten/nieuw/": (Level.CHANGE, ""),
        f"/gemeenten/nieuw/{UNKNOWN}/hosts/": (Level.CHANGE, ""),
        f"/gemeenten/nieuw/{UNKNOWN}/controle/": (Level.CHANGE, ""),
        f"/gemeenten/nieuw/{UNKNOWN}/beheerder/": (Level.CHANGE, ONCE_MORE),
        "/gemeenten/999999/staat/": (Level.CHANGE, ONCE_MORE),
        "/gemeenten/999999/beeindigen/": (Level.APPROVE, ONCE_MORE),
        "/gemeenten/999999/beheerder/": (Level.CHANGE, ONCE_MORE),
        "/gemeenten/999999/beheerder/intrekken/": (Level.CHANGE, ONCE_MORE),
        f"/taken/{UNKNOWN}/herhalen/": (Level.CHANGE, ""),
        f"/taken/{UNKNOWN}/afbreken/": (Level.CHANGE, ONCE_MORE),
        f"/taken/{UNKNOWN}/opnieuw/": (Level.CHANGE, ""),
        "/afspraken/standaard/": (Level.CHANGE, ""),
        "/afspraken/kalenders/nieuw/": (Level.CHANGE, ""),
        "/afspraken/kalenders/999999/versie/": (Level.CHANGE, ""),
        "/afspraken/kalenders/999999/feestdagen/2027/": (Level.CHANGE, ""),
        "/afspraken/serviceniveaus/nieuw/": (Level.CHANGE, ""),
        "/afspraken/serviceniveaus/999999/versie/": (Level.CHANGE, ""),
        "/contracten/999999/uren/boeken/": (Level.CHANGE, ""),
        "/contracten/999999/uren/kopen/": (Level.CHANGE, ""),
        "/contracten/999999/uren/999999/": (Level.CHANGE, ""),
        "/prijslijsten/standaard/": (Level.CHANGE, ""),
        "/prijslijsten/nieuw/": (Level.CHANGE, ""),
        "/prijslijsten/999999/versie/": (Level.CHANGE, ""),
        "/contracten/nieuw/": (Level.CHANGE, ""),
        "/contracten/999999/addendum/": (Level.CHANGE, ""),
        "/contracten/999999/indexeren/": (Level.CHANGE, ""),
        "/contracten/999999/opzegging/": (Level.CHANGE, ""),
        "/contracten/999999/opzeggen/": (Level.APPROVE, ONCE_MORE),
        "/contracten/999999/bijlagen/999999/verwijderen/": (Level.CHANGE, ""),
        **{
            f"/contracten/999999/versies/1/{rest}/": (Level.CHANGE, "")
            for rest in (
                "afspraken",
                "dekking",
                "regels/nieuw",
                "regels/999999",
                "regels/999999/verwijderen",
                "prijslijst",
                "prijslijst/999999",
                "bijlagen/nieuw",
                "aanbieden",
                "weggooien",
                "intrekken",
            )
        },
        "/contracten/999999/versies/1/tekenen/": (Level.APPROVE, ONCE_MORE),
        "/contracten/999999/versies/1/getekend-pdf/": (Level.APPROVE, ONCE_MORE),
        "/rapporten/onderhoud/nieuw/": (Level.APPROVE, ""),
        "/rapporten/onderhoud/999999/afgelasten/": (Level.APPROVE, ""),
        "/rapporten/999999/herberekenen/": (Level.APPROVE, ""),
        "/rapporten/999999/delen/": (Level.APPROVE, ""),
        "/rapporten/999999/akkoord/": (Level.APPROVE, ONCE_MORE),
        "/rapporten/999999/corrigeren/": (Level.APPROVE, ""),
        "/partners/nieuw/": (Level.CHANGE, ONCE_MORE),
        "/gemeenten/999999/partner/beeindigen/": (Level.APPROVE, ONCE_MORE),
        "/partners/999999/eigenaar/": (Level.CHANGE, ONCE_MORE),
        "/overdrachten/999999/aanvaarden/": (Level.APPROVE, ONCE_MORE),
        "/overdrachten/999999/voorbereiden/": (Level.CHANGE, ""),
        "/overdrachten/999999/taken/999999/": (Level.CHANGE, ""),
        "/meldingen/nieuw/": (Level.CHANGE, ""),
        "/meldingen/eerste/": (Level.CHANGE, ""),
        "/meldingen/999999/oppakken/": (Level.CHANGE, ""),
        "/meldingen/999999/overdragen/": (Level.CHANGE, ""),
        "/meldingen/999999/prioriteit/": (Level.CHANGE, ""),
        "/meldingen/999999/plannen/": (Level.CHANGE, ""),
        "/meldingen/999999/verder/": (Level.CHANGE, ""),
        "/meldingen/999999/samenvoegen/": (Level.CHANGE, ""),
        "/meldingen/999999/melder/": (Level.CHANGE, ""),
        "/meldingen/999999/gegevens/": (Level.CHANGE, ""),
        "/meldingen/999999/koppelen/": (Level.CHANGE, ""),
        "/meldingen/999999/uren/": (Level.CHANGE, ""),
        "/meldingen/999999/hotfix/": (Level.CHANGE, ""),
        "/meldingen/999999/corrigeren/": (Level.APPROVE, ""),
        "/meldingen/999999/sluiten/": (Level.CHANGE, ""),
        "/meldingen/post/999999/aanvaarden/": (Level.CHANGE, ""),
        "/meldingen/post/999999/melding/": (Level.CHANGE, ""),
        "/meldingen/post/999999/weggooien/": (Level.CHANGE, ""),
        "/meldingen/999999/wissen/": (Level.APPROVE, ONCE_MORE),
        "/storingen/nieuw/": (Level.CHANGE, ""),
        "/storingen/999999/gemeenten/toevoegen/": (Level.CHANGE, ""),
        "/storingen/999999/gemeenten/afhalen/": (Level.CHANGE, ""),
        "/storingen/999999/aanvaarden/": (Level.CHANGE, ""),
        "/toegang/aanvragen/": (Level.CHANGE, ""),
        "/toegang/nood/": (Level.CHANGE, ONCE_MORE),
        "/toegang/999999/intrekken/": (Level.CHANGE, ""),
        "/toegang/999999/teruggeven/": (Level.CHANGE, ""),
        "/toegang/999999/bevestigen/": (Level.CHANGE, ONCE_MORE),
        "/toegang/999999/verantwoorden/": (Level.CHANGE, ""),
        "/toegang/999999/zaken/": (Level.CHANGE, ""),
        f"/toegang/999999/zaken/{UNKNOWN}/": (Level.CHANGE, ""),
        "/toegang/999999/zaaktypen/": (Level.CHANGE, ""),
        f"/toegang/999999/zaaktypen/{UNKNOWN}/": (Level.CHANGE, ""),
        "/toegang/999999/techniek/": (Level.CHANGE, ""),
        f"/toegang/999999/tonen/rol/{UNKNOWN}/roltoelichting/": (Level.CHANGE, ""),
    },
}


def pages(urlconf: str) -> Iterator[tuple[str, Access | None]]:
    """The path of each page of a console, and what its view declares."""
    prefix = "beheer/" if urlconf.endswith("tenant") else ""
    for path, view in walked(get_resolver(urlconf).url_patterns):
        of_programs = path.startswith(OF_PROGRAMS)
        if path.startswith(prefix) and path not in PROBES and not of_programs:
            yield "/" + sampled(path.removeprefix(prefix)), access_of(view)


def walked(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walked(pattern.url_patterns, before + route_of(pattern))
        elif isinstance(pattern, URLPattern):
            yield before + route_of(pattern), pattern.callback


def route_of(pattern: URLPattern | URLResolver) -> str:
    if isinstance(pattern.pattern, RegexPattern):
        return "password/reset/key/1-set-password/"
    return str(pattern.pattern)


def sampled(route: str) -> str:
    """The route with something in place of its parameters."""
    for name, value in SAMPLES.items():
        for kind in (f"<int:{name}>", f"<slug:{name}>", f"<uuid:{name}>", f"<str:{name}>"):
            route = route.replace(kind, value)
    assert "<" not in route, route
    return route


DECLARED = [(urlconf, path, access) for urlconf in TABLES for path, access in pages(urlconf)]
FOR_A_ROLE = [
    pytest.param(urlconf, role.key, id=f"{urlconf.rpartition('_')[2]}-{role.key}")
    for urlconf, table in TABLES.items()
    for role in table.roles
]


def test_every_page_declares_who_may_open_it() -> None:
    assert DECLARED
    assert [path for _, path, access in DECLARED if access is None] == []


@pytest.mark.parametrize("urlconf", TABLES)
def test_what_changes_something_asks_for_what_is_listed(urlconf: str) -> None:
    declared = {
        path: (access.level, ONCE_MORE if access.fresh else "")
        for conf, path, access in DECLARED
        if conf == urlconf and access and access.level > Level.SEE
    }
    assert declared == CHANGING[urlconf]


def test_every_declared_area_is_in_the_table() -> None:
    for urlconf, table in TABLES.items():
        asked = {access.area for conf, _, access in DECLARED if conf == urlconf and access and access.area}
        assert asked == {area.key for area in table.areas}


@pytest.mark.parametrize("table", TABLES.values(), ids=["vendor", "municipality"])
def test_every_cell_says_what_it_means(table: PermissionTable) -> None:
    cells = [area.consequence(role.key) for area in table.areas for role in table.roles]
    assert all(cell.endswith(".") for cell in cells)


@pytest.mark.parametrize("table", TABLES.values(), ids=["vendor", "municipality"])
def test_the_highest_role_covers_every_other(table: PermissionTable) -> None:
    assert [role.key for role in table.roles if not table.covers(table.highest.key, role.key)] == []


@pytest.mark.parametrize(("urlconf", "role"), FOR_A_ROLE)
def test_a_role_opens_what_the_table_says_and_nothing_else(
    haarlem: Municipality, urlconf: str, role: str
) -> None:
    house = House.of(haarlem if urlconf.endswith("tenant") else None)
    browser = browser_of(house, member(house, role))
    table = TABLES[urlconf]
    wrong = {}
    for path, access in ((path, access) for conf, path, access in DECLARED if conf == urlconf):
        if access is not None and access.area is not None:
            may = table.level(access.area, role) >= access.level
            answer = browser.get(path)
            answer.getvalue()  # what is streamed holds its place until it was read
            if (answer.status_code != 403) is not may:
                wrong[path] = may
    assert wrong == {}


@pytest.mark.parametrize("urlconf", TABLES)
def test_a_stranger_opens_what_is_for_strangers_alone(haarlem: Municipality, urlconf: str) -> None:
    house = House.of(haarlem if urlconf.endswith("tenant") else None)
    browser = Browser(house)
    closed = [path for conf, path, access in DECLARED if conf == urlconf and access and access.signed_in]

    answers = {path: browser.get(path) for path in closed}

    assert closed
    assert {
        path for path, answer in answers.items() if "/account/login/" not in answer.headers["Location"]
    } == set()


def test_without_a_role_there_is_nothing_to_see(house: House, lowest: str) -> None:
    membership = member(house, lowest)
    with house.entered():
        membership.delete()

    response = browser_of(house, membership).get("/medewerkers/")

    assert response.status_code == 403
    assert "geen rol" in response.content.decode()


def test_a_refusal_says_who_can_do_it(house: House, lowest: str, highest: str) -> None:
    response = browser_of(house, member(house, lowest)).get("/medewerkers/uitnodigen/")

    assert response.status_code == 403
    assert highest in response.content.decode().lower()


def test_a_view_that_declares_nothing_is_closed(house: House, highest: str, monkeypatch: Any) -> None:
    monkeypatch.setattr("tenants.accounts.middleware.access_of", lambda _: None)

    assert browser_of(house, member(house, highest)).get("/medewerkers/").status_code == 403


def test_a_level_holds_the_ones_below_it() -> None:
    assert Level.NONE < Level.SEE < Level.CHANGE < Level.APPROVE
