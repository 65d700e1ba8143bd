from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.mail.plain import text_of_html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>een</p><p>twee</p>", "een\n\ntwee"),
        ("een<br>twee<BR/>drie", "een\ntwee\ndrie"),
        ("a<script>alert(1)</script>b", "ab"),
        ("a<SCRIPT >alert(1)</sCrIpT foo>b", "ab"),
        ("a<script>alert(1)", "a"),
        ("<style>p{}</style>x", "x"),
        ("<head><title>t</title></head>x", "x"),
        ("a<!-- <script>x</script> -->b", "ab"),
        ("a<!-- b", "a"),
        ("1 &lt; 2 &amp; 3 &eacute;", "1 < 2 & 3 é"),
        ("&lt;script&gt;", "<script>"),
        ('<a href="https://x.example/">https://x.example/</a>', "https://x.example/"),
        ('<a href="https://evil.example/">bank</a>', "bank (https://evil.example/)"),
        ("<a href='javascript:alert(1)'>bank</a>", "bank"),
        ("123<b>456</b>782", "123456782"),
        ("<td>123456782</td><td>1</td>", "123456782\t1"),
        ("a   \n  b", "a b"),
        ("", ""),
        ("a < b en c > d", "a < b en c > d"),
    ],
)
def test_it_reads_as_a_person_sees_it(source: str, text: str) -> None:
    assert text_of_html(source).strip() == text


@given(st.text("<>/!-abscript=\"' &lt;", max_size=80))
def test_anything_gives_text(source: str) -> None:
    assert isinstance(text_of_html(source), str)
