"""An object storage that speaks S3, as a process of its own on a loopback address; one for the session."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen
from uuid import uuid4

import boto3
import pytest
from pytest_django import Settings

from tenants.registry.object_storage import CONNECTION
from tests.live import _free_port

KEY = "een-sleutel"
SECRET = "het-geheim-van-de-sleutel"
START_SECONDS = 60


@pytest.fixture(scope="session")
def objects() -> Iterator[str]:
    """Its address. It starts with the first test that asks, and has no buckets."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def bucket(objects: str) -> str:
    """A new one."""
    name = f"proef-{uuid4().hex}"
    client_of(objects).create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    return name


@pytest.fixture
def stored_in(settings: Settings, tmp_path: Path, objects: str, bucket: str) -> dict[str, Any]:
    """Three storages of municipalities: `default`, `archief` on another disk, `objecten` in a bucket."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    Path(settings.MEDIA_ROOT).mkdir()
    (tmp_path / "archief").mkdir()
    stores = deepcopy(settings.STORAGES)
    stores["archief"] = on_disk("archief", tmp_path / "archief")
    stores["objecten"] = in_bucket("objecten", objects, bucket)
    settings.STORAGES = stores
    return stores


def on_disk(alias: str, root: Path) -> dict[str, Any]:
    return {
        "BACKEND": "tenants.registry.local_storage.LocalStorage",
        "OPTIONS": {"alias": alias, "root": str(root)},
    }


def in_bucket(alias: str, endpoint: str, bucket: str, **more: str) -> dict[str, Any]:
    return {
        "BACKEND": "tenants.registry.object_storage.ObjectStorage",
        "OPTIONS": {
            "alias": alias,
            "bucket": bucket,
            "endpoint": endpoint,
            "prefix": "zaakplein",
            "region": "eu-west-1",
            "access_key": KEY,
            "secret_key": SECRET,
            **more,
        },
    }


def client_of(endpoint: str) -> Any:
    """The storage as its own administrator sees it."""
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="eu-west-1",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        config=CONNECTION,
    )


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except HTTPError:
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
