"""What of a contract leaves the vendor's console as a file: letter, proof, annexes and signed PDFs."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from contracts.annex_files import read
from contracts.content import whole_of
from contracts.contract_letter import letter_pdf, proof_pdf
from contracts.models import Annex, ContractVersion, Signature
from contracts.states import VENDOR_AREA
from contracts.views.contract import contract_seen, version_seen
from screens.errors import error_page
from screens.pdf import PdfRefused
from screens.policy import protect
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of


@page(area=VENDOR_AREA, level=Level.SEE)
def contract_letter(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    targets = version.service_level_version.targets.select_related("calendar").prefetch_related(
        "calendar__versions"
    )
    return drawn(
        request,
        lambda: letter_pdf(whole_of(version), list(targets), timezone.now()),
        f"{version.contract.number}-versie-{number}.pdf",
    )


@page(area=VENDOR_AREA, level=Level.SEE)
def contract_proof(request: PageRequest, pk: int, number: int) -> HttpResponseBase:
    version = version_seen(request, pk, number)
    whole = whole_of(version)
    if not whole.signatures:
        raise Http404
    return drawn(
        request,
        lambda: proof_pdf(whole, list(version.entries.order_by("at")), timezone.now()),
        f"{version.contract.number}-versie-{number}-bewijs.pdf",
    )


@page(area=VENDOR_AREA, level=Level.SEE)
def annex_file(request: PageRequest, pk: int, annex: int) -> HttpResponseBase:
    contract = contract_seen(request, pk)
    found = get_object_or_404(Annex.objects.filter(version__contract=contract), pk=annex)
    return _of_version(found.version, found.key, f"bijlage-{found.pk}.pdf")


@page(area=VENDOR_AREA, level=Level.SEE)
def signed_pdf(request: PageRequest, pk: int, signature: int) -> HttpResponseBase:
    contract = contract_seen(request, pk)
    found = get_object_or_404(Signature.objects.filter(version__contract=contract), pk=signature)
    return _of_version(found.version, found.key, f"{contract.number}-getekend-{found.side}.pdf")


def drawn(request: PageRequest, draw: Callable[[], bytes], name: str) -> HttpResponseBase:
    """A page that asks to try again where others are drawn, or where it takes too much."""
    try:
        return as_file(draw(), name)
    except PdfRefused:
        return error_page(request, HTTPStatus.SERVICE_UNAVAILABLE, shell=shell_of(request))


def as_file(written: bytes, name: str) -> HttpResponseBase:
    """Never shown in the browser as one of our pages: it may be of somebody else."""
    response = HttpResponse(written, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return protect(response)


def _of_version(version: ContractVersion, key: str, name: str) -> HttpResponseBase:
    covered = [each.municipality for each in version.covers.select_related("municipality")]
    written = read(key, covered) if key else None
    if written is None:
        raise Http404
    return as_file(written, name)
