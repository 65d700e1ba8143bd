"""Whether a program wrote a message: what it brings changes nothing, and nothing answers it."""

from __future__ import annotations

import re
from collections.abc import Callable

OWN_MARK = "X-Zaakplein-Loop"
"""On whatever we send; what carries it comes back from where we sent it."""
_BULK = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply"})
_NOBODY = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|niet-?beantwoorden|bounces?)([+=._-].*)?@",
    re.IGNORECASE,
)
_REPORTS = ("multipart/report", "message/delivery-status", "message/disposition-notification")

Header = Callable[[str], str]
"""The value of the first header of this name; empty where there is none."""


def is_automatic(header: Header, *, sender: str, content_type: str, return_path: str | None) -> bool:
    """By RFC 3834 and what programs do besides; ``return_path`` is None where nobody told it."""
    submitted = header("Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in {"", "no"}:
        return True
    if header("Precedence").strip().lower() in _BULK or header("List-Id") or header("List-Unsubscribe"):
        return True
    if header("X-Auto-Response-Suppress") or header("X-Autoreply") or header("X-Autorespond"):
        return True
    if return_path is not None and not return_path.strip("<> "):
        return True
    return bool(_NOBODY.match(sender)) or content_type.startswith(_REPORTS)


def is_own(header: Header) -> bool:
    return bool(header(OWN_MARK))
