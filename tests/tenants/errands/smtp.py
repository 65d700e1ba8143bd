"""A mail server of a few lines, that speaks SMTP and refuses or hesitates where a test says so."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from threading import Event, Thread


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Session)
        self.taken: list[Message] = []
        self.refused: set[str] = set()
        self.heard = Event()
        """A message came in as a whole; it is not answered yet."""
        self.answers = Event()
        self.answers.set()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Session(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.say("220 hier")
        while line := self.rfile.readline():
            word, _, rest = line.decode().strip().partition(" ")
            if word.upper() == "DATA":
                self.take()
            elif word.upper() == "RCPT" and any(each in rest for each in self.server.refused):
                self.say("550 nobody of that address")
            elif word.upper() == "QUIT":
                self.say("221 dag")
                return
            else:
                self.say("250 goed")

    def take(self) -> None:
        self.say("354 zeg het")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        self.server.taken.append(message_from_bytes(b"".join(lines)))
        self.server.heard.set()
        self.server.answers.wait(timeout=30)
        self.say("250 aangenomen")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def serving(port: int = 0) -> Iterator[Server]:
    server = Server(port)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.answers.set()
        server.shutdown()
        server.server_close()
