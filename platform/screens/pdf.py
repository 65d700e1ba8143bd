"""A page that is laid out for paper, as PDF."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def as_pdf(html: str) -> bytes:
    """Loaded here and not before: it takes over a second and 50 MB, of each process that draws.

    A page brings along all that it shows: no file and no address that it might name is fetched.
    """
    weasyprint: Any = import_module("weasyprint")
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    written: bytes = weasyprint.HTML(string=html, url_fetcher=nothing).write_pdf(pdf_variant="pdf/ua-1")
    return written
