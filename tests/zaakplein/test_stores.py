from __future__ import annotations

import pytest

from zaakplein.environment import MissingSetting
from zaakplein.stores import InBucket, OnDisk, stores

BUCKET = {
    "ZAAKPLEIN_STORAGES": "objecten",
    "ZAAKPLEIN_STORAGE_OBJECTEN_BUCKET": "zaakplein",
    "ZAAKPLEIN_STORAGE_OBJECTEN_ENDPOINT": "https://objecten.example.nl/",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("ZAAKPLEIN_STORAGES", *BUCKET):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def given(environment: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        environment.setenv(name, value)


def test_where_nothing_is_said_there_is_one_on_disk(environment: pytest.MonkeyPatch) -> None:
    assert stores() == [OnDisk("default", "")]


def test_more_are_named_and_described(environment: pytest.MonkeyPatch) -> None:
    given(environment, **BUCKET)
    given(
        environment,
        ZAAKPLEIN_STORAGES="objecten, archief,archief",
        ZAAKPLEIN_STORAGE_ARCHIEF_ROOT="/srv/archief",
        ZAAKPLEIN_STORAGE_OBJECTEN_PREFIX="/productie/",
        ZAAKPLEIN_STORAGE_OBJECTEN_SECRET_KEY="geheim van de opslag",
    )

    default, bucket, archive = stores()

    assert (default, archive) == (OnDisk("default", ""), OnDisk("archief", "/srv/archief"))
    assert isinstance(bucket, InBucket)
    assert (bucket.bucket, bucket.endpoint, bucket.prefix) == (
        "zaakplein",
        "https://objecten.example.nl",
        "productie",
    )
    assert "geheim" not in repr(bucket)


def test_the_first_may_be_a_bucket_as_well(environment: pytest.MonkeyPatch) -> None:
    given(
        environment,
        ZAAKPLEIN_STORAGE_DEFAULT_BUCKET="zaakplein",
        ZAAKPLEIN_STORAGE_DEFAULT_ENDPOINT="http://127.0.0.1:9000",
    )

    (default,) = stores()

    assert default.as_setting()["OPTIONS"]["bucket"] == "zaakplein"


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"ZAAKPLEIN_STORAGES": "archief"}, "neither a bucket nor a root"),
        ({"ZAAKPLEIN_STORAGES": "archief", "ZAAKPLEIN_STORAGE_ARCHIEF_ROOT": "archief"}, "slash"),
        ({"ZAAKPLEIN_STORAGES": "jobs", "ZAAKPLEIN_STORAGE_JOBS_ROOT": "/srv"}, "names 'jobs'"),
        ({"ZAAKPLEIN_STORAGES": "../x"}, "names '../x'"),
        ({**BUCKET, "ZAAKPLEIN_STORAGE_OBJECTEN_ROOT": "/srv"}, "both"),
        ({**BUCKET, "ZAAKPLEIN_STORAGE_OBJECTEN_ENDPOINT": "objecten.example.nl"}, "no address"),
        ({**BUCKET, "ZAAKPLEIN_STORAGE_OBJECTEN_ENDPOINT": "https://example.nl/pad"}, "no address"),
        ({**BUCKET, "ZAAKPLEIN_STORAGE_OBJECTEN_ENDPOINT": ""}, "not set"),
    ],
)
def test_what_makes_no_storage_is_refused(
    environment: pytest.MonkeyPatch, settings: dict[str, str], why: str
) -> None:
    given(environment, **settings)

    with pytest.raises(MissingSetting, match=why):
        stores()
