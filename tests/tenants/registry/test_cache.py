from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.utils import timezone
from redis import Redis
from redis.exceptions import AuthenticationError

from tenants.registry.cache import ScopedRedisCache
from tenants.registry.context import MunicipalityRequired, in_municipality
from tenants.registry.models import Municipality


@pytest.fixture(autouse=True)
def empty(haarlem: Municipality, utrecht: Municipality) -> Iterator[None]:
    yield
    with in_municipality(haarlem):
        cache.clear()
    with in_municipality(utrecht):
        cache.clear()
    caches["public"].clear()


def test_a_value_of_haarlem_is_not_there_in_utrecht(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem):
        cache.set("key", "of haarlem")

    with in_municipality(utrecht):
        assert cache.get("key") is None


def test_outside_a_municipality_there_is_no_cache(db: None) -> None:
    with pytest.raises(MunicipalityRequired):
        cache.get("key")


def test_what_is_public_is_asked_for_as_such(haarlem: Municipality) -> None:
    caches["public"].set("key", "of the deployment")

    with in_municipality(haarlem):
        assert caches["public"].get("key") == "of the deployment"
        assert cache.get("key") is None


def test_clearing_leaves_what_others_have(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(utrecht):
        cache.set("key", "of utrecht")
    with in_municipality(haarlem):
        cache.set("key", "of haarlem")
        cache.clear()
        assert cache.get("key") is None

    with in_municipality(utrecht):
        assert cache.get("key") == "of utrecht"


def test_of_a_group_the_latest_are_kept(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem):
        for number in range(4):
            scoped().keep_latest(f"key{number}", number, group="numbers", limit=2, timeout=60)
        scoped().keep_latest("other", "other", group="others", limit=2, timeout=60)
        kept = cache.get_many(["key0", "key1", "key2", "key3", "other"])
    with in_municipality(utrecht):
        assert cache.get("key3") is None

    assert kept == {"key2": 2, "key3": 3, "other": "other"}


@pytest.mark.parametrize("value", [None, True, 7, "tekst", [1, {"a": [None]}], {"b": 1.5}])
def test_what_is_kept_comes_back(haarlem: Municipality, value: Any) -> None:
    with in_municipality(haarlem):
        cache.set("key", value)

        assert cache.get("key", "absent") == value


def test_a_moment_comes_back_as_one(haarlem: Municipality) -> None:
    now = timezone.now()
    with in_municipality(haarlem):
        cache.set("key", {"at": [now]})

        assert cache.get("key") == {"at": [now]}


def test_a_number_can_be_counted_up(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        cache.set("key", 1)

        assert (cache.incr("key"), cache.get("key")) == (2, 2)


def test_what_has_no_json_form_is_not_kept(haarlem: Municipality) -> None:
    with in_municipality(haarlem), pytest.raises(TypeError):
        cache.set("key", haarlem)


@pytest.mark.parametrize(
    "broken",
    [
        pickle.dumps({"a": 1}),
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"__moment__": "gisteren"}',
        b'{"__moment__": 1}',
    ],
)
def test_what_is_no_json_is_a_miss(haarlem: Municipality, broken: bytes) -> None:
    with in_municipality(haarlem):
        cache.set("whole", "value")
        scoped()._cache.get_client(write=True).set(scoped().make_key("key"), broken)  # type: ignore[attr-defined]

        assert cache.get("key", "absent") == "absent"
        assert cache.get_many(["key", "whole"]) == {"whole": "value"}


def scoped() -> ScopedRedisCache:
    return cast("ScopedRedisCache", cache)


def test_redis_answers_nobody_without_the_password() -> None:
    place = urlsplit(settings.REDIS_URL)
    with (
        Redis(host=place.hostname or "", port=place.port or 0) as stranger,
        pytest.raises(AuthenticationError),
    ):
        stranger.ping()
