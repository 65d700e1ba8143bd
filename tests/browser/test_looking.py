"""Somebody of the vendor looks into Haarlem, shows one masked value, and Haarlem finds it all in its log."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from access.models import Grant
from api.clients.models import Applicatie
from api.zaken.models import Rol, Zaak
from tenants.accounts.models import Membership
from tenants.registry.context import in_municipality
from tests.backoffice.looking.conftest import BSN, running
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import follow, press
from tests.conftest import municipality
from tests.factories.catalogi import (
    EigenschapFactory,
    ResultaattypeFactory,
    ZaakobjecttypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
)
from tests.factories.zaken import ResultaatFactory, RolFactory, StatusFactory, ZaakFactory

REASON = "Melding 2043: is dit BSN goed overgekomen?"


@dataclass
class Arranged:
    """What is committed for the walk."""

    membership: Membership
    grant: Grant
    zaak: Zaak
    rol: Rol

    @property
    def paths(self) -> list[str]:
        root = f"/toegang/{self.grant.pk}"
        return [
            f"{root}/zaken/",
            f"{root}/zaken/?q=nergens",
            f"{root}/zaken/{self.zaak.pk}/",
            f"{root}/zaaktypen/",
            f"{root}/zaaktypen/{self.zaak.zaaktype_id}/",
            f"{root}/techniek/",
            f"{root}/tonen/rol/{self.rol.pk}/betrokkeneIdentificatie.inpBsn/",
        ]


@pytest.fixture
def arranged(site: Site) -> Arranged:
    membership = site.member(site.house(), "operatie")
    with site.arranging():
        haarlem = municipality("haarlem")
        with in_municipality(haarlem):
            zaak = ZaakFactory.create(
                kenmerken=[{"kenmerk": "KENMERK-1", "bron": "Post"}], toelichting="Gemeld aan de balie"
            )
            StatusFactory.create(zaak=zaak, indicatie_laatst_gezette_status=True)
            rol = RolFactory.create(zaak=zaak)
            ResultaatFactory.create(zaak=zaak)
            ResultaattypeFactory.create(zaaktype=zaak.zaaktype)
            EigenschapFactory.create(zaaktype=zaak.zaaktype)
            ZaakobjecttypeFactory.create(zaaktype=zaak.zaaktype)
            ZaaktypeInformatieobjecttypeFactory.create(zaaktype=zaak.zaaktype)
            Applicatie.objects.create(label="Zaaksysteem")
            ZaakFactory.create_batch(16, zaaktype=zaak.zaaktype)
        return Arranged(membership, running(haarlem, membership), zaak, rol)


def test_a_masked_value_is_shown_once_and_the_municipality_reads_why(site: Site, arranged: Arranged) -> None:
    page = site.open_as(arranged.membership, site.house(), arranged.paths[0])
    page.get_by_label("Identificatie, helemaal").fill(arranged.zaak.identificatie)
    press(page, "Filter")
    follow(page, arranged.zaak.identificatie)
    expect(page.get_by_role("heading", name=arranged.zaak.identificatie, level=1)).to_be_visible()
    assert BSN not in page.content()

    page.get_by_role("link", name="Toon Betrokkene identificatie, inp bsn").click()
    press(page, "Toon de waarde")
    expect(page.get_by_text("Schrijf op waarom u deze waarde nodig hebt.").first).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Waarom hebt u deze waarde nodig?").fill(REASON)
    press(page, "Toon de waarde")
    expect(page.get_by_text(BSN)).to_be_visible()
    expect(page.get_by_label("Waarom hebt u deze waarde nodig?")).to_have_count(0)
    assert BSN not in page.url
    assert axe(page) == []
    shot(page, "toegang-waarde")
    follow(page, "Terug")
    expect(page.get_by_role("heading", name=arranged.zaak.identificatie, level=1)).to_be_visible()
    assert BSN not in page.content()

    haarlem = site.house("haarlem")
    log = site.open_as(site.member(haarlem, "beheerder"), haarlem, "/logboek/toegang/")
    expect(log.get_by_text(REASON)).to_be_visible()
    assert BSN not in log.content()
    assert axe(log) == []
    shot(log, "logboek-toegang")


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_every_page_is_right_for_everybody(site: Site, arranged: Arranged, width: int, language: str) -> None:
    page = site.open_as(arranged.membership, site.house(), language=language, width=width)
    wrong = {}
    for number, path in enumerate(arranged.paths):
        page.goto(site.address(site.house(), path))
        shot(page, f"toegang-{language}-{number}")
        found = [*axe(page), *unreachable(page), *(["scrolls sideways"] if scrolls_sideways(page) else [])]
        if found:
            wrong[path] = found
    assert wrong == {}


def test_what_the_municipality_sees_fits_a_narrow_screen(site: Site, arranged: Arranged) -> None:
    site.open_as(arranged.membership, site.house(), arranged.paths[2])
    haarlem = site.house("haarlem")

    log = site.open_as(site.member(haarlem, "beheerder"), haarlem, "/logboek/toegang/", width=390)

    shot(log, "logboek-toegang")
    assert not scrolls_sideways(log)
    assert axe(log) == []
