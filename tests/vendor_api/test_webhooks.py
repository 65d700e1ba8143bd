"""The pages of webhooks: making one, its secret once, what was sent, and ending it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from backoffice.models import LogLine
from backoffice.permissions import TABLE
from tenants.accounts.person import Person, person_of
from tenants.accounts.rights import Level
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.people import Browser, House, browser_of, member, partner_organisation
from tests.vendor_api.conftest import Program
from tests.vendor_api.webhooks import webhook_at
from vendor_api.models import Delivery, DeliveryState, Webhook
from vendor_api.webhooks.acting import (
    BETWEEN_TESTS,
    MOST_STANDING,
    Wanted,
    WebhookRefused,
    end_webhook,
    make_webhook,
    renew_secret,
)
from vendor_api.webhooks.kinds import KINDS
from vendor_api.webhooks.signing import body_of, secrets_of

FORM = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")
URL = "https://voorbeeld.nl/webhook?sleutel=geheim"
XSS = "<script>alert(1)</script>"
As = Callable[..., Browser]


@pytest.fixture
def vendor(db: None) -> House:
    return House.of(None)


@pytest.fixture
def signed_in(vendor: House) -> As:
    def made(role: str = "eigenaar", **how: Any) -> Browser:
        return browser_of(vendor, member(vendor, role, **how))

    return made


def given(**how: Any) -> dict[str, Any]:
    return {"name": "Balie", "url": URL, "events": ["ticket.created", "incident.changed"], **how}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def sent(webhook: Webhook, **how: Any) -> Delivery:
    now = timezone.now()
    made: Delivery = webhook.deliveries.create(
        **{
            "event": uuid4(),
            "topic": "ticket",
            "what": "changed",
            "subject": 2043,
            "municipalities": [1],
            "at": now,
            "next_at": now,
            "state": DeliveryState.MISLUKT,
            "attempts": 8,
            "last_at": now,
            "last_status": 500,
            "last_ms": 12,
            **how,
        }
    )
    return made


def test_a_secret_is_shown_once_and_kept_sealed(signed_in: As) -> None:
    browser = signed_in()

    answer = browser.post("/webhooks/nieuw/", given())

    (shown,) = set(FORM.findall(text(answer)))
    webhook = Webhook.objects.get()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert secrets_of(webhook, timezone.now()) == [shown]
    assert shown not in "".join(map(str, Webhook.objects.values_list().get()))
    for path in ("/webhooks/", f"/webhooks/{webhook.pk}/"):
        assert not FORM.search(text(browser.get(path)))


def test_what_is_done_is_logged_without_secret_and_without_path(signed_in: As) -> None:
    browser = signed_in()
    browser.post("/webhooks/nieuw/", given())
    webhook = Webhook.objects.get()
    browser.post(f"/webhooks/{webhook.pk}/geheim/")
    browser.post(f"/webhooks/{webhook.pk}/beeindigen/", {"typed": "Balie"})

    lines = LogLine.objects.filter(area="sleutels").order_by("pk")

    assert [(line.action, line.subject) for line in lines] == [
        ("webhook gemaakt", "Balie"),
        ("geheim van webhook vernieuwd", "Balie"),
        ("webhook beëindigd", "Balie"),
    ]
    assert lines[0].changes["host"] == [None, "voorbeeld.nl"]
    for hidden in ("geheim.", "sleutel=", "whsec_"):
        assert hidden not in str([line.changes for line in lines])


def test_renewing_keeps_the_former_secret_for_a_day(signed_in: As) -> None:
    browser = signed_in()
    first = FORM.findall(text(browser.post("/webhooks/nieuw/", given())))[0]
    webhook = Webhook.objects.get()

    assert not FORM.search(text(browser.get(f"/webhooks/{webhook.pk}/geheim/")))
    second = FORM.findall(text(browser.post(f"/webhooks/{webhook.pk}/geheim/")))[0]

    webhook.refresh_from_db()
    assert secrets_of(webhook, timezone.now()) == [second, first]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"url": ""},
        {"url": "voorbeeld.nl"},
        {"url": "http://voorbeeld.nl/"},
        {"url": "ftp://voorbeeld.nl/"},
        {"url": "https://sam:geheim@voorbeeld.nl/"},
        {"url": "https://voorbeeld.nl/\r\nX-Y: z"},
        {"url": "https://voorbeeld.nl/een pad"},
        {"url": "https://voorbeeld.nl/" + "x" * 500},
        {"url": "https://"},
        {"events": []},
        {"events": ["zaak.created"]},
        {"is_limited": "on"},
        {"is_limited": "on", "municipalities": ["zandvoort"]},
    ],
)
def test_what_is_filled_in_wrongly_makes_none(signed_in: As, wrong: dict[str, Any]) -> None:
    assert signed_in().post("/webhooks/nieuw/", given(**wrong)).status_code == 422
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(("port", "status"), [(8443, 200), (8444, 422)])
def test_without_tls_it_goes_only_where_the_deployment_lets_it(
    signed_in: As, settings: Settings, port: int, status: int
) -> None:
    settings.WEBHOOK_PRIVATE_HOSTS = {("balie.intern", 8443)}

    answer = signed_in().post("/webhooks/nieuw/", given(url=f"http://balie.intern:{port}/"))

    assert answer.status_code == status


def test_a_name_is_taken_once(signed_in: As) -> None:
    browser = signed_in()

    first, second = (browser.post("/webhooks/nieuw/", given()) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 422)
    assert Webhook.objects.count() == 1


def test_what_was_sent_is_told_with_its_answer(signed_in: As) -> None:
    browser, webhook = signed_in(), webhook_at(URL)
    delivery = sent(webhook)

    log = text(browser.get(f"/webhooks/{webhook.pk}/"))
    one = text(browser.get(f"/webhooks/{webhook.pk}/bezorgingen/{delivery.pk}/"))

    assert "500" in log
    assert "Mislukt" in log
    assert str(delivery.event) in one
    assert "ticket.changed" in one


def test_what_failed_is_sent_again(signed_in: As) -> None:
    browser, webhook = signed_in(), webhook_at(URL)
    delivery = sent(webhook)

    answer = browser.post(f"/webhooks/{webhook.pk}/bezorgingen/{delivery.pk}/opnieuw/")

    assert answer.status_code == 303
    again = Delivery.objects.get()
    assert (again.state, again.attempts, again.event) == (DeliveryState.WACHT, 0, delivery.event)


def test_what_was_switched_off_is_switched_on(signed_in: As) -> None:
    now = timezone.now()
    browser, webhook = signed_in(), webhook_at(URL, switched_off_at=now, failing_since=now)
    delivery = sent(webhook)

    again = browser.post(f"/webhooks/{webhook.pk}/bezorgingen/{delivery.pk}/opnieuw/")
    first, second = (browser.post(f"/webhooks/{webhook.pk}/aanzetten/") for _ in range(2))

    assert (again.status_code, first.status_code, second.status_code) == (409, 303, 409)
    webhook.refresh_from_db()
    assert (webhook.switched_off_at, webhook.failing_since) == (None, None)


def test_what_is_over_is_changed_no_more(signed_in: As) -> None:
    browser, webhook = signed_in(), webhook_at(URL, name="Balie")
    waiting = sent(webhook, state=DeliveryState.WACHT)
    path = f"/webhooks/{webhook.pk}"

    first, second = (browser.post(f"{path}/beeindigen/", {"typed": "Balie"}) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 409)
    webhook.refresh_from_db()
    waiting.refresh_from_db()
    assert (webhook.secret, waiting.state) == ("", DeliveryState.MISLUKT)
    assert browser.post(f"{path}/geheim/").status_code == 409
    assert browser.post(f"{path}/bezorgingen/{waiting.pk}/opnieuw/").status_code == 409
    assert "Beëindigd" in text(browser.get(f"{path}/"))


def test_text_of_people_is_shown_as_text(signed_in: As) -> None:
    browser = signed_in()
    browser.post("/webhooks/nieuw/", given(name=XSS))
    webhook = Webhook.objects.get()

    for path in (
        "/webhooks/",
        f"/webhooks/{webhook.pk}/",
        f"/webhooks/{webhook.pk}/beeindigen/",
        "/logboek/",
    ):
        shown = text(browser.get(path))
        assert XSS not in shown
        assert "&lt;script&gt;" in shown


def test_a_partner_sees_and_ends_his_own_alone(signed_in: As) -> None:
    partner = partner_organisation()
    ours, theirs = webhook_at(URL, name="Van ons"), webhook_at(URL, name="Van hen", organisation=partner)
    browser = signed_in(organisation=partner)

    listed = text(browser.get("/webhooks/"))

    assert theirs.name in listed
    assert ours.name not in listed
    assert browser.get(f"/webhooks/{ours.pk}/").status_code == 404
    assert browser.post(f"/webhooks/{ours.pk}/beeindigen/", {"typed": "Van ons"}).status_code == 404


def test_a_delivery_is_found_under_its_own_webhook_alone(signed_in: As) -> None:
    first, second = webhook_at(URL), webhook_at(URL)
    delivery = sent(first)

    assert signed_in().get(f"/webhooks/{second.pk}/bezorgingen/{delivery.pk}/").status_code == 404


@pytest.mark.parametrize("limits", [None, ["haarlem", "utrecht"]])
def test_who_is_limited_gets_no_secret_of_what_hears_of_more(
    signed_in: As, haarlem: Municipality, limits: list[str] | None
) -> None:
    browser = signed_in(municipalities=("haarlem",))
    webhook = webhook_at(URL, is_limited=limits is not None, municipalities=limits or [])
    secret = webhook.secret

    answer = browser.post(f"/webhooks/{webhook.pk}/geheim/")

    webhook.refresh_from_db()
    assert (answer.status_code, webhook.secret) == (409, secret)
    assert not FORM.search(text(answer))
    webhook_of_his = webhook_at(URL, is_limited=True, municipalities=["haarlem"])
    assert FORM.search(text(browser.post(f"/webhooks/{webhook_of_his.pk}/geheim/")))


@pytest.mark.parametrize("limits", [None, ["haarlem", "utrecht"]])
def test_who_is_limited_sees_no_deliveries_of_what_hears_of_more(
    signed_in: As, haarlem: Municipality, limits: list[str] | None
) -> None:
    browser = signed_in(municipalities=("haarlem",))
    webhook = webhook_at(URL, is_limited=limits is not None, municipalities=limits or [])
    delivery = sent(webhook, subject=77777)
    address = f"/webhooks/{webhook.pk}/"

    shown = text(browser.get(address))
    assert "Bezorgingen ziet u hier niet" in shown
    assert "Stuur een testbericht" not in shown
    for found in (shown, text(browser.get(f"{address}?export=csv")), text(browser.get("/webhooks/"))):
        assert "77777" not in found.replace(".", "")
    assert browser.get(f"{address}bezorgingen/{delivery.pk}/").status_code == 404
    assert browser.post(f"{address}bezorgingen/{delivery.pk}/opnieuw/").status_code == 404
    assert browser.post(f"{address}test/").status_code == 409
    assert Delivery.objects.count() == 1

    of_his = webhook_at(URL, is_limited=True, municipalities=["haarlem"])
    his = sent(of_his, subject=77777)
    assert "77.777" in text(browser.get(f"/webhooks/{of_his.pk}/"))
    assert browser.get(f"/webhooks/{of_his.pk}/bezorgingen/{his.pk}/").status_code == 200


# Trying one out -----------------------------------------------------------------------------------


def test_a_webhook_is_tried_out_once_a_minute_and_logged(signed_in: As, program: Program) -> None:
    webhook = webhook_at(URL)
    browser = signed_in()
    assert "Stuur een testbericht" in text(browser.get(f"/webhooks/{webhook.pk}/"))

    answer = browser.post(f"/webhooks/{webhook.pk}/test/")

    made = Delivery.objects.get()
    assert answer["Location"].endswith(f"/webhooks/{webhook.pk}/bezorgingen/{made.pk}/")
    assert json.loads(body_of(made)) == {
        "type": "webhook.test",
        "timestamp": made.at.isoformat(timespec="milliseconds"),
        "data": {"id": webhook.pk, "municipalities": []},
    }
    assert "Testbericht" in text(browser.get(answer["Location"]))
    assert LogLine.objects.get(action="testbericht gestuurd").subject == webhook.name
    assert browser.post(f"/webhooks/{webhook.pk}/test/").status_code == 409  # one waits

    Delivery.objects.update(state=DeliveryState.BEZORGD)
    assert browser.post(f"/webhooks/{webhook.pk}/test/").status_code == 409
    Delivery.objects.update(at=timezone.now() - BETWEEN_TESTS)
    seen = program.get(f"/webhooks/{webhook.pk}")
    assert seen.json()["lastTest"]["state"] == "bezorgd"
    tried = program.post(f"/webhooks/{webhook.pk}/tests", If_Match=seen.headers["ETag"])
    assert (tried.status_code, tried.json()["lastTest"]["state"]) == (201, "wacht")
    again = program.post(f"/webhooks/{webhook.pk}/tests", If_Match=tried.headers["ETag"])
    assert (again.status_code, Delivery.objects.count()) == (409, 2)


@pytest.mark.parametrize("over", ["switched_off_at", "ended_at"])
def test_what_is_off_or_over_is_not_tried_out(signed_in: As, over: str) -> None:
    webhook = webhook_at(URL, **{over: timezone.now()})

    assert signed_in().post(f"/webhooks/{webhook.pk}/test/").status_code == 409
    assert not Delivery.objects.exists()


def test_one_of_another_organisation_is_not_there_to_be_tried(program: Program, signed_in: As) -> None:
    theirs = webhook_at(URL, name="Van hen", organisation=partner_organisation())
    ours = webhook_at(URL, name="Van ons")

    listed = program.get("/webhooks").json()["results"]

    assert [each["name"] for each in listed] == [ours.name]
    assert "voorbeeld.nl" not in str(listed)
    assert program.get(f"/webhooks/{theirs.pk}").status_code == 404
    assert program.post(f"/webhooks/{theirs.pk}/tests", If_Match='"x"').status_code == 404
    assert not Delivery.objects.exists()


def test_who_is_limited_limits_his_webhooks(signed_in: As, haarlem: Municipality) -> None:
    browser = signed_in(municipalities=("haarlem",))

    refused = browser.post("/webhooks/nieuw/", given())
    beyond = browser.post("/webhooks/nieuw/", given(is_limited="on", municipalities=["utrecht"]))
    made = browser.post("/webhooks/nieuw/", given(is_limited="on", municipalities=["haarlem"]))

    assert (refused.status_code, beyond.status_code, made.status_code) == (422, 422, 200)
    assert Webhook.objects.get().municipalities == ["haarlem"]


def test_whoever_may_not_make_one_is_told_who_can(signed_in: As) -> None:
    webhook = webhook_at(URL)
    browser = signed_in("alleen-lezen")

    for path in ("/webhooks/", f"/webhooks/{webhook.pk}/"):
        assert "Eigenaar, Operatie" in text(browser.get(path))
    assert browser.post(f"/webhooks/{webhook.pk}/aanzetten/").status_code == 403


def test_a_list_costs_as_much_with_many_as_with_few(
    signed_in: As, django_assert_max_num_queries: Any
) -> None:
    browser, webhook = signed_in(), webhook_at(URL)
    for _ in range(19):
        webhook_at(URL)
        sent(webhook)

    with django_assert_max_num_queries(14):
        browser.get("/webhooks/")
    with django_assert_max_num_queries(14):
        browser.get(f"/webhooks/{webhook.pk}/")


# The acts themselves -----------------------------------------------------------------------------


def somebody(role: str, **how: Any) -> Person:
    held = member(House.of(None), role, **how)
    with for_vendor():
        found = person_of(held.user)
    assert found is not None
    return found


def wanted(**how: Any) -> Wanted:
    return Wanted(**{"name": "x", "url": URL, "events": ("ticket.created",), "municipalities": None, **how})


@pytest.mark.parametrize("role", [role.key for role in TABLE.roles])
@pytest.mark.parametrize("kind", KINDS)
def test_a_role_has_told_what_it_sees_itself(db: None, role: str, kind: str) -> None:
    person = somebody(role)
    may = person.may("sleutels", Level.CHANGE) and person.may(KINDS[kind].area, Level.SEE)

    if may:
        make_webhook(wanted(events=(kind,)), person=person, now=timezone.now())
    else:
        with pytest.raises(WebhookRefused):
            make_webhook(wanted(events=(kind,)), person=person, now=timezone.now())

    assert Webhook.objects.exists() is may


def test_an_organisation_has_so_many_and_no_more(db: None) -> None:
    person, now = somebody("eigenaar"), timezone.now()
    for number in range(MOST_STANDING):
        make_webhook(wanted(name=str(number)), person=person, now=now)

    with pytest.raises(WebhookRefused, match="Beëindig er eerst een"):
        make_webhook(wanted(name="te veel"), person=person, now=now)


def test_nobody_changes_one_of_another_organisation(db: None) -> None:
    webhook, theirs = webhook_at(URL), somebody("eigenaar", organisation=partner_organisation())

    with pytest.raises(WebhookRefused):
        renew_secret(webhook, person=theirs, now=timezone.now())
    with pytest.raises(WebhookRefused):
        end_webhook(webhook, person=theirs, now=timezone.now())
