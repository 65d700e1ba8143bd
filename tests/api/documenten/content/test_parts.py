from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import UnsupportedMediaType

from api.documenten.content.parts import Part, read_part
from api.documenten.content.writing import CutOff
from api.pipeline.words.refusals import Malformed
from tests.api.documenten.content.arrivals import BOUNDARY, MULTIPART, arrived, field, form, in_pieces

FILE = '; filename="../../\x00etc/passwd"\r\nContent-Type: text/html'
contents = st.one_of(
    st.binary(max_size=100),
    st.text(alphabet=f"\r\n-{BOUNDARY}", max_size=60).map(str.encode),
).filter(lambda content: f"\r\n--{BOUNDARY}".encode() not in b"\r\n" + content + b"\r\n")


def content_of(part: Part, lying: dict[str, bytes]) -> bytes:
    assert part.uploaded is not None
    held = part.uploaded._held
    content = held if isinstance(held, bytes) else lying[held.key]  # type: ignore[union-attr]
    assert part.uploaded.omvang == len(content)
    return content


@given(contents, st.integers(1, 50), st.permutations(range(3)))
def test_a_part_is_what_was_sent_whatever_pieces_it_came_in(
    content: bytes, size: int, order: list[int]
) -> None:
    fields = [field("inhoud", content, head=FILE), field("lock", b"geheim"), field("iets", b"anders")]
    body = form(*(fields[each] for each in order))
    with in_pieces(size, small=20) as lying:
        part = read_part(arrived(body, MULTIPART), most=len(content))
        assert (part.lock, content_of(part, lying)) == ("geheim", content)


def test_what_stands_before_and_after_the_form_counts_for_nothing() -> None:
    body = b"voorwoord\r\n" + form(field("inhoud", b"abc"), field("lock", b"l")) + b"nawoord"
    with in_pieces(7, small=20) as lying:
        part = read_part(arrived(body, MULTIPART), most=3)
        assert (part.lock, content_of(part, lying)) == ("l", b"abc")


@pytest.mark.parametrize("most", [2, 20, 99])
@pytest.mark.parametrize("first", ["inhoud", "lock"])
def test_of_more_than_the_part_has_nothing_is_kept(most: int, first: str) -> None:
    fields = {"inhoud": field("inhoud", b"x" * 100), "lock": field("lock", b"geheim")}
    body = form(fields.pop(first), *fields.values())
    with in_pieces(10, small=20) as lying:
        part = read_part(arrived(body, MULTIPART), most=most)
        assert part.uploaded is not None
        assert (part.lock, part.uploaded.omvang, lying) == ("geheim", most + 1, {})


def test_what_is_not_sent_is_none() -> None:
    assert read_part(arrived(form(), MULTIPART), most=3) == Part(None, None)


END = f"x\r\n--{BOUNDARY}--"
BROKEN = {
    "cut off in content": form(field("inhoud", b"abc"))[:-20],
    "cut off in a head": field("inhoud", b"")[:30],
    "cut off after a boundary": f"--{BOUNDARY}".encode(),
    "nothing": b"",
    "no boundary at all": b"abc",
    "content twice": form(field("inhoud", b"abc"), field("inhoud", b"abc")),
    "a lock twice": form(field("lock", b"abc"), field("lock", b"abc")),
    "too many fields": form(*(field(str(each), b"") for each in range(21))),
    "an endless head": form(field("inhoud", b"abc", head="; a=" + "x" * 20000)),
    "an encoding that is none": form(field("inhoud", b"abc", head="; filename*=foo''x")),
    "an encoding of which nothing is read": form(field("inhoud", b"abc", head="; filename*=punycode''%ff")),
    "very many parameters": form(field("inhoud", b"abc", head=";" * 21)),
    "an endless lock": form(field("lock", b"x" * 1001)),
    "a lock of other bytes": form(field("lock", b"\xff")),
    "a field without a name": f"--{BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\n{END}".encode(),
    "a field without a head": f"--{BOUNDARY}\r\n\r\n{END}".encode(),
    "base64": form(field("inhoud", b"QUJD", head="\r\nContent-Transfer-Encoding: base64")),
    "something after a boundary": f"--{BOUNDARY}x\r\n\r\n".encode(),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_such_form_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        read_part(arrived(body, MULTIPART), most=100)


def test_a_part_that_is_shorter_than_it_said_is_cut_off() -> None:
    body = form(field("inhoud", b"abc"))[:-20]
    with pytest.raises(CutOff):
        read_part(arrived(body, MULTIPART, announced=1000), most=100)


@pytest.mark.parametrize(
    "media_type", ["application/x-www-form-urlencoded", "application/json", "text/html", ""]
)
def test_another_media_type_is_415(media_type: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        read_part(arrived(b"inhoud=abc&lock=l", media_type), most=100)


@pytest.mark.parametrize("boundary", ["", "; boundary=", '; boundary="é"', f"; boundary={'x' * 201}"])
def test_a_form_without_a_boundary_is_malformed(boundary: str) -> None:
    with pytest.raises(Malformed, match="boundary"):
        read_part(arrived(b"x", f"multipart/form-data{boundary}"), most=100)
