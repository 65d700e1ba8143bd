"""What the pages need is served by ourselves, and kept by browsers until it changes."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.test import Client

from api.pipeline.describe.documentation.assets import LOGO, REDOC, assets


def get(path: str, **headers: str) -> Any:  # Django's response of a test
    return Client().get(path, headers={"host": "haarlem.localhost", **headers})


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("redoc", "text/javascript"),
        ("start", "text/javascript"),
        ("style", "text/css"),
        ("icon", "image/svg+xml"),
    ],
)
def test_an_asset_is_served_with_its_type_for_ever(db: None, name: str, media_type: str) -> None:
    answer = get(assets()[name].url)

    assert answer.status_code == 200
    assert answer["Content-Type"] == f"{media_type}; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content == assets()[name].content


def test_a_browser_that_can_gets_it_compressed(db: None) -> None:
    redoc = assets()["redoc"]
    answer = get(redoc.url, **{"Accept-Encoding": "gzip, deflate, br"})

    assert answer["Content-Encoding"] == "gzip"
    assert answer["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.content) == redoc.content
    assert len(answer.content) < len(redoc.content) / 3


def test_what_a_browser_has_is_not_sent_again(db: None) -> None:
    url = assets()["redoc"].url

    assert get(url, **{"If-None-Match": get(url)["ETag"]}).status_code == 304


def test_the_bundle_asks_no_logo_of_a_cdn(db: None) -> None:
    assert LOGO in REDOC.read_bytes()
    assert b"cdn.redoc" not in assets()["redoc"].content
