"""Mail over a real socket by LMTP, and through a real pipe: what the program that brings it is told."""

from __future__ import annotations

import asyncio
import os
import smtplib
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from psycopg2 import sql

from helpdesk.mail import answering, serving
from helpdesk.mail.answering import Answer, Envelope
from helpdesk.mail.serving import NotOfThisMachine, Place, Server, place_of
from helpdesk.models import ReceivedMail
from helpdesk.models.received_mail import Outcome
from tests.conftest import Connected
from tests.helpdesk.mail.letters import HELPDESK, letter

ROOT = Path(__file__).resolve().parents[3]
SENDER = "piet@elders.example"
UNKNOWN = "niemand@elders.example"
START_SECONDS = 20


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """What the others forget is in one transaction, and these are in several."""


@pytest.fixture
def kept(app_connection: Connected, owner_connection: Connected) -> Iterator[None]:
    """In tables that other connections see; afterwards they are empty."""
    try:
        with app_connection():
            yield
    finally:
        with owner_connection(), connection.cursor() as cursor:
            cursor.execute(sql.SQL("TRUNCATE public.{}").format(sql.Identifier("helpdesk_receivedmail")))


@contextmanager
def served(place: Place) -> Iterator[Server]:
    """In a thread of its own, as the command serves it."""
    listens = threading.Event()
    loop = asyncio.new_event_loop()
    server = Server(place)
    thread = threading.Thread(target=lambda: loop.run_until_complete(server.serve(listens.set)), daemon=True)
    thread.start()
    assert listens.wait(START_SECONDS)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(server.ending.set)
        thread.join(START_SECONDS)
        loop.close()


def delivered(
    client: smtplib.LMTP, *recipients: str, content: bytes | None = None, sender: str = SENDER
) -> Any:
    """What each was refused with."""
    body = letter(sender=SENDER).as_bytes() if content is None else content
    try:
        return client.sendmail(sender, list(recipients), body)
    except smtplib.SMTPRecipientsRefused as refused:
        return refused.recipients


# LMTP ----------------------------------------------------------------------------------------------


def test_a_mail_comes_in_over_a_port(kept: None) -> None:
    with served(Place(host="127.0.0.1")) as server, smtplib.LMTP("127.0.0.1", server.port) as client:
        assert delivered(client, HELPDESK) == {}

    found = ReceivedMail.objects.get()
    assert (found.sender, found.outcome) == (SENDER, Outcome.WAITS)


def test_a_mail_comes_in_over_a_socket(kept: None, tmp_path: Path) -> None:
    path = f"/tmp/zaakplein-lmtp-{os.getpid()}.sock"  # noqa: S108  # the path of a socket must be short
    with served(Place(path=path)), smtplib.LMTP(path) as client:
        assert Path(path).stat().st_mode & 0o777 == 0o660
        assert delivered(client, HELPDESK) == {}

    assert ReceivedMail.objects.count() == 1
    assert not Path(path).exists()


def test_several_mails_come_over_one_connection(kept: None) -> None:
    with served(Place(host="127.0.0.1")) as server, smtplib.LMTP("127.0.0.1", server.port) as client:
        for number in range(3):
            content = letter(sender=SENDER, message_id=f"<{number}@x.example>").as_bytes()
            assert delivered(client, HELPDESK, content=content) == {}

    assert ReceivedMail.objects.count() == 3


def test_who_is_unknown_is_refused_and_the_others_have_it(kept: None) -> None:
    with served(Place(host="127.0.0.1")) as server, smtplib.LMTP("127.0.0.1", server.port) as client:
        refused = delivered(client, UNKNOWN, HELPDESK)

    assert {address: status for address, (status, _text) in refused.items()} == {UNKNOWN: 550}
    assert ReceivedMail.objects.count() == 1


def test_a_mail_that_is_not_to_be_answered_comes_in(kept: None) -> None:
    with served(Place(host="127.0.0.1")) as server, smtplib.LMTP("127.0.0.1", server.port) as client:
        client.sendmail("", [HELPDESK], letter(sender=SENDER).as_bytes(), ["BODY=8BITMIME"])

    assert ReceivedMail.objects.get().outcome == Outcome.AUTOMATIC


def test_each_recipient_has_an_answer_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [Answer.TAKEN, Answer.LATER]
    monkeypatch.setattr(serving, "answers_to", lambda _envelope: answers)
    with (
        served(Place(host="127.0.0.1")) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=START_SECONDS) as client,
        client.makefile("rwb") as lines,
    ):
        lines.readline()
        for command in ("LHLO x", f"MAIL FROM:<{SENDER}>", f"RCPT TO:<{HELPDESK}>", f"RCPT TO:<{HELPDESK}>"):
            assert said(lines, command).startswith(b"250")
        assert said(lines, "DATA").startswith(b"354")
        first = said(lines, "Subject: x\r\nFrom: x@x.example\r\n\r\nx\r\n.")
        second = lines.readline()

    assert (first[:3], second[:3]) == (b"250", b"451")


def said(lines: Any, command: str) -> bytes:
    lines.write(command.encode() + b"\r\n")
    lines.flush()
    answer: bytes = lines.readline()
    while answer[3:4] == b"-":
        answer = lines.readline()
    return answer


def test_what_cannot_be_read_is_refused_for_good() -> None:
    with (
        served(Place(host="127.0.0.1")) as server,
        smtplib.LMTP("127.0.0.1", server.port) as client,
        pytest.raises(smtplib.SMTPDataError) as refused,
    ):
        client.sendmail(SENDER, [HELPDESK], b"\r\ngeen kopregels")

    assert refused.value.smtp_code == 554


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "LARGEST", 1000)
    with (
        served(Place(host="127.0.0.1")) as server,
        smtplib.LMTP("127.0.0.1", server.port) as client,
        pytest.raises(smtplib.SMTPResponseException) as refused,
    ):
        client.sendmail(SENDER, [HELPDESK], letter("x" * 2000).as_bytes())

    assert refused.value.smtp_code == 552


def test_who_comes_when_there_are_too_many_comes_back_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 1)
    with served(Place(host="127.0.0.1")) as server, smtplib.LMTP("127.0.0.1", server.port):
        with pytest.raises(smtplib.SMTPConnectError) as refused:
            smtplib.LMTP("127.0.0.1", server.port)

        assert refused.value.smtp_code == 421
    assert server.connections <= 1


@pytest.mark.parametrize(
    ("listen", "place"),
    [
        ("127.0.0.1:2424", Place("127.0.0.1", 2424)),
        ("[::1]:2424", Place("::1", 2424)),
        ("/run/lmtp.sock", Place(path="/run/lmtp.sock")),
    ],
)
def test_it_listens_where_it_is_told(listen: str, place: Place) -> None:
    assert place_of(listen) == place


@pytest.mark.parametrize("listen", ["0.0.0.0:2424", "192.0.2.1:25", ":25", "localhost:x", "", "::1", "x:25"])
def test_it_listens_to_nobody_else(listen: str) -> None:
    with pytest.raises(NotOfThisMachine):
        place_of(listen)


# Answers -------------------------------------------------------------------------------------------


def test_while_the_database_is_away_it_is_to_be_tried_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("weg")

    monkeypatch.setattr(answering, "close_old_connections", lambda: None)
    monkeypatch.setattr(answering, "take_in", away)

    assert answering.answers_to(Envelope((HELPDESK, UNKNOWN), None, letter().as_bytes())) == [
        Answer.LATER,
        Answer.UNKNOWN,
    ]


def test_nothing_of_a_mail_is_logged(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: Any
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError("de schijf met geheim.txt is vol")

    monkeypatch.setattr(answering, "close_old_connections", lambda: None)
    monkeypatch.setattr(answering, "take_in", full)
    answering.answers_to(Envelope((HELPDESK,), None, letter("geheim", subject="geheim").as_bytes()))

    assert "geheim" not in capsys.readouterr().err


# A pipe --------------------------------------------------------------------------------------------


def piped(content: bytes, recipient: str = HELPDESK, **changed: str) -> subprocess.CompletedProcess[bytes]:
    known = {
        **os.environ,
        "ZAAKPLEIN_DATABASE_NAME": connection.settings_dict["NAME"],
        "ZAAKPLEIN_DATABASE_LOGIN": "app",
        "ZAAKPLEIN_HELPDESK_ADDRESS": HELPDESK,
        **changed,
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "receive_mail", recipient],
        check=False,
        input=content,
        capture_output=True,
        env=known,
        cwd=ROOT,
        timeout=120,
    )


def test_a_mail_comes_in_through_a_pipe(kept: None) -> None:
    content = letter(sender=SENDER).as_bytes()

    assert [piped(content).returncode, piped(content).returncode] == [os.EX_OK, os.EX_OK]
    assert ReceivedMail.objects.get().sender == SENDER


@pytest.mark.parametrize(
    ("content", "recipient", "status"),
    [
        (b"geen kopregels", HELPDESK, os.EX_DATAERR),
        (letter().as_bytes(), UNKNOWN, os.EX_NOUSER),
    ],
    ids=["unreadable", "unknown"],
)
def test_a_pipe_ends_with_what_is_wrong(kept: None, content: bytes, recipient: str, status: int) -> None:
    assert piped(content, recipient).returncode == status


def test_without_a_database_a_pipe_ends_with_later(django_db_setup: None) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = str(closed.getsockname()[1])

    assert piped(letter().as_bytes(), ZAAKPLEIN_DATABASE_PORT=port).returncode == os.EX_TEMPFAIL
