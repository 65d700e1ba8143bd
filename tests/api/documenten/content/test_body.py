"""What comes in as JSON is what ``json.loads`` and ``b64decode`` would make of it, piece by piece."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import UnsupportedMediaType

from api.documenten.content.body import MOST_BESIDES, read_document
from api.pipeline.validate.bodies import parse_json
from api.pipeline.words.refusals import Invalid, Malformed, Refusal, TooLarge
from tests.api.documenten.content.arrivals import arrived, in_pieces

LIMIT = 8 * 1024 * 1024
REFUSED = object()
BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")  # RFC 4648, section 4


def by_the_book(raw: bytes) -> Any:
    """The body and its content as the standard library has them, or that it is refused."""
    try:
        body = parse_json(raw)
    except Refusal:
        return REFUSED
    texts = texts_of_inhoud(raw)
    if b"\x00" in raw[:4] or len(texts) > 1:
        return REFUSED
    if not texts:
        return body, None
    coded = texts[0].encode("utf-8", "surrogatepass").translate(None, b" \t\r\n")
    if BASE64.fullmatch(coded) is None or body["inhoud"] != texts[0]:
        return REFUSED
    content = b64decode(coded, validate=True)
    return ({**body, "inhoud": ""}, None) if not content else (without_inhoud(body), content)


def without_inhoud(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "inhoud"}


def texts_of_inhoud(raw: bytes) -> list[str]:
    """The texts by that name of the outermost object; more than one is refused."""
    outermost: list[tuple[str, Any]] = []

    def known(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        outermost[:] = pairs
        return dict(pairs)

    if not isinstance(json.loads(raw, object_pairs_hook=known), dict):
        return []
    return [value for name, value in outermost if name == "inhoud" and isinstance(value, str)]


def as_it_comes(raw: bytes, size: int) -> Any:
    with in_pieces(size, small=20) as lying:
        try:
            body, uploaded = read_document(arrived(raw), limit=LIMIT)
        except Refusal:
            return REFUSED
        if uploaded is None:
            return body, None
        held = uploaded._held
        content = held if isinstance(held, bytes) else lying[held.key]  # type: ignore[union-attr]
        assert uploaded.omvang == len(content)
        return body, content


base64s = st.binary(max_size=80).map(lambda content: b64encode(content).decode())
texts = st.one_of(
    base64s,
    base64s.map(lambda text: text.replace("A", "\r\n A")),
    base64s.map(lambda text: text[:-1]),
    st.text(alphabet="AB=", max_size=16),
    st.text(max_size=12),
    st.text(alphabet='AB=/+ \\"{}[]:,\x00é\ud800', max_size=12),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), texts),
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(texts, below, max_size=3)),
    max_leaves=6,
)
names = st.one_of(st.sampled_from(["inhoud", "Inhoud", "titel", "lock"]), st.text(max_size=6))
inhouden = st.one_of(texts, values).map(lambda value: ("inhoud", value))
pairs = st.lists(st.one_of(st.tuples(names, values), inhouden), max_size=5)
spaces = st.text(alphabet=" \t\r\n", max_size=2)


@st.composite
def written(draw: st.DrawFn) -> bytes:
    """A JSON document with white space and escapes where they may be; also one that is none, or broken."""
    escape: Callable[[str], str] = draw(st.sampled_from([as_it_is, slashes_escaped, all_escaped]))

    def said(value: Any) -> str:
        return escape(json.dumps(value, ensure_ascii=draw(st.booleans())))

    members = [
        f"{draw(spaces)}{said(name)}{draw(spaces)}:{draw(spaces)}{said(value)}{draw(spaces)}"
        for name, value in draw(pairs)
    ]
    whole = draw(st.sampled_from(["{%s}", "{%s} ", "[{%s}]", '{"a":{%s}}', "\ufeff{%s}", "%s"]))
    raw = (whole % ",".join(members)).encode(errors="surrogatepass")
    if draw(st.booleans()):
        return raw
    at = draw(st.integers(0, len(raw)))
    put = draw(st.sampled_from([b"", b'"', b"\\", b"\x00", b"\xff", b"{", b"}", b",", b"=", b"\n", b"\\u12"]))
    return raw[:at] + put + raw[at + draw(st.integers(0, 2)) :]


def as_it_is(text: str) -> str:
    return text


def slashes_escaped(text: str) -> str:
    return text.replace("/", "\\/")


def all_escaped(text: str) -> str:
    return text.replace("inhoud", "\\u0069nhoud").replace("A", "\\u0041")


@given(written(), st.integers(1, 40))
def test_it_is_what_the_standard_library_makes_of_it(raw: bytes, size: int) -> None:
    assert as_it_comes(raw, size) == by_the_book(raw)


@pytest.mark.parametrize("raw", [b'{"inhoud": "QUJD', b'{"inhoud": "QUJ\\', b'{"titel": "a', b"{", b""])
def test_a_body_that_breaks_off_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        read_document(arrived(raw), limit=LIMIT)


def test_a_body_that_is_shorter_than_it_said_is_malformed() -> None:
    with pytest.raises(Malformed):
        read_document(arrived(b'{"inhoud": "QUJD"}', announced=100), limit=LIMIT)


@pytest.mark.parametrize("text", ["QUJ", "Q", "QUJD!", "Q===", "QUJD====", "QQ==QQ==", "_-==", "QUJDé"])
def test_what_is_no_base64_or_cut_off_is_said_of_inhoud(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_document(arrived(json.dumps({"inhoud": text}).encode()), limit=LIMIT)

    assert [(each.name, each.code) for each in refused.value.violations] == [("inhoud", "invalid")]


def test_two_texts_for_content_are_refused() -> None:
    with pytest.raises(Malformed, match="twee keer"):
        read_document(arrived(b'{"inhoud": "QUJD", "inhoud": "QUJD"}'), limit=LIMIT)


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_another_media_type_is_415(media_type: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        read_document(arrived(b"{}", media_type), limit=LIMIT)


@pytest.mark.parametrize("over", [0, 1])
def test_what_stands_besides_content_is_bounded(over: int) -> None:
    around = len(b'{"titel":""}')
    raw = b'{"titel":"' + b"x" * (MOST_BESIDES - around + over) + b'"}'
    with pytest.raises(TooLarge) if over else in_pieces(4096, small=20):
        read_document(arrived(raw), limit=LIMIT)


def test_a_body_past_the_limit_is_told_of_parts() -> None:
    raw = b'{"inhoud": "QUJD"}'

    assert read_document(arrived(raw), limit=len(raw))[1] is not None
    with pytest.raises(TooLarge, match="bestandsdelen"):
        read_document(arrived(raw), limit=len(raw) - 1)
