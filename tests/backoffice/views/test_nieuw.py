from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from api.catalogi.exchange.reading import MAX_BYTES
from backoffice.bringing import KEPT_FOR, MOST_CLEARED, schema_for
from backoffice.forms import wizard
from backoffice.models import Draft, LogLine
from tenants.accounts.models import User
from tenants.jobs.asking import ask
from tenants.jobs.models import Job
from tenants.registry.models import Municipality
from tests.backoffice.conftest import As, text
from tests.people import Browser, House, partner_organisation, vendor_organisation

WIJK = {"cbs_code": "0352", "naam": "", "environment": "productie"}
HOSTS = {"primary": "zaken.wijk.example", "aliases": "www.wijk.example, zaken.wijk.example"}
PERSON = {"name": "L. <b>Bakker</b>", "email": "bakker@wijk.example"}


@pytest.fixture(autouse=True)
def no_name_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wizard, "leads_somewhere", lambda host: not host.startswith("www"))


def as_far_as(browser: Browser, step: str) -> Draft:
    """The draft with everything before this step answered."""
    answer = browser.post("/gemeenten/nieuw/", WIJK)
    assert answer.status_code == 303, text(answer)
    draft = Draft.objects.get()
    for name, given in {"hosts": HOSTS, "catalogus": {"catalogue": "demo"}, "beheerder": PERSON}.items():
        if name == step:
            break
        answer = browser.post(f"/gemeenten/nieuw/{draft.pk}/{name}/", given)
        assert answer.status_code == 303, text(answer)
    draft.refresh_from_db()
    return draft


def test_whoever_lets_somebody_in_shows_who_he_is(boss: Browser, vendor: House) -> None:
    draft = as_far_as(boss, "beheerder")
    stale = Browser(vendor).sign_in(draft.user)
    at = f"/gemeenten/nieuw/{draft.pk}"

    answers = [stale.get(f"{at}/beheerder/"), stale.post(f"{at}/beheerder/", PERSON)]

    assert {answer.status_code for answer in answers} == {302}
    assert all("reauthenticate" in answer.headers["Location"] for answer in answers)
    draft.refresh_from_db()
    assert "beheerder" not in draft.answers
    assert stale.get(f"{at}/hosts/").status_code == 200


def test_what_was_answered_becomes_the_job(boss: Browser) -> None:
    draft = as_far_as(boss, "controle")

    answer = boss.post(f"/gemeenten/nieuw/{draft.pk}/controle/")

    job = Job.objects.get()
    assert answer.headers["Location"] == f"/taken/{job.pk}/"
    assert job.asked_by == "eigenaar@localhost.example"
    assert job.given == {
        "naam": "Wijk bij Duurstede",
        "schema": "wijk_bij_duurstede",
        "hosts": ["zaken.wijk.example", "www.wijk.example"],
        "cbs_code": "0352",
        "environment": "productie",
        "catalogue": "demo",
        "administrator_name": PERSON["name"],
        "administrator_email": PERSON["email"],
    }
    line = LogLine.objects.get(action="inrichting gevraagd")
    assert (line.person, line.municipality) == ("eigenaar@localhost.example", "wijk_bij_duurstede")


def test_all_of_it_is_shown_before(boss: Browser) -> None:
    draft = as_far_as(boss, "controle")

    page = text(boss.get(f"/gemeenten/nieuw/{draft.pk}/controle/"))

    assert "Wijk bij Duurstede" in page
    assert "zaken.wijk.example, www.wijk.example" in page
    assert "De naamdienst kent nog niet: www.wijk.example" in page
    assert "<b>Bakker" not in page


def test_a_second_click_finds_the_same_job(boss: Browser) -> None:
    draft = as_far_as(boss, "controle")
    address = f"/gemeenten/nieuw/{draft.pk}/controle/"

    answers = [boss.post(address), boss.post(address), boss.get(address)]

    job = Job.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/taken/{job.pk}/"}


def test_after_the_job_no_answer_changes(boss: Browser) -> None:
    draft = as_far_as(boss, "controle")
    boss.post(f"/gemeenten/nieuw/{draft.pk}/controle/")

    answer = boss.post(f"/gemeenten/nieuw/{draft.pk}/hosts/", {"primary": "ander.example", "aliases": ""})

    draft.refresh_from_db()
    assert answer.headers["Location"] == f"/taken/{draft.job_id}/"
    assert draft.answers["hosts"]["hosts"][0] == "zaken.wijk.example"


@pytest.mark.parametrize("step", ["catalogus", "beheerder", "controle"])
def test_no_step_is_skipped(boss: Browser, step: str) -> None:
    draft = as_far_as(boss, "hosts")

    answer = boss.post(f"/gemeenten/nieuw/{draft.pk}/{step}/", {"catalogue": "none", **PERSON})

    assert answer.headers["Location"] == f"/gemeenten/nieuw/{draft.pk}/hosts/"
    assert not Job.objects.exists()


def test_what_is_no_step_is_not_there(boss: Browser) -> None:
    draft = as_far_as(boss, "hosts")

    assert boss.get(f"/gemeenten/nieuw/{draft.pk}/anders/").status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"cbs_code": ""},
        {"naam": "SED"},
        {"cbs_code": "9999"},
        {"cbs_code": "0392"},
        {"environment": "maan"},
        {"cbs_code": "", "naam": "x" * 201},
    ],
)
def test_a_gemeente_that_cannot_be_is_refused(boss: Browser, given: dict[str, str]) -> None:
    answer = boss.post("/gemeenten/nieuw/", {**WIJK, **given})

    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_another_environment_of_a_gemeente_has_a_schema_of_its_own(boss: Browser) -> None:
    boss.post("/gemeenten/nieuw/", {"cbs_code": "0392", "environment": "acceptatie"})

    assert Draft.objects.get().answers["gemeente"]["schema"] == "haarlem_acceptatie"


def test_a_samenwerkingsverband_is_entered_by_hand(boss: Browser) -> None:
    boss.post("/gemeenten/nieuw/", {"naam": "SED organisatie", "environment": "productie"})

    assert Draft.objects.get().answers["gemeente"] == {
        "cbs_code": "",
        "naam": "SED organisatie",
        "environment": "productie",
        "schema": "sed_organisatie",
    }


@pytest.mark.parametrize(
    "given",
    [
        {"primary": "haarlem.localhost"},
        {"primary": "localhost"},
        {"primary": "geen host"},
        {"primary": "https://zaken.example"},
        {"aliases": "haarlem.localhost"},
        {"aliases": " ".join(f"h{number}.example" for number in range(10))},
    ],
)
def test_a_host_that_cannot_be_is_refused(boss: Browser, given: dict[str, str]) -> None:
    draft = as_far_as(boss, "hosts")

    answer = boss.post(f"/gemeenten/nieuw/{draft.pk}/hosts/", {**HOSTS, **given})

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "hosts" not in draft.answers


def test_ten_hosts_are_the_most(boss: Browser) -> None:
    draft = as_far_as(boss, "hosts")
    aliases = " ".join(f"h{number}.example" for number in range(9))

    answer = boss.post(f"/gemeenten/nieuw/{draft.pk}/hosts/", {**HOSTS, "aliases": aliases})

    assert answer.status_code == 303


ZAAKTYPE = '[{"url": "https://elders.example/zaaktypen/6b1d3b3c-5a3c-4f52-9d6f-0f9b1c1a9d11"}]'


def a_zip(name: str = "ZaakType.json", content: str = ZAAKTYPE) -> SimpleUploadedFile:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(name, content)
    return SimpleUploadedFile("../../catalogus.zip", written.getvalue())


def test_a_zip_goes_with_the_job(boss: Browser, media: Path) -> None:
    draft = as_far_as(boss, "catalogus")
    boss.post(f"/gemeenten/nieuw/{draft.pk}/catalogus/", {"catalogue": "zip", "archive": a_zip()})
    assert [file.name for file in media.iterdir()] == [f"{draft.pk}.zip"]
    boss.post(f"/gemeenten/nieuw/{draft.pk}/beheerder/", PERSON)

    boss.post(f"/gemeenten/nieuw/{draft.pk}/controle/")

    assert Job.objects.get().given["archive"].endswith(".zip")


def test_a_zip_that_was_given_need_not_be_given_again(boss: Browser, media: Path) -> None:
    draft = as_far_as(boss, "catalogus")
    address = f"/gemeenten/nieuw/{draft.pk}/catalogus/"
    boss.post(address, {"catalogue": "zip", "archive": a_zip()})

    assert boss.post(address, {"catalogue": "zip"}).status_code == 303
    assert boss.post(address, {"catalogue": "none"}).status_code == 303
    assert list(media.iterdir()) == []
    assert boss.post(address, {"catalogue": "zip"}).status_code == 422


@pytest.mark.parametrize(
    "content", [b"geen zip", b"", b"P" * (MAX_BYTES + 1)], ids=["text", "empty", "large"]
)
def test_what_is_no_zip_is_refused(boss: Browser, content: bytes) -> None:
    draft = as_far_as(boss, "catalogus")
    given = {"catalogue": "zip", "archive": SimpleUploadedFile("c.zip", content)}

    assert boss.post(f"/gemeenten/nieuw/{draft.pk}/catalogus/", given).status_code == 422


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leesmij.txt", "hallo"),
        ("ZaakType.json", "geen json"),
        ("ZaakType.json", "[]"),
        ("../ZaakType.json", ZAAKTYPE),
    ],
)
def test_a_zip_that_is_no_catalogue_is_refused_here(
    boss: Browser, media: Path, name: str, content: str
) -> None:
    draft = as_far_as(boss, "catalogus")
    given = {"catalogue": "zip", "archive": a_zip(name, content)}

    answer = boss.post(f"/gemeenten/nieuw/{draft.pk}/catalogus/", given)

    assert answer.status_code == 422
    assert not media.exists() or list(media.iterdir()) == []


@pytest.mark.parametrize("given", [{"email": "geen adres"}, {"name": ""}, {"email": "a@b.nl\nBcc: x@y.nl"}])
def test_an_administrator_that_cannot_be_is_refused(boss: Browser, given: dict[str, str]) -> None:
    draft = as_far_as(boss, "beheerder")

    answer = boss.post(f"/gemeenten/nieuw/{draft.pk}/beheerder/", {**PERSON, **given})

    assert answer.status_code == 422


def test_a_host_that_was_taken_meanwhile_stops_it_all(boss: Browser, utrecht: Municipality) -> None:
    draft = as_far_as(boss, "controle")
    utrecht.domains.create(domain="zaken.wijk.example", is_primary=False)

    answer = boss.post(f"/gemeenten/nieuw/{draft.pk}/controle/")

    assert answer.status_code == 422
    assert "zaken.wijk.example is een host van Utrecht." in text(answer)
    assert not Job.objects.exists()


def test_who_asks_for_what_runs_reads_by_whom(boss: Browser, signed_in: As) -> None:
    first = as_far_as(boss, "controle")
    browser = signed_in("operatie")
    second = Draft.objects.create(
        user=User.objects.get(email="operatie@localhost.example"), answers=first.answers
    )
    boss.post(f"/gemeenten/nieuw/{first.pk}/controle/")

    answer = browser.post(f"/gemeenten/nieuw/{second.pk}/controle/")

    assert answer.status_code == 422
    assert "gevraagd door eigenaar@localhost.example" in text(answer)
    assert Job.objects.count() == 1


def test_what_runs_is_said_at_the_first_question(boss: Browser) -> None:
    draft = as_far_as(boss, "controle")
    boss.post(f"/gemeenten/nieuw/{draft.pk}/controle/")

    answer = boss.post("/gemeenten/nieuw/", WIJK)

    assert answer.status_code == 422
    assert "gevraagd door eigenaar@localhost.example" in text(answer)
    assert f'href="/taken/{Job.objects.get().pk}/"' in text(answer)
    assert boss.post("/gemeenten/nieuw/", {**WIJK, "environment": "acceptatie"}).status_code == 303


def test_two_sandboxes_at_once_have_a_schema_each(boss: Browser) -> None:
    given = {"cbs_code": "0352", "naam": "SED", "environment": "sandbox"}
    ask("onboarding", schema_for("SED", "sandbox", ""), asked_by="Noor", given=given)

    assert schema_for("SED", "sandbox", "") == "sed_sandbox_2"


def test_a_draft_is_found_back_and_none_comes_beside_it(boss: Browser, signed_in: As) -> None:
    draft = as_far_as(boss, "catalogus")

    page = text(boss.get("/gemeenten/"))
    assert "Verder met Wijk bij Duurstede, begonnen vandaag" in page
    assert f"/gemeenten/nieuw/{draft.pk}/catalogus/" in page
    assert "Verder met" not in text(signed_in("operatie").get("/gemeenten/"))

    answer = boss.post("/gemeenten/nieuw/", WIJK)
    assert answer.headers["Location"] == f"/gemeenten/nieuw/{draft.pk}/hosts/"
    assert Draft.objects.count() == 1


def test_a_draft_that_was_carried_out_is_no_draft(boss: Browser) -> None:
    draft = as_far_as(boss, "controle")
    boss.post(f"/gemeenten/nieuw/{draft.pk}/controle/")

    assert "Verder met" not in text(boss.get("/gemeenten/"))


def test_a_zip_that_is_kept_is_named(boss: Browser, media: Path) -> None:
    draft = as_far_as(boss, "catalogus")
    address = f"/gemeenten/nieuw/{draft.pk}/catalogus/"
    assert "Bewaard is" not in text(boss.get(address))

    boss.post(address, {"catalogue": "zip", "archive": a_zip()})
    assert "Bewaard is catalogus.zip." in text(boss.get(address))

    boss.post(address, {"catalogue": "zip"})
    boss.post(f"/gemeenten/nieuw/{draft.pk}/beheerder/", PERSON)
    assert "Een zip: catalogus.zip" in text(boss.get(f"/gemeenten/nieuw/{draft.pk}/controle/"))


def test_the_question_stands_once_above_the_form(boss: Browser) -> None:
    assert text(boss.get("/gemeenten/nieuw/")).count("1. Gemeente") == 1


def test_a_draft_of_another_is_not_there(boss: Browser, signed_in: As) -> None:
    draft = as_far_as(boss, "controle")
    browser = signed_in("operatie")

    for step in ("hosts", "controle"):
        assert browser.get(f"/gemeenten/nieuw/{draft.pk}/{step}/").status_code == 404
        assert browser.post(f"/gemeenten/nieuw/{draft.pk}/{step}/", HOSTS).status_code == 404


@pytest.mark.parametrize("how", ["partner", "limited"])
def test_who_would_not_see_it_makes_no_municipality(signed_in: As, how: str) -> None:
    limits: dict[str, Any] = {"municipalities": ("haarlem",)}
    if how == "partner":
        limits = {"organisation": partner_organisation()}
    browser = signed_in("eigenaar", **limits)

    assert browser.get("/gemeenten/nieuw/").status_code == 403
    assert browser.post("/gemeenten/nieuw/", WIJK).status_code == 403
    assert not Draft.objects.exists()


def test_a_forged_post_does_nothing(boss: Browser) -> None:
    boss.client.handler.enforce_csrf_checks = True

    assert boss.post("/gemeenten/nieuw/", WIJK).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("naam", "environment", "code", "schema"),
    [
        ("'s-Hertogenbosch", "productie", "0796", "s_hertogenbosch"),
        ("Súdwest-Fryslân", "acceptatie", "1900", "sudwest_fryslan_acceptatie"),
        ("Haarlem", "productie", "9999", "haarlem_9999"),
        ("Haarlem", "productie", "", "haarlem_2"),
        ("Public", "productie", "", "public_2"),
        ("2e verband", "productie", "", "g_2e_verband"),
        ("€", "productie", "", "g_"),
        ("A" * 60, "oefenomgeving", "", "a" * 26 + "_oefenomgeving"),
    ],
)
def test_a_schema_has_a_name_that_nobody_has(
    haarlem: Municipality, naam: str, environment: str, code: str, schema: str
) -> None:
    assert schema_for(naam, environment, code) == schema


def test_what_did_not_come_to_its_end_is_taken_up_again(db: None) -> None:
    Municipality.objects.create(
        schema_name="begonnen", naam="SED", vendor=vendor_organisation(), environment="productie"
    )

    assert schema_for("SED", "productie", "") == "begonnen"


def test_what_nobody_went_on_with_is_cleared_away_with_its_zip(boss: Browser, media: Path) -> None:
    user = User.objects.get()
    for number in range(MOST_CLEARED + 1):
        archive = storages["jobs"].save(f"{number}.zip", ContentFile(b"zip"))
        Draft.objects.create(user=user, archive=archive, created_at=timezone.now() - KEPT_FOR)

    boss.post("/gemeenten/nieuw/", WIJK)
    left = (Draft.objects.count() - 1, len(list(media.rglob("*.zip"))))
    boss.post("/gemeenten/nieuw/", {**WIJK, "environment": "acceptatie"})

    assert left == (1, 1)
    assert (Draft.objects.count(), list(media.rglob("*.zip"))) == (2, [])
