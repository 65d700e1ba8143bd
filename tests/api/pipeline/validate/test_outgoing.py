"""Looking at URLs elsewhere, with real servers on the loopback address as the others (x-gen-10)."""

import json
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

import pytest
from structlog.testing import capture_logs

from api.pipeline.validate import outgoing
from tenants.registry import exchange
from tenants.registry.models import Municipality

KANAAL = {"url": "https://voorbeeld.nl/1", "naam": "Balie", "omschrijving": "Aan de balie"}


@dataclass
class Elsewhere:
    """A server of somebody else; a test says what stands at a path."""

    port: int = 0
    scheme: str = "http"
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    seen: list[BaseHTTPRequestHandler] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def serve(self, page: Callable[[BaseHTTPRequestHandler], None], path: str = "/") -> str:
        self.pages[path] = page
        return self.url(path)


def body(
    content: bytes, status: int = 200, headers: Mapping[str, str] | None = None
) -> Callable[[BaseHTTPRequestHandler], None]:
    def page(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in (headers or {}).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(content)

    return page


def body_of(value: object) -> Callable[[BaseHTTPRequestHandler], None]:
    return body(json.dumps(value).encode())


def redirect(location: str) -> Callable[[BaseHTTPRequestHandler], None]:
    return body(b"", status=302, headers={"Location": location})


def drip(start: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Send the start, and then a space every now and then for as long as anybody reads."""

    def page(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(start)
        while True:
            time.sleep(0.05)
            request.wfile.write(b" ")

    return page


@contextmanager
def running(elsewhere: Elsewhere, context: ssl.SSLContext | None = None) -> Iterator[Elsewhere]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            elsewhere.seen.append(self)
            with suppress(OSError):
                elsewhere.pages[self.path](self)

        def log_message(self, *args: object) -> None:
            """Keep the output of the tests clean."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args: object) -> None:
            """A client that hangs up is what these tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    elsewhere.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield elsewhere
    server.shutdown()
    server.server_close()


def allow(municipality: Municipality, elsewhere: Elsewhere) -> None:
    for host in ("127.0.0.1", "elders.voorbeeld"):
        municipality.allowed_hosts.create(host=host, port=elsewhere.port)


@pytest.fixture
def elsewhere(haarlem: Municipality) -> Iterator[Elsewhere]:
    """Allowed for Haarlem, and for Haarlem alone."""
    with running(Elsewhere()) as server:
        allow(haarlem, server)
        yield server


@pytest.fixture
def lookups(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every look-up of a name that ends in .voorbeeld; it answers with the loopback address."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *args: Any, **options: Any) -> Any:
        if not host.endswith(".voorbeeld"):
            return real(host, *args, **options)
        asked.append(host)
        return real("127.0.0.1", *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "READ_SECONDS", 0.2)
    monkeypatch.setattr(outgoing, "TOTAL_SECONDS", 0.4)


def test_an_allowed_loopback_address_gives_its_json(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    url = elsewhere.serve(body_of(KANAAL))

    assert outgoing.fetch(url, haarlem) == KANAAL


def test_a_loopback_address_is_refused_unasked(utrecht: Municipality, elsewhere: Elsewhere) -> None:
    url = elsewhere.serve(body_of(KANAAL))

    assert outgoing.problem_with(url, utrecht) == "bad-url"
    assert elsewhere.seen == []


def test_the_port_belongs_to_what_is_allowed(utrecht: Municipality, elsewhere: Elsewhere) -> None:
    url = elsewhere.serve(body_of(KANAAL))
    utrecht.allowed_hosts.create(host="127.0.0.1", port=elsewhere.port - 1)

    assert outgoing.problem_with(url, utrecht) == "bad-url"


def test_the_host_is_allowed_however_it_is_written(
    haarlem: Municipality, elsewhere: Elsewhere, lookups: list[str]
) -> None:
    elsewhere.serve(body_of(KANAAL))

    assert outgoing.problem_with(elsewhere.url(host="Elders.Voorbeeld"), haarlem) is None
    assert outgoing.problem_with(elsewhere.url(host="127.0.0.1."), haarlem) is None


def test_the_host_is_resolved_once_and_named_to_the_server(
    haarlem: Municipality, elsewhere: Elsewhere, lookups: list[str]
) -> None:
    elsewhere.serve(body_of(KANAAL))

    outgoing.fetch(elsewhere.url(host="elders.voorbeeld"), haarlem)

    assert lookups == ["elders.voorbeeld"]
    assert elsewhere.seen[0].headers["Host"] == f"elders.voorbeeld:{elsewhere.port}"


def test_a_name_for_a_private_address_is_refused(
    haarlem: Municipality, elsewhere: Elsewhere, lookups: list[str]
) -> None:
    elsewhere.serve(body_of(KANAAL))

    assert outgoing.problem_with(elsewhere.url(host="vreemd.voorbeeld"), haarlem) == "bad-url"
    assert elsewhere.seen == []


def test_the_next_address_of_a_host_is_tried(
    haarlem: Municipality, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.serve(body_of(KANAAL))
    monkeypatch.setattr(exchange, "checked_addresses", lambda *_, **__: ["127.0.0.9", "127.0.0.1"])

    assert outgoing.fetch(elsewhere.url(), haarlem) == KANAAL


def test_it_asks_for_plain_json_and_nothing_else(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    url = elsewhere.serve(body_of(KANAAL), path="/1?a=b")

    outgoing.fetch(f"{url}#deel", haarlem)

    assert elsewhere.seen[0].path == "/1?a=b"
    assert sorted(elsewhere.seen[0].headers) == [
        "Accept",
        "Accept-Encoding",
        "Connection",
        "Host",
        "User-Agent",
    ]
    assert elsewhere.seen[0].headers["Accept"] == "application/json"


def test_proxies_of_the_environment_are_not_used(
    haarlem: Municipality, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert outgoing.fetch(elsewhere.serve(body_of(KANAAL)), haarlem) == KANAAL


@pytest.mark.parametrize(
    "url",
    [
        "",
        "geen url",
        "/zaken/1",
        "ftp://voorbeeld.nl/1",
        "file:///etc/passwd",
        "http://",
        "http://iemand:geheim@voorbeeld.nl/",
        "http://voorbeeld.nl:poort/",
        "http://voorbeeld.nl:99999/",
        "http://[::1/",
        f"http://{'a' * 64}.nl/",
    ],
)
def test_what_is_no_reachable_url_is_a_bad_one(utrecht: Municipality, url: str) -> None:
    assert outgoing.problem_with(url, utrecht) == "bad-url"


def test_an_unknown_host_is_a_bad_url(utrecht: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: object, **__: object) -> NoReturn:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    assert outgoing.problem_with("http://onbekend.voorbeeld/", utrecht) == "bad-url"


def test_a_closed_port_is_a_bad_url(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    haarlem.allowed_hosts.create(host="127.0.0.1", port=9)

    assert outgoing.problem_with("http://127.0.0.1:9/", haarlem) == "bad-url"


@pytest.mark.parametrize("number", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_another_spelling_of_a_loopback_address_is_refused(
    utrecht: Municipality, elsewhere: Elsewhere, number: str
) -> None:
    elsewhere.serve(body_of(KANAAL))

    assert outgoing.problem_with(elsewhere.url(host=number), utrecht) == "bad-url"
    assert elsewhere.seen == []


@pytest.mark.parametrize("status", [201, 204, 304, 400, 401, 404, 500])
def test_another_status_than_200_is_a_bad_url(
    haarlem: Municipality, elsewhere: Elsewhere, status: int
) -> None:
    url = elsewhere.serve(body(b"", status=status))

    assert outgoing.problem_with(url, haarlem) == "bad-url"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html><body>Welkom</body></html>", b'{"url": ', b"\xff\xfe\xfd", b"[" * 100_000],
    ids=["empty", "html", "half", "no text", "endless nesting"],
)
def test_200_without_json_is_an_invalid_resource(
    haarlem: Municipality, elsewhere: Elsewhere, content: bytes
) -> None:
    url = elsewhere.serve(body(content))

    assert outgoing.problem_with(url, haarlem) == "invalid-resource"


@pytest.mark.parametrize("value", [[KANAAL], "tekst", 1, None, {}, {"url": "x", "naam": "y"}])
def test_json_that_is_no_object_with_the_required_members(
    haarlem: Municipality, elsewhere: Elsewhere, value: object
) -> None:
    url = elsewhere.serve(body_of(value))

    assert outgoing.problem_with(url, haarlem, frozenset(KANAAL)) == "invalid-resource"


def test_an_object_may_have_more_than_the_required_members(
    haarlem: Municipality, elsewhere: Elsewhere
) -> None:
    url = elsewhere.serve(body_of({**KANAAL, "actief": True}))

    assert outgoing.problem_with(url, haarlem, frozenset(KANAAL)) is None


def test_a_body_of_just_the_maximum_is_read(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    url = elsewhere.serve(body(b"{}".ljust(exchange.MAX_BODY_BYTES)))

    assert outgoing.fetch(url, haarlem) == {}


def test_a_larger_body_is_an_invalid_resource(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    url = elsewhere.serve(body(b"{}".ljust(exchange.MAX_BODY_BYTES + 1)))

    assert outgoing.problem_with(url, haarlem) == "invalid-resource"


def test_a_body_shorter_than_announced_is_a_bad_url(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    url = elsewhere.serve(body(b"{}", headers={"Content-Length": "20"}))

    assert outgoing.problem_with(url, haarlem) == "bad-url"


def test_a_compressed_body_is_not_unpacked(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    url = elsewhere.serve(body(b"{}", headers={"Content-Encoding": "gzip"}))

    assert outgoing.fetch(url, haarlem) == {}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(haarlem: Municipality, elsewhere: Elsewhere, status: int) -> None:
    elsewhere.serve(body_of(KANAAL), path="/nieuw")
    url = elsewhere.serve(body(b"", status=status, headers={"Location": "/nieuw"}))

    assert outgoing.fetch(url, haarlem) == KANAAL


def test_a_redirect_to_a_private_address_is_refused(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    with running(Elsewhere()) as inside:
        secret = inside.serve(body_of({"geheim": 1}))
        url = elsewhere.serve(redirect(secret))

        assert outgoing.problem_with(url, haarlem) == "bad-url"
        assert inside.seen == []


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://[", "http://a:b@127.0.0.1/"])
def test_a_redirect_to_what_is_no_usable_url_is_refused(
    haarlem: Municipality, elsewhere: Elsewhere, location: str
) -> None:
    url = elsewhere.serve(redirect(location))

    assert outgoing.problem_with(url, haarlem) == "bad-url"


def test_a_redirect_to_nowhere_is_a_bad_url(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    url = elsewhere.serve(body(b"{}", status=302))

    assert outgoing.problem_with(url, haarlem) == "bad-url"


def test_a_loop_of_redirects_ends_after_three(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    url = elsewhere.serve(redirect("/"))

    assert outgoing.problem_with(url, haarlem) == "bad-url"
    assert len(elsewhere.seen) == 4


def test_cookies_are_not_sent_on(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    elsewhere.serve(body_of(KANAAL), path="/nieuw")
    url = elsewhere.serve(body(b"", status=302, headers={"Location": "/nieuw", "Set-Cookie": "a=b"}))

    outgoing.fetch(url, haarlem)

    assert "Cookie" not in elsewhere.seen[1].headers


def test_a_server_that_keeps_silent_is_a_bad_url(
    haarlem: Municipality, elsewhere: Elsewhere, hurried: None
) -> None:
    url = elsewhere.serve(lambda _: time.sleep(0.5))

    assert outgoing.problem_with(url, haarlem) == "bad-url"


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nX:",
        b"HTTP/1.1 200 OK\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{}",
    ],
    ids=["headers", "body", "announced body"],
)
def test_a_server_that_drips_is_cut_off_at_the_deadline(
    haarlem: Municipality, elsewhere: Elsewhere, hurried: None, start: bytes
) -> None:
    url = elsewhere.serve(drip(start))
    started = time.monotonic()

    assert outgoing.problem_with(url, haarlem) == "bad-url"
    assert time.monotonic() - started < 3


def test_a_slow_resolver_is_not_waited_for(
    utrecht: Municipality, hurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(5))
    started = time.monotonic()

    assert outgoing.problem_with("http://traag.voorbeeld/", utrecht) == "bad-url"
    assert time.monotonic() - started < 3


def test_the_log_tells_host_status_and_duration_alone(haarlem: Municipality, elsewhere: Elsewhere) -> None:
    elsewhere.serve(body_of(KANAAL), path="/zaken?bsn=999993653")

    with capture_logs() as lines:
        outgoing.fetch(elsewhere.url("/zaken?bsn=999993653"), haarlem)

    assert [line.pop("duration") < 5 for line in lines] == [True]
    assert lines == [{"event": "outgoing_request", "log_level": "info", "host": "127.0.0.1", "status": 200}]


def test_a_refusal_is_logged_too(utrecht: Municipality) -> None:
    with capture_logs() as lines:
        outgoing.problem_with("http://127.0.0.1/", utrecht)

    assert [line["status"] for line in lines] == [None]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate and key of elders.voorbeeld, in one file."""
    path = tmp_path_factory.mktemp("tls") / "elders.pem"
    request = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1"
    name = "-subj /CN=elders.voorbeeld -addext subjectAltName=DNS:elders.voorbeeld"
    command = [*f"{request} {name}".split(), "-keyout", str(path), "-out", str(path.with_suffix(".crt"))]
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text() + path.with_suffix(".crt").read_text())
    return path


@pytest.fixture
def secure(haarlem: Municipality, certificate: Path, lookups: list[str]) -> Iterator[Elsewhere]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with running(Elsewhere(scheme="https"), context) as server:
        allow(haarlem, server)
        server.serve(body_of(KANAAL))
        yield server


def test_a_trusted_certificate_of_the_named_host_is_accepted(
    haarlem: Municipality, secure: Elsewhere, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert outgoing.fetch(secure.url(host="elders.voorbeeld"), haarlem) == KANAAL


def test_a_certificate_of_another_host_is_refused(
    haarlem: Municipality, secure: Elsewhere, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert outgoing.problem_with(secure.url(), haarlem) == "bad-url"


def test_an_untrusted_certificate_is_refused(haarlem: Municipality, secure: Elsewhere) -> None:
    assert outgoing.problem_with(secure.url(host="elders.voorbeeld"), haarlem) == "bad-url"


def test_a_drip_over_tls_is_cut_off_too(
    haarlem: Municipality,
    secure: Elsewhere,
    certificate: Path,
    hurried: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    secure.serve(drip(b"HTTP/1.1 200 OK\r\n\r\n{}"))
    started = time.monotonic()

    assert outgoing.problem_with(secure.url(host="elders.voorbeeld"), haarlem) == "bad-url"
    assert time.monotonic() - started < 3
