"""The welcome letter, as PDF in the municipality's own storage. It holds no key."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NoReturn

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone

from tenants.jobs.kinds import Connection, Work, step
from tenants.onboarding.steps import is_new
from tenants.registry.context import current_municipality
from tenants.registry.models import Municipality

LETTER = "brieven/welkom.pdf"


class NothingIsFetched(ValueError):
    """A letter names no file and no address: it brings along all that it shows."""


@step("letter", "Welkomstbrief maken", connection=Connection.MUNICIPALITY)
def letter(work: Work) -> None:
    if not is_new(work):
        return
    written = as_pdf(as_html(current_municipality(), work))
    default_storage.delete(LETTER)
    work.found["letter"] = default_storage.save(LETTER, ContentFile(written))


def as_html(municipality: Municipality, work: Work) -> str:
    """The letter as it is laid out; what people wrote is escaped by the template."""
    domains = sorted(municipality.domains.all(), key=lambda domain: not domain.is_primary)
    primary = domains[0].domain
    return render_to_string(
        "onboarding/letter.html",
        {
            "municipality": municipality,
            "today": timezone.localdate(work.now),
            "administrator": work.given["administrator_name"],
            "invited": work.given["administrator_email"],
            "primary": primary,
            "aliases": [domain.domain for domain in domains[1:]],
            "roots": [f"https://{primary}/{api}/api/v1/" for api in settings.APIS],
            "catalogue": work.given["catalogue"],
        },
    )


def as_pdf(html: str) -> bytes:
    """Loaded here and not before: it takes over a second and 50 MB, which only a job has to spend."""
    weasyprint: Any = import_module("weasyprint")
    document = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing)
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return written


def _fetch_nothing(url: str, *_: Any, **__: Any) -> NoReturn:
    raise NothingIsFetched(url.partition(":")[0])
