"""Files in a bucket of an object storage that speaks S3, under a prefix for each municipality."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from hashlib import md5
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from tenants.registry.context import current_municipality
from tenants.registry.storage import ACCEL, PIECE, SIGNED_SECONDS, Lying, StorageSilent, checked

PART = 5 * 1024 * 1024
"""Bytes of a part of an upload, which are in memory at once; of ten thousand parts one file can be."""
UNKNOWN = "application/octet-stream"
ABSENT = {"404", "NoSuchKey", "NotFound"}
CONNECTION = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=60,  # a server puts large parts together before it answers
    retries={"total_max_attempts": 4, "mode": "standard"},
    # Newer checksums are known to few servers but Amazon's own; parts carry their MD5, which all check.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class ObjectStorage(S3Storage):
    """``<prefix>/<municipality>/<name>`` in one bucket, reached by the path.

    ``endpoint`` is where web, workers and front reach it, ``public_endpoint`` where clients do who are given
    a signed address. Without a key the machine's own identity is used, as boto3 finds it.
    """

    def __init__(  # noqa: PLR0913  # by name, each a setting of the deployment
        self,
        *,
        alias: str,
        bucket: str,
        endpoint: str,
        public_endpoint: str = "",
        prefix: str = "",
        region: str = "",
        access_key: str = "",
        secret_key: str = "",
    ) -> None:
        super().__init__(
            bucket_name=bucket,
            endpoint_url=endpoint,
            region_name=region or None,
            access_key=access_key or None,
            secret_key=secret_key or None,
            client_config=CONNECTION,
            file_overwrite=False,
            max_memory_size=PIECE,  # what is larger is on the disk while somebody reads it
            default_acl=None,
        )
        self.alias = alias
        self.prefix = checked(prefix) if prefix else ""
        self.public_endpoint = public_endpoint or endpoint

    # What Django asks of a storage: the same, of a name that was checked before anything smooths it -----

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with _heard():
            return super()._open(checked(name), mode)

    def _save(self, name: str, content: File[bytes]) -> str:
        with _heard():
            saved: str = super()._save(checked(name), content)
            return saved

    def delete(self, name: str) -> None:
        with _heard():
            super().delete(checked(name))

    def exists(self, name: str) -> bool:
        with _heard():
            return bool(super().exists(checked(name)))

    def size(self, name: str) -> int:
        with _heard():
            return int(super().size(checked(name)))

    def get_modified_time(self, name: str) -> datetime:
        with _heard():
            at: datetime = super().get_modified_time(checked(name))
            return at

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """Empty stands for all of the municipality."""
        with _heard():
            directories, files = super().listdir(checked(name) if name else "")
            return directories, files

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        available: str = super().get_available_name(checked(name), max_length)
        return available

    def url(self, name: str, *_: Any, **__: Any) -> str:  # Django's signature
        raise ValueError("A file of a municipality has no address but a signed one.")

    def _normalize_name(self, name: str) -> str:
        """The key in the bucket. Every method of the package asks it of here."""
        own = f"{self.prefix}/{_schema()}" if self.prefix else _schema()
        return f"{own}/{checked(name)}" if name else own

    def _get_write_parameters(self, name: str, content: File[bytes] | None = None) -> dict[str, Any]:
        return {"ContentType": UNKNOWN}

    # What contents need ---------------------------------------------------------------------------------

    def keep(self, name: str, pieces: Iterable[bytes], *, is_settled: bool = True) -> int:
        if self.exists(name):
            raise FileExistsError(name)
        where = {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}
        parts = in_parts(pieces)
        whole = next(parts, b"")
        try:
            with _heard():
                if len(whole) < PART:
                    self._client.put_object(**where, Body=whole, ContentMD5=_md5(whole), ContentType=UNKNOWN)
                else:
                    self._keep_in_parts(where, chain([whole], parts))
            return self.size(name)
        except BaseException:
            with suppress(StorageSilent):  # what went wrong is told, not what followed from it
                self.delete(name)
            raise

    def settle(self, names: Collection[str]) -> None:
        """It answered, so it has them."""

    def _keep_in_parts(self, where: Mapping[str, str], parts: Iterable[bytes]) -> None:
        upload = self._client.create_multipart_upload(**where, ContentType=UNKNOWN)["UploadId"]
        try:
            sent = [
                {"PartNumber": number, "ETag": self._send(where, upload, number, part)}
                for number, part in enumerate(parts, start=1)
            ]
            self._client.complete_multipart_upload(**where, UploadId=upload, MultipartUpload={"Parts": sent})
        except BaseException:
            with suppress(ClientError, BotoCoreError):
                self._client.abort_multipart_upload(**where, UploadId=upload)
            raise

    def _send(self, where: Mapping[str, str], upload: str, number: int, part: bytes) -> str:
        answer = self._client.upload_part(
            **where, UploadId=upload, PartNumber=number, Body=part, ContentMD5=_md5(part)
        )
        return str(answer["ETag"])

    def pieces(self, name: str) -> Iterator[bytes]:
        with _heard():
            answer = self._client.get_object(Bucket=self.bucket_name, Key=self._normalize_name(name))
        body = answer["Body"]

        def read() -> Iterator[bytes]:
            with _heard(), body:
                yield from body.iter_chunks(PIECE)

        return read()

    def every(self, folder: str) -> Iterator[Lying]:
        own = f"{self._normalize_name('')}/"
        below = f"{self._normalize_name(folder)}/"
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket_name, Prefix=below)
        with _heard():
            for page in pages:
                for each in page.get("Contents", ()):
                    yield Lying(each["Key"].removeprefix(own), each["Size"], each["LastModified"])

    def local_path(self, name: str) -> None:
        """It is on no disk of ours."""

    def accel(self, name: str) -> str:
        address = urlsplit(self._signed(self._client, name, disposition="attachment"))
        return f"{ACCEL}/{self.alias}{address.path}?{address.query}"

    def signed_url(self, name: str, *, disposition: str) -> str:
        if not disposition.startswith("attachment"):
            raise ValueError("What is stored is saved, and never shown.")
        return self._signed(self._public_client, name, disposition=disposition)

    def _signed(self, client: Any, name: str, *, disposition: str) -> str:  # noqa: ANN401  # boto3 has no types
        wanted = {
            "Bucket": self.bucket_name,
            "Key": self._normalize_name(name),
            "ResponseContentType": UNKNOWN,
            "ResponseContentDisposition": disposition,
            "ResponseCacheControl": "private, no-store",
        }
        with _heard():
            return str(client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=SIGNED_SECONDS))

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401  # boto3 has no types
        """One for all threads, which it is made for."""
        return self._client_at(self.endpoint_url)

    @cached_property
    def _public_client(self) -> Any:  # noqa: ANN401
        """It asks nobody anything: an address is signed here."""
        return self._client_at(self.public_endpoint)

    def _client_at(self, endpoint: str) -> Any:  # noqa: ANN401
        return self._create_session().client(
            "s3", endpoint_url=endpoint, region_name=self.region_name, config=CONNECTION
        )


def in_parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in parts of one size, but for the last; none of no bytes."""
    part = bytearray()
    for piece in pieces:
        left = memoryview(piece)
        while len(part) + len(left) >= PART:
            taken = PART - len(part)
            part += left[:taken]
            left = left[taken:]
            yield bytes(part)
            part.clear()
        part += left
    if part:
        yield bytes(part)


@contextmanager
def _heard() -> Iterator[None]:
    """What the storage, or the way to it, says is wrong, in words that all storages share."""
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in ABSENT:
            raise FileNotFoundError("There is no such file.") from error
        raise StorageSilent(f"The storage answers {code}.") from error
    except BotoCoreError as error:
        raise StorageSilent(f"The storage does not answer ({type(error).__name__}).") from error


def _md5(part: bytes) -> str:
    """By which the server knows that it got what was sent; it is no secret."""
    return b64encode(md5(part, usedforsecurity=False).digest()).decode()


def _schema() -> str:
    schema: str = current_municipality().schema_name
    return schema
