"""What a mail is read as: those of ordinary programs, and those that nobody should have made."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from helpdesk.attachments import LARGEST as LARGEST_ATTACHMENT
from helpdesk.attachments import MOST as MOST_ATTACHMENTS
from helpdesk.mail.parsing import LARGEST, Unreadable, parse
from tests.helpdesk.mail.letters import MESSAGES, letter, recorded

HANDMADE = sorted(path.stem for path in MESSAGES.glob("*.eml"))
SECONDS = 20
"""What the worst message may take on a busy machine."""


def nested(depth: int, within: bytes = b"Hallo") -> bytes:
    """Multiparts in multiparts."""
    parts = [b"From: kim@haarlem.example\nContent-Type: multipart/mixed; boundary=b0\n\n"]
    parts += [
        b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (level, level + 1)
        for level in range(depth)
    ]
    return b"".join([*parts, b"--b%d\n\n" % depth, within])


def in_parts(part: bytes, count: int) -> bytes:
    head = b"From: kim@haarlem.example\nContent-Type: multipart/mixed; boundary=b\n\n"
    return head + (b"--b\n" + part) * count + b"--b--\n"


# Of ordinary programs ------------------------------------------------------------------------------


def test_a_reply_of_outlook_has_its_new_part_and_its_picture() -> None:
    found = parse(recorded("outlook_reply"))

    assert (found.sender, found.sender_name) == ("kim@haarlem.example", "Jansen, Kim")
    assert found.subject == "RE: [2043] Zaken openen lukt niet"
    assert found.new_text == "Het lukt nu wél. Dank u.\n\nMet vriendelijke groet,\nKim Jansen"
    assert "Wilt u het nog eens proberen?" in found.text
    assert [(each.name, each.content_type) for each in found.attachments] == [("scherm.png", "image/png")]
    assert found.attachments[0].content.startswith(b"\x89PNG")
    assert found.references == ("<ticket-2043-1@leverancier.example>", "<ticket-2043-7@leverancier.example>")
    assert found.message_id == "<AM0PR01MB1234@eurprd01.prod.exchangelabs.com>"
    assert found.date == datetime(2026, 11, 26, 13, 5, 12, tzinfo=UTC)
    assert not found.is_automatic


def test_html_alone_becomes_text_without_what_was_said_before() -> None:
    found = parse(recorded("gmail_html_only"))

    assert found.subject == "Café werkt niet"
    assert found.new_text.splitlines()[0] == "Zie deze zaak (https://haarlem.example/zaak)."
    assert "- eerst dit" in found.new_text
    assert "dan dat <b>" in found.new_text
    assert "status\topen" in found.new_text
    assert "verborgen" not in found.text
    assert "Eerder gezegd" in found.text
    assert "Eerder gezegd" not in found.new_text


def test_text_is_taken_before_html_that_says_the_same() -> None:
    found = parse(letter("gewoon", html="<p>anders</p>").as_bytes())

    assert found.text == "gewoon"


def test_html_is_taken_where_the_text_says_nothing() -> None:
    assert parse(letter(" \n", html="<p>toch iets</p>").as_bytes()).text == "toch iets"


def test_files_come_along_and_more_than_ten_do_not() -> None:
    files = tuple((f"{number}.txt", b"x") for number in range(MOST_ATTACHMENTS + 2))
    found = parse(letter(files=files).as_bytes())

    assert len(found.attachments) == MOST_ATTACHMENTS
    assert found.left_out == ("10.txt", "11.txt")


def test_a_file_of_exactly_the_limit_comes_along_and_a_larger_one_does_not() -> None:
    exact = parse(letter(files=(("a.bin", b"x" * LARGEST_ATTACHMENT),)).as_bytes())
    larger = parse(letter(files=(("a.bin", b"x" * (LARGEST_ATTACHMENT + 1)),)).as_bytes())

    assert [len(each.content) for each in exact.attachments] == [LARGEST_ATTACHMENT]
    assert (larger.attachments, larger.left_out) == ((), ("a.bin",))


def test_a_mail_within_a_mail_is_a_file() -> None:
    message = letter("zie bijlage")
    message.add_attachment(letter("wat een ander schreef", subject="Binnen"))
    found = parse(message.as_bytes())

    assert found.text == "zie bijlage"
    assert [each.content_type for each in found.attachments] == ["message/rfc822"]
    assert b"wat een ander schreef" in found.attachments[0].content


# By hand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HANDMADE)
def test_every_mail_is_read(name: str) -> None:
    found = parse(recorded(name))

    assert found.message_id
    shown = [found.subject, found.sender_name, found.text, *(each.name for each in found.attachments)]
    assert not any(letter in text for text in shown for letter in "\x00\r\u202e")


@pytest.mark.parametrize("name", ["no_charset_latin1", "no_charset_utf8"])
def test_letters_without_a_name_of_their_set_are_read(name: str) -> None:
    found = parse(recorded(name))

    assert (found.sender_name, found.subject, found.text) == ("Jörg", "Café dicht", "Het café is dicht.")


@pytest.mark.parametrize("name", ["unknown_charset", "codec_as_charset"])
def test_an_unknown_set_of_letters_is_read_as_most_people_write(name: str) -> None:
    assert parse(recorded(name)).text == "Het café is dicht."


@pytest.mark.parametrize("name", ["wrong_base64", "wrong_transfer_encoding", "no_boundary", "unclosed"])
def test_what_is_broken_is_read_as_far_as_it_goes(name: str) -> None:
    assert "wereld" in parse(recorded(name)).text


def test_what_only_outlook_reads_is_a_file() -> None:
    found = parse(recorded("winmail"))

    assert (found.text, [each.name for each in found.attachments]) == ("Zie bijlage.", ["winmail.dat"])


def test_the_name_of_a_file_is_no_path_and_shows_its_end() -> None:
    names = [each.name for each in parse(recorded("names_of_files")).attachments]

    assert names[:4] == ["passwd", "verslag.docx", "café.pdf", "résumé.pdf"]
    assert names[4] == "rekeningfdp.exe"
    assert names[5] == "ab.pdf"
    assert all(0 < len(name) <= 255 for name in names)
    assert names[-1].endswith("a.pdf")


@pytest.mark.parametrize("name", ["two_senders", "two_from_headers", "no_sender", "broken_sender"])
def test_who_is_not_one_sender_is_nobody(name: str) -> None:
    assert parse(recorded(name)).sender == ""


def test_a_sender_whose_address_is_longer_than_any_that_is_kept_is_nobody() -> None:
    longest = f"{'a' * 241}@haarlem.nl.eu"
    assert parse(letter(sender=f"Kim <{longest}>").as_bytes()).sender == ""
    kept = longest[1:]
    assert (len(kept), parse(letter(sender=f"Kim <{kept}>").as_bytes()).sender) == (254, kept)


def test_a_subject_is_one_line() -> None:
    assert parse(recorded("header_in_header")).subject == "Hallo Bcc: x@evil.example"


def test_without_a_name_of_its_own_a_mail_is_named_by_what_it_says() -> None:
    first = parse(b"Received: by one\n" + recorded("no_message_id"))
    again = parse(b"Received: by another\n" + recorded("no_message_id"))
    other = parse(recorded("no_message_id") + b"!")

    assert first.message_id.startswith("sha256:")
    assert first.message_id == again.message_id
    assert other.message_id != first.message_id


def test_a_very_long_name_is_shortened_to_one_that_is_as_unique() -> None:
    names = [f"<{'x' * 300}{end}@x.example>" for end in "ab"]
    found = {
        parse(f"From: kim@haarlem.example\nMessage-ID: {name}\n\nx".encode()).message_id for name in names
    }

    assert len(found) == 2
    assert all(len(each) <= 255 for each in found)


def test_a_date_that_is_none_is_none() -> None:
    assert parse(recorded("wrong_date")).date is None


# By programs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in HANDMADE if name.startswith("automatic_")])
def test_what_a_program_sent_is_automatic(name: str) -> None:
    assert parse(recorded(name)).is_automatic


@pytest.mark.parametrize("name", ["by_a_person", "outlook_reply"])
def test_what_a_person_sent_is_not(name: str) -> None:
    assert not parse(recorded(name)).is_automatic


def test_the_sender_of_the_envelope_counts_before_the_header() -> None:
    assert parse(recorded("by_a_person"), return_path="").is_automatic
    assert not parse(recorded("automatic_return_path"), return_path="kim@haarlem.example").is_automatic


def test_our_own_is_known() -> None:
    assert parse(recorded("our_own")).is_own


# Bounds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geen kopregels",
        b"a" * (LARGEST + 1),
        b"From: kim@haarlem.example\nA: " + b"b" * 300_000 + b"\n\nx",
        b"From: kim@haarlem.example\n" + b"A: b\n" * 20_000 + b"\nx",
        in_parts(b"\n", 3_000),
        in_parts(b"A: b\n" * 20_000 + b"\nx\n", 1),
        b"From: kim@haarlem.example\n\n" + b"\n" * 2_000_001,
        nested(900),
        b"From: kim@haarlem.example\n" + b"Content-Type: message/rfc822\n\n" * 5_000,
    ],
    ids=["empty", "nothing", "size", "header", "headers", "parts", "below", "lines", "boundaries", "mails"],
)
def test_what_nobody_sends_is_refused_and_soon(content: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable):
        parse(content)

    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize(
    "content",
    [
        b"From: kim@haarlem.example\n\n" + (b"y" * 76 + b"\n") * 440_000,
        b"From: kim@haarlem.example\n\n" + b"y" * 34_000_000,
        in_parts(b"Content-Type: text/plain; name=a.txt\n\nHallo\n", 1_000),
        nested(15),
        nested(45),
        b"From: kim@haarlem.example\nSubject: " + b"(" * 200_000 + b"\n\nx",
        b"From: " + b"(" * 200_000 + b"\nSubject: x\n\nx",
        b"From: kim@haarlem.example\nTo: " + b"a@b.nl, " * 20_000 + b"\n\nx",
        b"From: kim@haarlem.example\nContent-Type: text/html\n\n" + b"<!--" * 200_000,
        b"From: kim@haarlem.example\nContent-Type: text/html\n\n" + b"<" * 1_000_000,
        b"From: kim@haarlem.example\nContent-Type: text/html\n\n" + b'<a href="' * 200_000,
        b"From: kim@haarlem.example\n\n" + b"Van: \n" * 100_000,
        b"From: kim@haarlem.example\n\n" + b"> \nx\n" * 50_000,
    ],
    ids=[
        *("35-mb", "one-line", "1000-parts", "deep", "too-deep", "subject", "from", "to"),
        *("comments", "tags", "links", "headers-in-text", "quotes"),
    ],
)
def test_what_is_large_or_strange_is_read_and_soon(content: bytes) -> None:
    began = time.monotonic()
    found = parse(content)

    assert len(found.text) <= 200_000
    assert time.monotonic() - began < SECONDS


def test_what_lies_too_deep_is_said_to_be_left_out() -> None:
    assert parse(nested(15)).text == "Hallo"
    assert parse(nested(45)).left_out
