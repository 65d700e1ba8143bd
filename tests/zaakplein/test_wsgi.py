"""What Django reads of a request before any middleware."""

from __future__ import annotations

from io import BytesIO

import pytest

from zaakplein.wsgi import Utf8Request


@pytest.mark.parametrize(
    "media_type",
    ["application/json; x*=foo''bar", "multipart/form-data; boundary*=punycode''%ff", "a/b; x*=\x00''y"],
)
def test_a_content_type_that_cannot_be_read_is_none(media_type: str) -> None:
    request = Utf8Request(
        {"REQUEST_METHOD": "POST", "CONTENT_TYPE": media_type, "wsgi.input": BytesIO(b"{}")}
    )

    assert (request.content_type, request.content_params) == ("", {})
