"""Start what answers HTTP: the web (gunicorn) on a socket, and before it the front (nginx).

`infra/up` runs the two as processes of their own; the image and the tests run `both`. What differs
between them is in the environment: ZAAKPLEIN_WEB_LISTEN, the addresses with their ports;
ZAAKPLEIN_WEB_DIRECTORY, where socket and spooled bodies are; ZAAKPLEIN_TRUSTED_PROXIES, the networks
whose X-Forwarded-Proto and X-Forwarded-For count.
"""

from __future__ import annotations

import argparse
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from textwrap import indent
from types import FrameType
from typing import Any

from infra.stores import places
from zaakplein import uploads
from zaakplein.environment import listed, load_local, optional, required

INFRA = Path(__file__).resolve().parent
SOCKET = "web.sock"
CLIENT_ADDRESS_HEADER = "X-Real-IP"
"""In which the front tells the client's address; only a trusted proxy has a say in it."""
BODY = "8m"
"""The largest body that any operation takes; what is larger is refused before it is read."""
FILES = "128m"
"""The largest body of a message to the helpdesk: more than its files may be, so that a page can say so."""
DOCUMENTS = "4097m"
"""The largest body with content of a document: 4.0 GiB, and what stands around it."""
UPLOADS = 20
"""How many of such bodies over 10 MB are on their way to one host: what they keep of the disk is bounded."""
ORDINARY_USER = "www-data"
"""Who reads from strangers where we are started by root; not the user of the database."""
START_SECONDS = 60
STOP_SECONDS = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["web", "front", "both"])
    what = parser.parse_args().what
    load_local()
    os.environ.setdefault("ZAAKPLEIN_CLIENT_ADDRESS_HEADER", CLIENT_ADDRESS_HEADER)
    directory = make_directory(Path(required("ZAAKPLEIN_WEB_DIRECTORY")))
    if what == "web":
        _become(web_command(directory))
    if what == "front":
        _become(front_command(directory))
    sys.exit(serve_both(directory))


def _become(command: list[str]) -> None:
    os.execv(command[0], command)  # noqa: S606  # without a shell, which is the point


def make_directory(directory: Path) -> Path:
    """Ours alone to write; the front may pass through. What somebody else put there is refused."""
    directory.mkdir(mode=0o700, exist_ok=True)
    found = directory.lstat()
    if directory.is_symlink() or found.st_uid != os.geteuid():
        sys.exit(f"{directory} belongs to another user.")
    if os.geteuid() == 0:
        os.chown(directory, 0, pwd.getpwnam(ORDINARY_USER).pw_gid)
        directory.chmod(0o750)
    else:
        directory.chmod(0o700)
    return directory


def web_command(directory: Path) -> list[str]:
    gunicorn = ["-m", "gunicorn", "--config", str(INFRA / "gunicorn.py")]
    return [sys.executable, *gunicorn, "--bind", f"unix:{directory / SOCKET}", "zaakplein.wsgi:application"]


def front_command(directory: Path) -> list[str]:
    """Write the settings of nginx, and return how it is started with them."""
    settings = directory / "nginx.conf"
    settings.write_text(rendered(directory))
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        sys.exit("nginx is not installed: run infra/up, or install it.")
    return [nginx, "-e", "stderr", "-p", str(directory), "-c", str(settings)]


def rendered(directory: Path) -> str:
    """The settings for this deployment; a network or problem that makes no sense raises."""
    described = (INFRA / "problems.toml").read_text()
    parts = {
        "user": f"user {ORDINARY_USER};" if os.geteuid() == 0 else "",
        "directory": str(directory),
        "spool": optional("ZAAKPLEIN_SPOOL_DIRECTORY", str(directory)),
        "body": BODY,
        "files": FILES,
        "passing": indent((INFRA / "passing.conf").read_text().rstrip(), " " * 12),
        "listen": "\n".join(f"        listen {each};" for each in listed("ZAAKPLEIN_WEB_LISTEN", "")),
        "trusted": "\n".join(f"        {ip_network(each)} 1;" for each in trusted_proxies()),
        "real": "\n".join(f"    set_real_ip_from {ip_network(each)};" for each in trusted_proxies()),
        "stores": places(),
        "documents": DOCUMENTS,
        "uploads": str(UPLOADS),
        "upload_paths": uploads.PATHS,
        "unlocked_at": uploads.UNLOCKED_AT,
        "error_pages": error_pages(described),
        "problems": problems(described),
    }
    text = (INFRA / "nginx.conf").read_text()
    for name, part in parts.items():
        text = text.replace(f"@{name}@", part)
    return text


def trusted_proxies() -> list[str]:
    return listed("ZAAKPLEIN_TRUSTED_PROXIES", "")


def error_pages(described: str) -> str:
    """Which status is told at which of the places; once for each level that has pages of its own."""
    return "\n".join(
        f"        error_page {members.get('front') or status} ={status} /_problem/{status};"
        for status, members in tomllib.loads(described).items()
    )


def problems(described: str) -> str:
    """A place for each status, which answers with its problem document."""
    statuses = tomllib.loads(described)
    places = [_problem(int(status), **_texts(members)) for status, members in statuses.items()]
    # Of a file that is being sent, which has its headers by then; one of none keeps those of the server away.
    no_more = {"Last-Modified": '""'}
    beyond = _place("416/told", 416, _document(416, "$said_id", **statuses["416"]), no_more)
    return "\n".join([*places, beyond])


def _problem(status: int, *, retry_after: int | None = None, **texts: str) -> str:
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Strict-Transport-Security": "$strict_transport",
        "Cache-Control": '"private, no-store"',
        "X-Request-ID": "$uuid",
        **({} if retry_after is None else {"Retry-After": str(retry_after)}),
    }
    return _place(str(status), status, _document(status, "$uuid", **texts), headers)


def _document(status: int, request_id: str, **texts: str) -> str:
    document = json.dumps(
        {
            "type": "about:blank",
            "code": texts["code"],
            "title": texts["title"],
            "status": status,
            "detail": texts["detail"],
            "instance": f"urn:uuid:{request_id}",
        }
    )
    if "'" in document or document.count("$") != 1:
        raise ValueError(f"The texts of {status} have characters that nginx would read.")
    return document


def _place(name: str, status: int, document: str, headers: dict[str, str]) -> str:
    return "\n".join(
        [
            f"        location = /_problem/{name} {{",
            "            internal;",
            "            client_max_body_size 0;",  # of a body that is not read
            f"            access_log {_refusals()};",
            "            default_type application/problem+json;",
            *(f"            add_header {name} {value} always;" for name, value in headers.items()),
            f"            return {status} '{document}';",
            "        }",
        ]
    )


def _texts(members: dict[str, Any]) -> dict[str, Any]:
    """What of a status is told at its place."""
    return {name: value for name, value in members.items() if name != "front"}


def _refusals() -> str:
    """Where nginx writes what it refused: it opens our output anew, which not every kind of output allows."""
    try:
        Path("/dev/stderr").open("a").close()
    except OSError:
        return "off"
    return "/dev/stderr refusal"


def serve_both(directory: Path) -> int:
    """Run until a signal comes or one of the two ends, which is then the end of the other."""
    stopping = _Stopping()
    fronting = front_command(directory)  # first: what is wrong with it should leave no web behind
    web = subprocess.Popen(web_command(directory))  # noqa: S603
    front = None
    if _answers(directory / SOCKET, web, stopping):
        front = subprocess.Popen(fronting)  # noqa: S603
        while not stopping.asked and web.poll() is None and front.poll() is None:
            time.sleep(0.2)
    if front is not None:
        _end(front, signal.SIGQUIT)
    _end(web, signal.SIGTERM)
    return 0 if stopping.asked else 1


class _Stopping:
    """Whether somebody asked for the end."""

    asked = False

    def __init__(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def _answers(place: Path, web: subprocess.Popen[bytes], stopping: _Stopping) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and web.poll() is None and not stopping.asked:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(place))
            return True
        time.sleep(0.1)
    return False


def _end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    process.send_signal(how)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
