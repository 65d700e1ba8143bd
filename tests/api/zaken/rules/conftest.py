"""A stand-in for another house on the loopback, which Haarlem may reach."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command

from tests.api.zaken.conftest import Catalogue

KANAAL = {"url": "http://kanalen/1", "naam": "Balie", "omschrijving": "Aan de balie"}
ANSWERS = {
    "/kanaal": json.dumps(KANAAL),
    "/half": "{}",
    "/empty": "",
    "/text": "hallo",
    "/zaak": '{"url": "x"}',
}


class Elsewhere(BaseHTTPRequestHandler):
    """Answers what ``ANSWERS`` says, and 404."""

    def do_GET(self) -> None:
        answer = ANSWERS.get(self.path)
        self.send_response(404 if answer is None else 200)
        self.end_headers()
        self.wfile.write((answer or "").encode())

    def log_message(self, *args: object) -> None:
        """Quietly."""


@pytest.fixture
def elsewhere(catalogue: Catalogue) -> Iterator[str]:
    """Its URL, without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    call_command("allow_host", f"127.0.0.1:{server.server_port}", municipality="haarlem", verbosity=0)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
