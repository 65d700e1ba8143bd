"""Something between us and a server that can be frozen, cut and put back, while the server itself goes on."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

PIECE = 65536


class Proxy:
    """It listens on a port of its own of 127.0.0.1 until it is closed."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.flowing = Event()
        self.flowing.set()
        self.ends: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self._listen()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Connections are accepted and stay open, and nothing is answered."""
        self.flowing.clear()
        try:
            yield
        finally:
            self.flowing.set()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Every connection breaks, and none is accepted."""
        self.close()
        try:
            yield
        finally:
            self.listener = socket.create_server(("127.0.0.1", self.port))
            self._listen()

    def cut(self) -> None:
        """Every connection breaks; new ones are accepted."""
        while self.ends:
            _end(self.ends.pop())

    def close(self) -> None:
        _end(self.listener)
        self.cut()

    def _listen(self) -> None:
        Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                caller, _ = listener.accept()
                server = socket.create_connection(self.target)
                self.ends += [caller, server]
                for source, sink in ((caller, server), (server, caller)):
                    Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                self.flowing.wait()
                sink.sendall(piece)
        _end(source)
        _end(sink)


def _end(each: socket.socket) -> None:
    """Also where a thread waits on it, which closing alone would leave waiting."""
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()
