"""The places of the front from which files leave: of a disk and of a bucket, and from outside of neither."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingUnixStreamServer
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from infra import serve, stores
from tests.live import _free_port
from tests.objects import KEY, SECRET, client_of
from zaakplein.environment import MissingSetting

CONTENT = bytes(range(256)) * 1000
ETAG = '"een-som"'
HEADERS = {
    "Content-Type": "application/octet-stream",
    "Content-Disposition": "attachment; filename=besluit.pdf",
    "Cache-Control": "private, no-cache",
    "ETag": ETAG,
    "X-Request-ID": "11111111-1111-4111-8111-111111111111",
    "API-version": "1.7.0",
}


@dataclass
class Front:
    """nginx with our settings, before a web that answers all with one place."""

    url: str
    place: list[str] = field(default_factory=lambda: [""])

    def ask(self, place: str, *, method: str = "GET", path: str = "/download", **headers: str) -> Any:
        self.place[0] = place
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return urlopen(Request(f"{self.url}{path}", method=method, headers=named), timeout=10)

    def refusal(self, place: str, **asked: str) -> HTTPError:
        with pytest.raises(HTTPError) as refused:
            self.ask(place, **asked)
        return refused.value


@pytest.fixture
def front(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, objects: str, bucket: str) -> Iterator[Front]:
    port = _free_port()
    directory = Path(tempfile.mkdtemp(prefix="zaakplein-"))
    directory.chmod(0o755)
    media = directory / "media"
    media.mkdir(mode=0o755)
    settings = {
        "ZAAKPLEIN_MEDIA_ROOT": str(media),
        "ZAAKPLEIN_WEB_LISTEN": f"127.0.0.1:{port}",
        "ZAAKPLEIN_STORAGES": "objecten",
        "ZAAKPLEIN_STORAGE_OBJECTEN_BUCKET": bucket,
        "ZAAKPLEIN_STORAGE_OBJECTEN_ENDPOINT": objects,
        "ZAAKPLEIN_STORAGE_OBJECTEN_ACCESS_KEY": KEY,
        "ZAAKPLEIN_STORAGE_OBJECTEN_SECRET_KEY": SECRET,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    (media / "haarlem").mkdir()
    (media / "haarlem" / "inhoud").write_bytes(CONTENT)
    (media / "haarlem" / "verwijzing").symlink_to(media / "haarlem" / "inhoud")
    client_of(objects).put_object(Bucket=bucket, Key="haarlem/inhoud", Body=CONTENT)
    front = Front(f"http://127.0.0.1:{port}")
    with running_web(directory / serve.SOCKET, front), running_nginx(directory, port):
        yield front
    shutil.rmtree(directory)


class running_web:  # noqa: N801  # it reads as what it does
    def __init__(self, place: Path, front: Front) -> None:
        class Web(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                for name, value in {**HEADERS, "X-Accel-Redirect": front.place[0]}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_HEAD(self) -> None:
                self.do_GET()

            def address_string(self) -> str:
                return ""

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingUnixStreamServer(str(place), Web)
        place.chmod(0o777)

    def __enter__(self) -> None:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class running_nginx:  # noqa: N801
    def __init__(self, directory: Path, port: int) -> None:
        self.process = subprocess.Popen(serve.front_command(directory))
        self.port = port

    def __enter__(self) -> None:
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            else:
                return

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture(params=["default", "objecten"])
def place(request: pytest.FixtureRequest, objects: str, bucket: str) -> str:
    """Of the content, as the web says it."""
    if request.param == "default":
        return "/_opslag/default/haarlem/inhoud"
    return signed(objects, bucket, "inhoud")


def signed(objects: str, bucket: str, name: str) -> str:
    wanted = {"Bucket": bucket, "Key": f"haarlem/{name}", "ResponseContentType": "application/octet-stream"}
    address = client_of(objects).generate_presigned_url("get_object", Params=wanted, ExpiresIn=60)
    return f"/_opslag/objecten{address.removeprefix(objects)}"


def test_all_of_it_leaves_with_what_the_web_said(front: Front, place: str) -> None:
    with front.ask(place) as answer:
        assert answer.read() == CONTENT
        found = answer.headers
    for name, value in HEADERS.items():
        assert found.get_all(name) == [value], name
    assert found.get_all("Content-Security-Policy") == ["default-src 'none'; sandbox"]
    assert found.get_all("X-Content-Type-Options") == ["nosniff"]
    assert found.get_all("Content-Length") == [str(len(CONTENT))]
    assert found["Last-Modified"] is None
    assert [name for name in found if name.lower().startswith("x-amz")] == []


def test_a_part_of_it_may_be_asked(front: Front, place: str) -> None:
    with front.ask(place, Range="bytes=1000-1999") as answer:
        assert (answer.status, answer.read()) == (206, CONTENT[1000:2000])
        assert answer.headers["Content-Range"] == f"bytes 1000-1999/{len(CONTENT)}"


def test_a_part_of_a_version_that_may_be_another_is_answered_with_all(front: Front, place: str) -> None:
    with front.ask(place, Range="bytes=0-9", If_Range='"een-andere-som"') as answer:
        assert (answer.status, answer.read()) == (200, CONTENT)


def test_a_part_beyond_its_end_is_refused(front: Front, place: str) -> None:
    refusal = front.refusal(place, Range="bytes=999999-")

    assert refusal.code == 416
    assert b"range-not-satisfiable" in refusal.read()


def test_its_head_is_answered_without_it(front: Front, place: str) -> None:
    with front.ask(place, method="HEAD") as answer:
        assert (answer.status, answer.read()) == (200, b"")
        assert answer.headers["Content-Length"] == str(len(CONTENT))


def test_what_is_not_there_is_a_problem_and_no_page_of_another(
    front: Front, objects: str, bucket: str
) -> None:
    on_disk = front.refusal("/_opslag/default/haarlem/weg")
    in_bucket = front.refusal(signed(objects, bucket, "weg"))

    assert on_disk.code == 404
    assert in_bucket.code in {404, 502}  # who may list hears 404 of the storage, others that they may not
    for refusal in (on_disk, in_bucket):
        assert refusal.headers["Content-Type"] == "application/problem+json"


def test_what_the_storage_refuses_is_no_refusal_of_ours(front: Front, bucket: str) -> None:
    unsigned = f"/_opslag/objecten/{bucket}/haarlem/inhoud?response-content-type=text%2Fhtml"

    refusal = front.refusal(unsigned)

    assert refusal.code == 502
    assert refusal.headers["Content-Type"] == "application/problem+json"


def test_from_outside_the_places_are_not_there(front: Front, place: str) -> None:
    path = place.partition("?")[0]
    for asked in (path, path.replace("/_opslag", "/_opslag/."), f"/x/..{path}", f"/{path}"):
        assert front.refusal("/_opslag/weg", path=asked).code == 404


def test_the_front_follows_no_link(front: Front) -> None:
    assert front.refusal("/_opslag/default/haarlem/verwijzing").code in {403, 404}


def test_a_directory_that_nginx_would_misread_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZAAKPLEIN_MEDIA_ROOT", "/srv/media; } evil {")

    with pytest.raises(ValueError, match="characters"):
        stores.places()


def test_over_tls_the_front_knows_whom_it_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZAAKPLEIN_STORAGES", "objecten")
    monkeypatch.setenv("ZAAKPLEIN_STORAGE_OBJECTEN_BUCKET", "zaakplein")
    monkeypatch.setenv("ZAAKPLEIN_STORAGE_OBJECTEN_ENDPOINT", "https://objecten.example.nl")

    written = stores.places()

    assert "proxy_ssl_verify on;" in written
    assert "proxy_ssl_name objecten.example.nl;" in written


def test_a_storage_without_a_place_stops_the_front(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZAAKPLEIN_STORAGES", "archief")

    with pytest.raises(MissingSetting):
        stores.places()
