"""Draws one page: HTML on standard input, PDF on standard output. A process for each: see ``screens.pdf``."""

from __future__ import annotations

import resource
import sys
from importlib import import_module
from typing import Any

CPU_SECONDS = 15
MEMORY = 1_500_000_000
"""Bytes of address space, of which much is never used."""


def draw(html: str) -> bytes:
    """A page brings along all that it shows: no file and no address that it might name is fetched."""
    weasyprint: Any = import_module("weasyprint")
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    written: bytes = weasyprint.HTML(string=html, url_fetcher=nothing).write_pdf(pdf_variant="pdf/ua-1")
    return written


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read().decode()))


if __name__ == "__main__":
    main()
