"""Content is looked through for viruses by a scanner of the deployment, in the protocol of ClamAV.

``zINSTREAM``: pieces with their length before them, an empty one at the end, and one line that says what was
found. Every wait has a bound, and no byte of what was scanned is in a log or a message.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from contextlib import closing, suppress
from time import monotonic

from django.conf import settings

CONNECT_SECONDS = 3
SILENT_SECONDS = 30
"""How long the scanner may take nothing, or say nothing."""
LONGEST_SECONDS = 120
"""How long one scan takes at most."""
PIECE = 256 * 1024
LONGEST_ANSWER = 4096
MEBIBYTE = 1024 * 1024
UNNAMED = "onbekend"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""What a scanner may call a virus; it is shown to people."""


class ScannerSilent(Exception):
    """The scanner cannot be reached, takes too long, or says nothing that is understood."""


class TooLargeToScan(Exception):
    """More bytes than the scanner takes."""


def is_scanning() -> bool:
    """Whether the deployment has a scanner."""
    return bool(settings.CLAMAV)


def most_bytes() -> int:
    """The largest content that is scanned: as much as the scanner itself takes (its ``StreamMaxLength``)."""
    mebibytes: int = settings.CLAMAV_MOST_MIB
    return mebibytes * MEBIBYTE


def virus_in(pieces: Iterable[bytes], *, omvang: int, seconds: int = LONGEST_SECONDS) -> str:
    """The name of the virus that is in these bytes, of which there are ``omvang``; empty where there is none.

    Raises ScannerSilent, which it is too after so many ``seconds``, and TooLargeToScan.
    """
    if omvang > most_bytes():
        raise TooLargeToScan
    until = monotonic() + seconds
    try:
        with closing(_connected()) as scanner:
            with suppress(BrokenPipeError, ConnectionResetError):  # it may have heard enough, and say why
                _send(scanner, pieces, until)
            return _read(_answer(scanner, until))
    except OSError as error:
        raise ScannerSilent(type(error).__name__) from error


def _connected() -> socket.socket:
    """To the path of a socket, or to HOST:PORT."""
    place: str = settings.CLAMAV
    if place.startswith("/"):
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(CONNECT_SECONDS)
        try:
            scanner.connect(place)
        except BaseException:
            scanner.close()
            raise
        return scanner
    host, _, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)


def _send(scanner: socket.socket, pieces: Iterable[bytes], until: float) -> None:
    _in_time(scanner, until)
    scanner.sendall(b"zINSTREAM\0")
    for piece in pieces:
        for at in range(0, len(piece), PIECE):
            chunk = piece[at : at + PIECE]
            _in_time(scanner, until)
            scanner.sendall(len(chunk).to_bytes(4, "big") + chunk)
    scanner.sendall(bytes(4))


def _answer(scanner: socket.socket, until: float) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        _in_time(scanner, until)
        piece = scanner.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].decode("ascii", "replace").strip()


def _in_time(scanner: socket.socket, until: float) -> None:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    scanner.settimeout(min(left, SILENT_SECONDS))


def _read(answer: str) -> str:
    """The name of a virus, or empty; anything but the words of ClamAV is no answer."""
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        name = answer.removeprefix("stream: ").removesuffix(" FOUND")
        return name if NAME.fullmatch(name) else UNNAMED
    if "size limit exceeded" in answer:
        raise TooLargeToScan
    raise ScannerSilent("No answer that is understood.")
