"""Pages on which somebody of the vendor sees a municipality, and every way past the grant that we know."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from access.models import Grant, Scope, State
from backoffice.models import LogLine
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.visits.models import Action, Page, Visit
from tests.backoffice.looking.conftest import SECRETS, Case, statements, text
from tests.factories.catalogi import (
    InformatieobjecttypeFactory,
    ResultaattypeFactory,
    StatustypeFactory,
    ZaakobjecttypeFactory,
    ZaaktypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
)
from tests.factories.zaken import RolFactory, ZaakFactory
from tests.people import House, browser_of, member

UNKNOWN = uuid4()
HOSTILE = "<script>alert(1)</script>"


def zaken(grant: Grant) -> str:
    return f"/toegang/{grant.pk}/zaken/"


def zaak(grant: Grant, key: Any) -> str:
    return f"/toegang/{grant.pk}/zaken/{key}/"


# What is seen ------------------------------------------------------------------------------------


def test_zaken_are_listed_without_what_is_about_people(case: Case) -> None:
    page = text(case.browser.get(zaken(case.grant())))

    assert case.zaak.identificatie in page
    assert "Melding openbare ruimte" in page
    assert [secret for secret in SECRETS if secret in page] == []


def test_a_zaak_shows_what_is_about_people_masked(case: Case) -> None:
    answer = case.browser.get(zaak(case.grant(), case.zaak.pk))
    page = text(answer)

    assert answer.status_code == 200
    assert case.zaak.identificatie in page
    assert "Verantwoordelijke organisatie" in page
    assert "•••" in page
    assert [secret for secret in SECRETS if secret in page] == []


def test_without_masking_all_is_shown(case: Case) -> None:
    page = text(case.browser.get(zaak(case.grant(mask_personal_data=False), case.zaak.pk)))

    assert [secret for secret in SECRETS if secret not in page] == []
    assert "•••" not in page


def test_what_clients_wrote_is_text(case: Case) -> None:
    with in_municipality(case.municipality):
        hostile = ZaakFactory.create(
            omschrijving=HOSTILE, identificatie="<b>Z</b>", zaaktype=case.zaak.zaaktype
        )
        RolFactory.create(zaak=hostile, roltoelichting=HOSTILE)
    grant = case.grant(mask_personal_data=False)

    pages = [text(case.browser.get(path)) for path in (zaken(grant), zaak(grant, hostile.pk))]

    assert [page for page in pages if HOSTILE in page or "<b>Z</b>" in page] == []


def test_a_zaak_is_searched_by_its_whole_identificatie(case: Case) -> None:
    with in_municipality(case.municipality):
        other = ZaakFactory.create(zaaktype=case.zaak.zaaktype)
    grant = case.grant()

    found = text(case.browser.get(zaken(grant), q=case.zaak.identificatie))
    partly = text(case.browser.get(zaken(grant), q=case.zaak.identificatie[:-1]))

    assert case.zaak.identificatie in found
    assert other.identificatie not in found
    assert "Niets gevonden" in partly


@pytest.mark.parametrize("query", [{"q": "x" * 51}, {"q": "\x00"}, {"page": "999999999"}, {"page": "-1"}])
def test_an_odd_question_is_no_failure(case: Case, query: dict[str, str]) -> None:
    assert case.browser.get(zaken(case.grant()), **query).status_code == 200


def test_more_zaken_cost_no_more_statements(case: Case) -> None:
    path = zaken(case.grant())
    few = statements(case, path)
    with in_municipality(case.municipality):
        ZaakFactory.create_batch(10, zaaktype=case.zaak.zaaktype)

    assert statements(case, path) == few


def test_more_rollen_cost_no_more_statements(case: Case) -> None:
    path = zaak(case.grant(), case.zaak.pk)
    few = statements(case, path)
    with in_municipality(case.municipality):
        RolFactory.create_batch(10, zaak=case.zaak, roltype=case.rol.roltype)

    assert statements(case, path) == few


def test_the_settings_are_shown_with_their_parts(case: Case) -> None:
    with in_municipality(case.municipality):
        ResultaattypeFactory.create(zaaktype=case.zaak.zaaktype, omschrijving="Afgehandeld")
    grant = case.grant(scopes=[Scope.INSTELLINGEN])

    listed = text(case.browser.get(f"/toegang/{grant.pk}/zaaktypen/"))
    one = text(case.browser.get(f"/toegang/{grant.pk}/zaaktypen/{case.zaak.zaaktype_id}/"))

    assert case.zaak.zaaktype.identificatie in listed
    assert "Afgehandeld" in one
    assert "Het gemelde probleem in de openbare ruimte oplossen" in one


def test_the_settings_tell_which_documents_and_objects_belong_to_it(case: Case) -> None:
    with in_municipality(case.municipality):
        zaaktype = ZaaktypeFactory.create()
        type_of_document = InformatieobjecttypeFactory.create(
            catalogus=zaaktype.catalogus, omschrijving="Plattegrond", concept=False
        )
        relation = ZaaktypeInformatieobjecttypeFactory.create(
            zaaktype=zaaktype, informatieobjecttype_omschrijving="Plattegrond"
        )
        ZaaktypeInformatieobjecttypeFactory.create(
            zaaktype=zaaktype, informatieobjecttype_omschrijving="Zonder versie"
        )
        ZaakobjecttypeFactory.create(zaaktype=zaaktype)
    grant = case.grant(scopes=[Scope.INSTELLINGEN])

    page = text(case.browser.get(f"/toegang/{grant.pk}/zaaktypen/{zaaktype.pk}/"))

    told = ("Plattegrond", "Zonder versie", "Inkomend", "Pand waarop de melding betrekking heeft")
    assert [each for each in told if each not in page] == []
    (visit,) = case.visits()
    seen = " ".join(visit.objects_seen)
    assert [each for each in (relation, type_of_document) if str(each.pk) not in seen] == []


def test_parts_that_have_an_order_are_shown_in_it(case: Case) -> None:
    with in_municipality(case.municipality):
        zaaktype = ZaaktypeFactory.create()
        for number, word in ((3, "Derde"), (1, "Eerste"), (2, "Tweede")):
            StatustypeFactory.create(zaaktype=zaaktype, volgnummer=number, omschrijving=f"{word} status")
            ZaaktypeInformatieobjecttypeFactory.create(
                zaaktype=zaaktype, volgnummer=number, informatieobjecttype_omschrijving=f"{word} stuk"
            )
    grant = case.grant(scopes=[Scope.INSTELLINGEN])

    page = text(case.browser.get(f"/toegang/{grant.pk}/zaaktypen/{zaaktype.pk}/"))
    parts = page.partition('id="statustype"')[2]

    in_order = ["Eerste", "Tweede", "Derde"]
    assert re.findall(r"(\w+) status\b", parts) == in_order
    assert re.findall(r"(\w+) stuk\b", parts) == in_order


def test_a_deelzaak_is_shown_as_far_as_the_grant_goes(case: Case) -> None:
    with in_municipality(case.municipality):
        seen = ZaakFactory.create(hoofdzaak=case.zaak, zaaktype=case.zaak.zaaktype)
        hidden = ZaakFactory.create(hoofdzaak=case.zaak)
    grant = case.grant(zaaktypen=[case.zaak.zaaktype_id])

    page = text(case.browser.get(zaak(grant, case.zaak.pk)))

    assert seen.identificatie in page
    assert hidden.identificatie not in page
    assert str(hidden.pk) not in page


def test_a_hoofdzaak_beyond_the_grant_is_not_named(case: Case) -> None:
    with in_municipality(case.municipality):
        above = ZaakFactory.create()
        below = ZaakFactory.create(hoofdzaak=above, zaaktype=case.zaak.zaaktype)
    grant = case.grant(zaaktypen=[case.zaak.zaaktype_id])

    page = text(case.browser.get(zaak(grant, below.pk)))

    assert above.identificatie not in page
    assert str(above.pk) not in page


# What it leaves behind ---------------------------------------------------------------------------


def test_every_page_is_a_visit(case: Case) -> None:
    grant = case.grant()

    case.browser.get(zaken(grant))
    case.browser.get(zaak(grant, case.zaak.pk))
    case.browser.get(f"/toegang/{grant.pk}/zaaktypen/")
    case.browser.get(f"/toegang/{grant.pk}/zaaktypen/{case.zaak.zaaktype_id}/")

    visits = case.visits()
    assert [visit.page for visit in visits] == [Page.ZAKEN, Page.ZAAK, Page.ZAAKTYPEN, Page.ZAAKTYPE]
    assert {visit.action for visit in visits} == {Action.MASKED}
    assert {(visit.grant, visit.email) for visit in visits} == {(grant.number, case.membership.user.email)}


def test_a_visit_names_all_that_was_shown_and_nothing_of_it(case: Case) -> None:
    case.browser.get(zaak(case.grant(), case.zaak.pk))

    (visit,) = case.visits()
    assert visit.objects_seen[0] == f"/zaken/api/v1/zaken/{case.zaak.pk}"
    assert f"/zaken/api/v1/rollen/{case.rol.pk}" in visit.objects_seen
    assert case.zaak.identificatie not in "".join(visit.objects_seen)


def test_without_masking_the_visit_says_so(case: Case) -> None:
    case.browser.get(zaken(case.grant(mask_personal_data=False)))

    (visit,) = case.visits()
    assert visit.action == Action.SEEN


def test_the_first_use_is_noted_once(case: Case) -> None:
    grant = case.grant()

    case.browser.get(zaken(grant))
    first = Grant.objects.get(pk=grant.pk)
    case.browser.get(zaken(grant))
    last = Grant.objects.get(pk=grant.pk)

    assert first.first_used_at == last.first_used_at
    assert last.last_used_at > first.last_used_at
    assert LogLine.objects.filter(action="toegang voor het eerst gebruikt").count() == 1


def test_a_read_that_fails_shows_nothing_and_leaves_nothing(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr("backoffice.looking.looking.note_visit", fail)
    case.browser.client.raise_request_exception = False

    answer = case.browser.get(zaak(case.grant(), case.zaak.pk))

    assert answer.status_code == 500
    assert case.zaak.identificatie not in text(answer)
    assert case.visits() == []


# Every way past it -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        {"state": State.AANGEVRAAGD, "valid_from": None, "valid_until": None, "hours_allowed": None},
        {"state": State.INGETROKKEN},
        {"state": State.TERUGGEGEVEN},
        {"state": State.GEWEIGERD},
        {"valid_until": timezone.now()},
        {"scopes": [Scope.TECHNIEK]},
        {"scopes": [Scope.TECHNIEK, Scope.INSTELLINGEN]},
    ],
    ids=["asked", "stopped", "given back", "refused", "ended", "other scopes", "settings alone"],
)
def test_zaken_need_a_grant_that_runs_and_covers_them(case: Case, given: dict[str, Any]) -> None:
    grant = case.grant(**given)

    for path in (zaken(grant), zaak(grant, case.zaak.pk)):
        answer = case.browser.get(path)
        assert answer.status_code == 403
        assert case.zaak.identificatie not in text(answer)
    assert case.visits() == []


@pytest.mark.parametrize("scopes", [[Scope.TECHNIEK], [Scope.ZAAKGEGEVENS]])
def test_settings_need_their_own_scope(case: Case, scopes: list[Scope]) -> None:
    grant = case.grant(scopes=scopes)

    answer = case.browser.get(f"/toegang/{grant.pk}/zaaktypen/{case.zaak.zaaktype_id}/")

    assert answer.status_code == 403
    assert case.visits() == []


def test_it_ends_at_its_end(case: Case) -> None:
    grant = case.grant()
    assert case.browser.get(zaken(grant)).status_code == 200

    Grant.objects.filter(pk=grant.pk).update(valid_until=timezone.now())

    assert case.browser.get(zaken(grant)).status_code == 403


def test_another_persons_grant_is_as_one_that_never_was(case: Case, vendor: House) -> None:
    grant = case.grant()
    other = browser_of(vendor, member(vendor, "eigenaar", "ander@x.example"))

    theirs, nobodys = other.get(zaken(grant)), other.get("/toegang/999999/zaken/")

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert without_marks(text(theirs), grant.pk) == without_marks(text(nobodys), 999999)
    assert case.visits() == []


def without_marks(page: str, pk: object) -> str:
    """Without what differs from one request to the next: its id, its time, its own address."""
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", page)
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    page = re.sub(r"\d\d:\d\d", "", page)
    return re.sub(rf"(toegang(?:/|%2F)){pk}\b", r"\1PK", page)


def test_a_grant_on_one_municipality_shows_nothing_of_another(case: Case, utrecht: Municipality) -> None:
    with in_municipality(utrecht):
        theirs = ZaakFactory.create()
    grant = case.grant()

    assert "Niets gevonden" in text(case.browser.get(zaken(grant), q=theirs.identificatie))
    assert case.browser.get(zaak(grant, theirs.pk)).status_code == 404
    with in_municipality(utrecht):
        assert not Visit.objects.exists()


def hidden(case: Case, how: str) -> Any:
    """A zaak that is there and that the grant does not cover."""
    with in_municipality(case.municipality):
        if how == "another type":
            return ZaakFactory.create()
        return ZaakFactory.create(zaaktype=case.zaak.zaaktype, vertrouwelijkheidaanduiding=5)


@pytest.mark.parametrize("how", ["another type", "a higher level"])
def test_what_is_not_covered_is_as_what_is_not_there(case: Case, how: str) -> None:
    there = hidden(case, how)
    grant = case.grant(zaaktypen=[case.zaak.zaaktype_id])

    covered, absent = case.browser.get(zaak(grant, there.pk)), case.browser.get(zaak(grant, UNKNOWN))

    assert (covered.status_code, absent.status_code) == (404, 404)
    assert without_marks(text(covered), there.pk) == without_marks(text(absent), UNKNOWN)
    assert there.identificatie not in text(case.browser.get(zaken(grant)))
    assert "Niets gevonden" in text(case.browser.get(zaken(grant), q=there.identificatie))


@pytest.mark.parametrize("how", ["another type", "a higher level"])
def test_both_cost_the_same_statements(case: Case, how: str) -> None:
    there = hidden(case, how)
    grant = case.grant(zaaktypen=[case.zaak.zaaktype_id])

    assert statements(case, zaak(grant, there.pk)) == statements(case, zaak(grant, UNKNOWN))


@pytest.mark.parametrize("how", ["another type", "a higher level", "nothing there"])
def test_what_was_asked_and_not_shown_is_a_visit_too(case: Case, how: str) -> None:
    asked = UNKNOWN if how == "nothing there" else hidden(case, how).pk
    grant = case.grant(zaaktypen=[case.zaak.zaaktype_id])

    case.browser.get(zaak(grant, asked))

    (visit,) = case.visits()
    path = f"/zaken/api/v1/zaken/{asked}"
    assert (visit.page, visit.action, visit.objects_seen) == (Page.ZAAK, Action.REFUSED, [path])
    at_haarlem = House.of(case.municipality)
    ours = browser_of(at_haarlem, member(at_haarlem, "beheerder"))
    for page in (ours.get("/logboek/toegang/"), case.browser.get(f"/toegang/{grant.pk}/")):
        assert "gevraagd, niet getoond" in text(page)
        assert str(asked) in text(page).replace("<wbr>", "")


def test_the_visit_of_what_is_hidden_is_that_of_what_is_not_there(case: Case) -> None:
    there = hidden(case, "another type")
    grant = case.grant(zaaktypen=[case.zaak.zaaktype_id])

    for key in (there.pk, UNKNOWN):
        case.browser.get(zaak(grant, key))

    covered, absent = (
        {name: value for name, value in vars(each).items() if name not in {"_state", "id", "at"}}
        for each in case.visits()
    )
    assert covered.pop("objects_seen") != absent.pop("objects_seen")
    assert covered == absent


def test_another_municipalitys_zaak_is_told_to_who_gave_the_grant_alone(
    case: Case, utrecht: Municipality
) -> None:
    with in_municipality(utrecht):
        theirs = ZaakFactory.create()

    case.browser.get(zaak(case.grant(), theirs.pk))

    assert [visit.action for visit in case.visits()] == [Action.REFUSED]
    with in_municipality(utrecht):
        assert not Visit.objects.exists()


def test_the_highest_level_is_covered(case: Case) -> None:
    with in_municipality(case.municipality):
        at_limit = ZaakFactory.create(zaaktype=case.zaak.zaaktype, vertrouwelijkheidaanduiding=4)

    assert case.browser.get(zaak(case.grant(), at_limit.pk)).status_code == 200


def test_a_grant_on_some_zaaktypen_shows_the_settings_of_those(case: Case) -> None:
    with in_municipality(case.municipality):
        other = ZaaktypeFactory.create(published=True)
    grant = case.grant(zaaktypen=[case.zaak.zaaktype_id])

    assert other.identificatie not in text(case.browser.get(f"/toegang/{grant.pk}/zaaktypen/"))
    assert case.browser.get(f"/toegang/{grant.pk}/zaaktypen/{other.pk}/").status_code == 404


@pytest.mark.parametrize("detour", ["?expand=rollen", "?pageSize=500", "?fields=omschrijving", "?mask=0"])
def test_what_the_apis_know_is_no_detour(case: Case, detour: str) -> None:
    page = text(case.browser.get(f"{zaak(case.grant(), case.zaak.pk)}{detour}"))

    assert [secret for secret in SECRETS if secret in page] == []


def test_of_a_municipality_that_has_ended_nothing_is_seen(case: Case) -> None:
    grant = case.grant()
    Municipality.objects.filter(pk=case.municipality.pk).update(status=Municipality.Status.BEEINDIGD)

    assert case.browser.get(zaken(grant)).status_code == 403
