"""The welcome letter, as PDF in the municipality's own storage. It holds no key."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from screens.pdf import PdfRefused, as_pdf
from tenants.jobs.kinds import Connection, StepFailed, Work, step
from tenants.onboarding.steps import is_new
from tenants.registry.context import current_municipality
from tenants.registry.local_storage import replace
from tenants.registry.models import Municipality
from tenants.registry.origin import origin_of

LETTER = "brieven/welkom.pdf"


@step("letter", "Welkomstbrief maken", connection=Connection.MUNICIPALITY)
def letter(work: Work) -> None:
    if not is_new(work):
        return
    try:
        written = as_pdf(as_html(current_municipality(), work))
    except PdfRefused as refused:
        raise StepFailed("De brief kon niet worden gemaakt. Herhaal deze stap later.") from refused
    replace(LETTER, written)
    work.found["letter"] = LETTER


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
            "roots": [f"{origin_of(municipality)}/{api}/api/v1/" for api in settings.APIS],
            "console": f"{origin_of(municipality)}/beheer/",
            "catalogue": work.given["catalogue"],
        },
    )
