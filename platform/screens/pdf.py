"""A page that is laid out for paper, as PDF: drawn by a process that has an end to its time and memory.

A page has as many lines as somebody typed, and laying it out may take as long as it likes. So it is not done
where others are served: what goes on too long is ended, and each process of ours has one drawn at a time.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

import structlog

PROCESS = Path(__file__).with_name("pdf_process.py")
SECONDS = 25
"""Of one page, from beginning to end: less than a transaction may do nothing meanwhile."""
PATIENCE_SECONDS = 10
"""How long one waits for the page of another."""
LARGEST = 5_000_000
"""Bytes of a page."""
PLACES = "/usr/local/bin:/usr/bin:/bin"

_one = BoundedSemaphore(1)
logger = structlog.get_logger(__name__)


class PdfRefused(RuntimeError):
    """It was not drawn: others are, or it is too large, or takes too much time or memory."""


def as_pdf(html: str, *, seconds: float = SECONDS, patience: float = PATIENCE_SECONDS) -> bytes:
    """Raises PdfRefused."""
    page = html.encode()
    if len(page) > LARGEST:
        raise _refused("too_large")
    if not _one.acquire(timeout=patience):
        raise _refused("others_are_drawn")
    try:
        return _drawn(page, seconds)
    finally:
        _one.release()


def _drawn(page: bytes, seconds: float) -> bytes:
    """It is told nothing of us: no secret is in its environment, and it has no database."""
    command = [sys.executable, "-I", str(PROCESS)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            command, input=page, capture_output=True, timeout=seconds, env={"PATH": PLACES}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _refused("too_long") from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise _refused(f"ended_with_{done.returncode}")
    return done.stdout


def _refused(why: str) -> PdfRefused:
    logger.warning("pdf_not_drawn", why=why)
    return PdfRefused(why)
