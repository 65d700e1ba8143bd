"""Another base of a municipality's own choice: fetched, kept for a while, and never shared."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from redis.exceptions import ConnectionError as RedisConnectionError

from api.pipeline.validate import outgoing
from api.pipeline.validate.outgoing import BadUrl, InvalidResource
from api.selectielijst.lookup import Kind, find
from tenants.registry.cache import ScopedRedisCache
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.conftest import municipality

INRICHTEN = "e1b73b12-b2f6-4c4e-8929-94f84dd2a57d"
OPENZAAK = "https://selectielijst.openzaak.nl/api/v1"
VNG = "https://referentielijsten-api.vng.cloud/api/v1"


@dataclass
class Elsewhere:
    """A server with lists of its own, on the loopback."""

    root: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.root.rpartition(":")[2].partition("/")[0])

    def procestype(self, **more: Any) -> str:
        """The URL of a procestype there."""
        url = f"{self.root}/procestypen/1"
        members = {"url": url, "naam": "Wegen", "omschrijving": "Aanleg", "procesobject": "De weg", **more}
        return self.serve("/procestypen/1", members)

    def resultaat(self, **more: Any) -> str:
        """The URL of a resultaat of that procestype."""
        members = {
            "url": f"{self.root}/resultaten/1",
            "procesType": f"{self.root}/procestypen/1",
            "naam": "Aangelegd",
            "waardering": "vernietigen",
            **more,
        }
        return self.serve("/resultaten/1", members)

    def serve(self, path: str, value: object) -> str:
        self.answers[f"/api/v1{path}"] = value if isinstance(value, str) else json.dumps(value)
        return self.root + path


@pytest.fixture(autouse=True)
def forgetful(haarlem: Municipality, utrecht: Municipality) -> Iterator[None]:
    """What the municipalities keep is forgotten after each test."""
    yield
    for each in (haarlem, utrecht):
        with in_municipality(each):
            cache.clear()


@pytest.fixture
def elsewhere(haarlem: Municipality, utrecht: Municipality) -> Iterator[Elsewhere]:
    """Both municipalities may reach it."""
    lists = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            lists.asked.append(self.path)
            answer = lists.answers.get(self.path)
            self.send_response(404 if answer is None else 200)
            self.end_headers()
            self.wfile.write((answer or "").encode())

        def log_message(self, *args: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    lists.root = f"http://127.0.0.1:{server.server_port}/api/v1"
    for schema in ("haarlem", "utrecht"):
        call_command("allow_host", f"127.0.0.1:{server.server_port}", municipality=schema, verbosity=0)
    yield lists
    server.shutdown()
    server.server_close()


def set_base(schema: str, url: str) -> None:
    call_command("set_selectielijst", url, municipality=schema, stdout=StringIO())


def found(kind: Kind, url: str, schema: str = "haarlem") -> Any:
    with in_municipality(municipality(schema)) as asking:
        return find(kind, url, asking)


def test_the_base_is_asked_once(elsewhere: Elsewhere) -> None:
    set_base("haarlem", elsewhere.root)
    url = elsewhere.procestype()

    assert found(Kind.PROCESTYPE, url) == found(Kind.PROCESTYPE, url)
    assert elsewhere.asked == ["/api/v1/procestypen/1"]


def test_what_the_base_said_is_not_said_to_the_neighbour(elsewhere: Elsewhere) -> None:
    set_base("haarlem", elsewhere.root)
    set_base("utrecht", elsewhere.root)
    url = elsewhere.procestype(naam="Van Haarlem")
    assert found(Kind.PROCESTYPE, url)["naam"] == "Van Haarlem"

    elsewhere.procestype(naam="Van Utrecht")

    assert found(Kind.PROCESTYPE, url, "utrecht")["naam"] == "Van Utrecht"
    assert found(Kind.PROCESTYPE, url)["naam"] == "Van Haarlem"


def test_a_base_is_of_one_municipality(elsewhere: Elsewhere) -> None:
    set_base("haarlem", elsewhere.root)
    url = elsewhere.procestype()

    found(Kind.PROCESTYPE, url, "utrecht")
    found(Kind.PROCESTYPE, url, "utrecht")

    assert len(elsewhere.asked) == 2  # an ordinary URL, which nothing is kept of


def test_a_failure_is_not_remembered(elsewhere: Elsewhere) -> None:
    set_base("haarlem", elsewhere.root)
    url = f"{elsewhere.root}/procestypen/1"
    with pytest.raises(BadUrl):
        found(Kind.PROCESTYPE, url)

    elsewhere.procestype()

    assert found(Kind.PROCESTYPE, url)["naam"] == "Wegen"


def test_without_redis_it_is_fetched_each_time(elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    set_base("haarlem", elsewhere.root)
    url = elsewhere.procestype()
    for name in ("get", "set"):
        monkeypatch.setattr(ScopedRedisCache, name, unreachable)

    assert found(Kind.PROCESTYPE, url) == found(Kind.PROCESTYPE, url)
    assert len(elsewhere.asked) == 2


def unreachable(*_: object, **__: object) -> None:
    raise RedisConnectionError


def test_a_base_on_a_well_known_host_is_fetched(
    haarlem: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"{OPENZAAK}/procestypen/{INRICHTEN}"
    theirs = {"url": url, "naam": "Van daar", "omschrijving": "", "procesobject": ""}
    monkeypatch.setattr(outgoing, "fetch", lambda *_, **__: theirs)
    set_base("haarlem", OPENZAAK)

    there = found(Kind.PROCESTYPE, url)
    here = found(Kind.PROCESTYPE, f"{VNG}/procestypen/{INRICHTEN}")

    assert (there["naam"], here["naam"]) == ("Van daar", "Instellen en inrichten organisatie")
    assert there["url"] == here["url"]


def test_resultaat_and_procestype_compare_there_too(elsewhere: Elsewhere) -> None:
    resultaat = found(Kind.RESULTAAT, elsewhere.resultaat())

    assert resultaat["procesType"] == found(Kind.PROCESTYPE, elsewhere.procestype())["url"]
    assert (resultaat["procestermijn"], resultaat["bewaartermijn"]) == ("", None)


def test_a_resultaat_elsewhere_may_be_of_a_procestype_here(elsewhere: Elsewhere) -> None:
    url = elsewhere.resultaat(procesType=f"{OPENZAAK}/procestypen/{INRICHTEN}")
    here = found(Kind.PROCESTYPE, f"{OPENZAAK}/procestypen/{INRICHTEN}")

    assert found(Kind.RESULTAAT, url)["procesType"] == here["url"]


@pytest.mark.parametrize(
    "more",
    [
        {"url": 5},
        {"url": "zaakplein:/selectielijst/api/v1/resultaten/1"},
        {"procesType": None},
        {"procesType": ["http://a.nl"]},
        {"naam": {}},
        {"waardering": None},
        {"procestermijn": 3},
        {"bewaartermijn": "tien jaar"},
        {"bewaartermijn": 10},
    ],
    ids=str,
)
def test_another_shape_is_an_invalid_resource(elsewhere: Elsewhere, more: dict[str, Any]) -> None:
    with pytest.raises(InvalidResource):
        found(Kind.RESULTAAT, elsewhere.resultaat(**more))


@pytest.mark.parametrize(
    "answer", ["", "hallo", "[]", "null", "{}", "[" * 100_000, '"' + "x" * 2**20 + '"'], ids=len
)
def test_what_is_no_object_is_an_invalid_resource(elsewhere: Elsewhere, answer: str) -> None:
    with pytest.raises(InvalidResource):
        found(Kind.RESULTAAT, elsewhere.serve("/resultaten/1", answer))


def test_a_procestype_there_is_no_resultaat(elsewhere: Elsewhere) -> None:
    with pytest.raises(InvalidResource):
        found(Kind.RESULTAAT, elsewhere.procestype())


@pytest.mark.parametrize("base", ["http://127.0.0.1:1/api/v1", "http://10.0.0.1/api/v1"])
def test_a_base_that_cannot_be_reached_is_a_bad_url(haarlem: Municipality, base: str) -> None:
    set_base("haarlem", base)

    with pytest.raises(BadUrl):
        found(Kind.RESULTAAT, f"{base}/resultaten/1")
