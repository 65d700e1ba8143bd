"""The cookies of the consoles, as the settings of a deployment name them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ASKED = (
    "from zaakplein import settings as s;"
    "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE)"
)


@pytest.mark.parametrize(
    ("tls", "names"), [("1", "__Host-session __Host-csrf True"), ("0", "session csrf False")]
)
def test_with_tls_they_belong_to_one_host(tls: str, names: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", ASKED],
        env={**os.environ, "ZAAKPLEIN_TLS": tls},
        check=True,
        capture_output=True,
        text=True,
    )

    assert said.stdout.strip() == names
