"""The places of the front from which files of municipalities leave, one for each storage.

The web answers with X-Accel-Redirect and names one of them; from outside they are not there. A storage on
disk is read by the front itself. Of one in a bucket the front asks the address that the web signed, so that
a slow client keeps no thread of the web.
"""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent
from urllib.parse import urlsplit

from zaakplein.environment import optional, required
from zaakplein.stores import OnDisk, Store, stores

CERTIFICATES = "ZAAKPLEIN_CERTIFICATES"
KNOWN_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
PLAIN = re.compile(r"[\w./-]+")
"""A directory that nginx reads as it stands."""

# Of the web's answer nginx keeps type, disposition and how it may be cached; the rest is said again, as it
# was before another is asked. nginx's own ETag is a size and a second, which two versions can share.
SAID_AGAIN = """\
internal;
set $said_id $upstream_http_x_request_id;
set $said_etag $upstream_http_etag;
set $said_version $upstream_http_api_version;
add_header X-Request-ID $said_id always;
add_header ETag $said_etag;
add_header API-version $said_version always;
add_header Content-Security-Policy "default-src 'none'; sandbox" always;
add_header X-Content-Type-Options nosniff always;
add_header Strict-Transport-Security $strict_transport always;"""

ON_DISK = """\
location /_opslag/{alias}/ {{
{said_again}
    alias {root}/;
    disable_symlinks on from={root};
    etag off;
    if_modified_since off;
    max_ranges 20;
    add_header Last-Modified "";
    error_page 416 =416 /_problem/416/told;
@error_pages@
}}"""

IN_BUCKET = """\
location /_opslag/{alias}/ {{
{said_again}
    proxy_pass {endpoint}/;
    proxy_http_version 1.1;
    proxy_method GET;
    proxy_pass_request_headers off;
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
    proxy_set_header Connection "";
    proxy_set_header Host {host};
    proxy_set_header Range $range_alone;
    proxy_connect_timeout 5s;
    proxy_read_timeout 30s;
    proxy_buffers 16 16k;
    proxy_max_temp_file_size 0;
    proxy_next_upstream off;
{tls}
    proxy_intercept_errors on;
    error_page 404 =404 /_problem/404;
    error_page 416 =416 /_problem/416;
    error_page 301 302 303 307 400 401 403 405 409 411 412 429 500 501 503 =502 /_problem/502;
    proxy_headers_hash_bucket_size 128;
{hidden}
}}"""

# What the storage says of itself, or of the file in other words than the web's.
HIDDEN = (
    "Access-Control-Allow-Origin",
    "Cache-Control",
    "Content-Disposition",
    "ETag",
    "Last-Modified",
    "x-amz-checksum-crc32",
    "x-amz-checksum-crc64nvme",
    "x-amz-checksum-sha256",
    "x-amz-checksum-type",
    "x-amz-content-sha256",
    "x-amz-expiration",
    "x-amz-id-2",
    "x-amz-replication-status",
    "x-amz-request-id",
    "x-amz-sdk-checksum-algorithm",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-bucket-key-enabled",
    "x-amz-storage-class",
    "x-amz-version-id",
    "x-amzn-requestid",
)

TLS = """\
    proxy_ssl_server_name on;
    proxy_ssl_name {hostname};
    proxy_ssl_verify on;
    proxy_ssl_verify_depth 4;
    proxy_ssl_trusted_certificate {certificates};"""


def places() -> str:
    """For nginx.conf. Raises MissingSetting, or ValueError for a directory that nginx would misread."""
    return "\n".join(indent(_place(each), " " * 8) for each in stores())


def _place(store: Store) -> str:
    said_again = indent(SAID_AGAIN, " " * 4)
    if isinstance(store, OnDisk):
        return ON_DISK.format(alias=store.alias, root=_root(store), said_again=said_again)
    address = urlsplit(store.endpoint)
    return IN_BUCKET.format(
        alias=store.alias,
        endpoint=store.endpoint,
        host=address.netloc,
        tls=_tls(address.hostname or "") if address.scheme == "https" else "",
        hidden="\n".join(f"    proxy_hide_header {name};" for name in HIDDEN),
        said_again=said_again,
    )


def _root(store: OnDisk) -> str:
    root = str(Path(store.root or required("ZAAKPLEIN_MEDIA_ROOT")).resolve())
    if PLAIN.fullmatch(root) is None:
        raise ValueError("The root of a storage has characters that nginx would read.")
    return root


def _tls(hostname: str) -> str:
    return TLS.format(hostname=hostname, certificates=optional(CERTIFICATES, KNOWN_CERTIFICATES))
