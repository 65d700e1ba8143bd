"""What content of documents costs: time against copying, CPU per 100 MB, and memory of the web.

    infra/up
    .venv/bin/python tests/benchmark/documents.py            # 500 MB in parts, and its download
    .venv/bin/python tests/benchmark/documents.py --mb 2000 --as json

Uploads in parts or as base64 in JSON, downloads, compares, and reads from /proc what the processes of front
and web used meanwhile. Addresses, secrets and process ids come from `.local/demo.json`, and the file that is
copied for comparison lies beside the municipalities' own. Only loopback addresses are called.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import random
import shutil
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
API = "/documenten/api/v1"
MB = 1_000_000
PIECE = 1024 * 1024 // 3 * 3
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_SECONDS = 900
BOUNDARY = "grens-van-de-meting"


@dataclass
class Caller:
    """An application of Haarlem."""

    host: str
    port: int
    client_id: str
    secret: str

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        length: int | None = None,
        media_type: str = "application/json",
    ) -> Any:
        """The parsed answer; raises for any refusal."""
        answer = self._asked(method, path, body, length, media_type)
        said = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {said[:500]!r}")
        return json.loads(said) if said else None

    def fetch(self, path: str) -> Iterator[bytes]:
        answer = self._asked("GET", path, None, None, "")
        if answer.status != 200:
            raise SystemExit(f"GET {path}: {answer.status} {answer.read()[:500]!r}")
        while piece := answer.read(PIECE):
            yield piece

    def _asked(self, method: str, path: str, body: Any, length: int | None, media_type: str) -> Any:
        claims = {"client_id": self.client_id, "iat": int(time.time())}
        token = jwt.encode(claims, self.secret, algorithm="HS256")
        headers = {"Authorization": f"Bearer {token}", "Host": f"{self.host}:{self.port}"}
        if body is not None:
            body = body if length is not None else json.dumps(body).encode()
            headers |= {"Content-Type": media_type, "Content-Length": str(length or len(body))}
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_SECONDS)
        connection.request(method, path, body, headers)
        return connection.getresponse()


@dataclass
class Used:
    """By a process and all below it."""

    pids: list[int]
    cpu: float = 0
    growth_mb: dict[int, float] = field(default_factory=dict)


def below(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in below(int(child)))]


def cpu_of(pids: list[int]) -> float:
    return sum(sum(map(int, stat_of(pid)[11:13])) for pid in pids) / TICKS


def stat_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def memory_of(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")) / 1024


@contextmanager
def watched(pids: list[int]) -> Iterator[Used]:
    """CPU in all, and by how much each process was larger than it began, at its largest."""
    used, began, over = (
        Used(pids, cpu=-cpu_of(pids)),
        {pid: memory_of(pid) for pid in pids},
        threading.Event(),
    )
    used.growth_mb = dict.fromkeys(pids, 0.0)

    def look() -> None:
        while not over.wait(0.05):
            for pid in pids:
                used.growth_mb[pid] = max(used.growth_mb[pid], memory_of(pid) - began[pid])

    looker = threading.Thread(target=look)
    looker.start()
    yield used
    over.set()
    looker.join()
    used.cpu += cpu_of(pids)


def metadata(caller: Caller) -> dict[str, Any]:
    types = caller.ask("GET", "/catalogi/api/v1/informatieobjecttypen")["results"]
    return {
        "informatieobjecttype": next(each["url"] for each in types if not each["concept"]),
        "bronorganisatie": "159351741",
        "creatiedatum": "2026-11-26",
        "titel": "Meting",
        "auteur": "Meting",
        "taal": "nld",
        "bestandsnaam": "meting.bin",
    }


def in_parts(caller: Caller, source: Path) -> str:
    """The path of the document."""
    size = source.stat().st_size
    made = caller.ask(
        "POST", f"{API}/enkelvoudiginformatieobjecten", {**metadata(caller), "bestandsomvang": size}
    )
    with source.open("rb") as file:
        for part in sorted(made["bestandsdelen"], key=lambda each: each["volgnummer"]):
            before, after = around(part["lock"])
            length = len(before) + part["omvang"] + len(after)
            pieces = form(before, file, part["omvang"], after)
            path = urlsplit(part["url"]).path
            caller.ask(
                "PUT", path, pieces, length=length, media_type=f"multipart/form-data; boundary={BOUNDARY}"
            )
    path = urlsplit(made["url"]).path
    caller.ask("POST", f"{path}/unlock", {"lock": made["lock"]})
    return path


def around(lock: str) -> tuple[bytes, bytes]:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n'
    before = f"{head.format('lock', '')}{lock}\r\n{head.format('inhoud', '; filename=deel')}"
    return before.encode(), f"\r\n--{BOUNDARY}--\r\n".encode()


def form(before: bytes, file: Any, size: int, after: bytes) -> Iterator[bytes]:
    yield before
    while size:
        piece = file.read(min(PIECE, size))
        size -= len(piece)
        yield piece
    yield after


def in_json(caller: Caller, source: Path) -> str:
    before = json.dumps(metadata(caller)).encode()[:-1] + b', "inhoud": "'
    length = len(before) + -(-source.stat().st_size // 3) * 4 + 2

    def pieces() -> Iterator[bytes]:
        yield before
        with source.open("rb") as file:
            while piece := file.read(PIECE):
                yield b64encode(piece)
        yield b'"}'

    made = caller.ask("POST", f"{API}/enkelvoudiginformatieobjecten", pieces(), length=length)
    return urlsplit(made["url"]).path


WAYS = {"parts": in_parts, "json": in_json}


def sum_of(pieces: Iterator[bytes]) -> str:
    summed = hashlib.sha256()
    for piece in pieces:
        summed.update(piece)
    return summed.hexdigest()


def read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def make(path: Path, size: int) -> None:
    noise = random.Random(7)  # noqa: S311
    with path.open("wb") as file:
        for at in range(0, size, MB):
            file.write(noise.randbytes(min(MB, size - at)))
        os.fsync(file.fileno())


def copy(source: Path, target: Path) -> float:
    """Seconds, until it is on the disk."""
    started = time.perf_counter()
    shutil.copyfile(source, target)
    descriptor = os.open(target, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    taken = time.perf_counter() - started
    target.unlink()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mb", type=int, default=500)
    parser.add_argument("--as", dest="way", choices=WAYS, default="parts")
    parser.add_argument("--not-copied", action="store_true", help="compare with nothing")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    demo = json.loads((LOCAL / "demo.json").read_text())
    haarlem = demo["municipalities"][0]
    at = urlsplit(haarlem["alternative_base_url"])
    caller = Caller(str(at.hostname), int(at.port or 80), haarlem["client_id"], haarlem["secret"])
    pids = [int((LOCAL / "run" / f"{name}.pid").read_text()) for name in ("front", "web")]
    source = LOCAL / "media" / ".meting"
    make(source, arguments.mb * MB)
    try:
        figures = measure(caller, source, [each for pid in pids for each in below(pid)], arguments.way)
        if not arguments.not_copied:
            figures = compared(figures, source)
    finally:
        source.unlink()
    print(json.dumps(figures, indent=1))  # noqa: T201
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1))
    sys.exit(0 if figures["is the same"] else 1)


def measure(caller: Caller, source: Path, pids: list[int], way: str) -> dict[str, Any]:
    size = source.stat().st_size / MB / 100
    started = time.perf_counter()
    with watched(pids) as up:
        path = WAYS[way](caller, source)
    went_up = time.perf_counter() - started
    started = time.perf_counter()
    with watched(pids) as down:
        came = sum_of(caller.fetch(f"{path}/download"))
    came_down = time.perf_counter() - started
    return {
        "MB": size * 100,
        "as": way,
        "up, s": round(went_up, 2),
        "down, s": round(came_down, 2),
        "CPU up, s per 100 MB": round(up.cpu / size, 3),
        "CPU down, s per 100 MB": round(down.cpu / size, 3),
        "memory up, MB": round(max(up.growth_mb.values()), 1),
        "memory down, MB": round(max(down.growth_mb.values()), 1),
        "is the same": came == sum_of(read(source)),
    }


def compared(figures: dict[str, Any], source: Path) -> dict[str, Any]:
    copied = sum(copy(source, source.with_suffix(f".{number}")) for number in range(2))
    ratio = (figures["up, s"] + figures["down, s"]) / copied
    return {**figures, "copied twice, s": round(copied, 2), "ratio": round(ratio, 2)}


if __name__ == "__main__":
    main()
