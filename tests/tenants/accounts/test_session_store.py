from __future__ import annotations

import pytest
from django.core.cache import caches
from redis.exceptions import TimeoutError as NotAnswered

from tests.people import Browser, House, member


def test_a_silent_redis_signs_nobody_out(house: House, highest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(house).sign_in(member(house, highest).user)
    browser.client.raise_request_exception = False

    def silent(*_: object) -> None:
        raise NotAnswered

    with monkeypatch.context() as patch:
        patch.setattr(type(caches["people"]), "get", silent)
        assert browser.get("/").status_code == 503

    assert browser.get("/").status_code == 200


def test_a_session_that_is_not_kept_any_more_is_nobodys(house: House, highest: str) -> None:
    browser = Browser(house).sign_in(member(house, highest).user)
    with house.entered():
        caches["people"].clear()

    assert "/account/login/" in browser.get("/").headers["Location"]
