"""A stand-in speaks Sentry's envelope protocol: what arrives there is what would leave the deployment."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import sentry_sdk
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from tenants.registry.models import Municipality
from zaakplein.sentry import scrub_breadcrumb, scrub_event, start_sentry

SECRETS = ("111222333", "geheim-token", "sessie-geheim", "achternaam-geheim")
BSN, TOKEN, COOKIE, NAME = SECRETS


class Sentry(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Receive)
        self.envelopes: list[str] = []

    @property
    def dsn(self) -> str:
        return f"http://key@127.0.0.1:{self.server_port}/1"

    @property
    def events(self) -> list[dict[str, Any]]:
        """The lines of an envelope: its header, then of each item a header and a payload."""
        items = [json.loads(line) for envelope in self.envelopes for line in envelope.splitlines()]
        return [item for item in items if "exception" in item]


class Receive(BaseHTTPRequestHandler):
    server: Sentry

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Content-Encoding"] == "gzip":
            body = gzip.decompress(body)
        self.server.envelopes.append(body.decode())
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def sentry() -> Iterator[Sentry]:
    server = Sentry()
    Thread(target=server.serve_forever, daemon=True).start()
    start_sentry(server.dsn)
    yield server
    sentry_sdk.get_client().close(timeout=2)
    sentry_sdk.get_global_scope().set_client(None)
    server.shutdown()
    server.server_close()


def test_without_a_dsn_nothing_is_started() -> None:
    start_sentry("")

    assert not sentry_sdk.get_client().is_active()


def break_down(request: HttpRequest) -> HttpResponse:
    surname = NAME
    raise ValueError(f"row ({BSN}, {surname}) is refused")


class BreakingUrls:
    urlpatterns = [path("zaken", break_down)]
    handler500 = "api.pipeline.http.errors.server_error"


def test_an_error_of_a_request_arrives_without_what_was_sent(
    sentry: Sentry, haarlem: Municipality, settings: Settings
) -> None:
    settings.ROOT_URLCONF = BreakingUrls
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = COOKIE

    client.post(
        f"/zaken?rol__inpBsn={BSN}",
        {"achternaam": NAME},
        content_type="application/json",
        headers={"host": "haarlem.localhost", "authorization": f"Bearer {TOKEN}"},
    )
    sentry_sdk.flush(timeout=5)

    (event,) = sentry.events
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["tags"]["municipality"] == "haarlem"
    assert event["transaction"] == "/zaken"
    assert [secret for secret in SECRETS if secret in "".join(sentry.envelopes)] == []


def test_an_event_full_of_secrets_arrives_without_them(sentry: Sentry) -> None:
    sentry_sdk.add_breadcrumb(category="query", message=f"SELECT {BSN}", data={"token": TOKEN})
    sentry_sdk.capture_event(
        {
            "level": "error",
            "message": f"refused {BSN}",
            "logentry": {"message": "refused %s", "params": [BSN]},
            "user": {"email": NAME},
            "extra": {"body": NAME},
            "tags": {"bsn": BSN},
            "contexts": {"request": {"body": NAME}},
            "request": {
                "method": "POST",
                "url": f"http://haarlem.localhost/zaken?bsn={BSN}",
                "query_string": f"bsn={BSN}",
                "headers": {"Authorization": f"Bearer {TOKEN}", "Cookie": COOKIE},
                "cookies": {"sessionid": COOKIE},
                "data": {"achternaam": NAME},
                "env": {"HTTP_AUTHORIZATION": TOKEN},
            },
            "breadcrumbs": {
                "values": [{"category": "http", "data": {"url": f"/?bsn={BSN}"}, "message": TOKEN}]
            },
            "exception": {
                "values": [
                    {
                        "type": "ValueError",
                        "value": f"row ({BSN})",
                        "stacktrace": {
                            "frames": [{"function": "save", "vars": {"bsn": BSN}, "context_line": NAME}]
                        },
                    }
                ]
            },
        }
    )
    sentry_sdk.flush(timeout=5)

    (event,) = sentry.events
    assert event["exception"]["values"] == [
        {"type": "ValueError", "stacktrace": {"frames": [{"function": "save"}]}}
    ]
    assert event["request"] == {"method": "POST", "url": "http://haarlem.localhost/zaken"}
    assert [secret for secret in SECRETS if secret in "".join(sentry.envelopes)] == []


def test_a_breadcrumb_keeps_its_kind_alone() -> None:
    crumb = scrub_breadcrumb(
        {"category": "httplib", "level": "info", "data": {"url": BSN}, "message": BSN}, {}
    )

    assert crumb == {"category": "httplib", "level": "info"}


def test_an_event_without_request_or_exception_is_no_problem() -> None:
    assert scrub_event({"level": "error"}, {})["level"] == "error"
