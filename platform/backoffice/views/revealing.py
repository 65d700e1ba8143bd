"""One masked value, shown once to who says why."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.models import Grant, Scope
from access.states import AREA
from api.pipeline.words import registry
from api.pipeline.words.refusals import NotFound
from backoffice.looking.looking import Reveal, look, peek
from backoffice.looking.masking import APART, is_open, value_at
from backoffice.looking.reading import Reader, key_of
from backoffice.looking.showing import plain, words_of
from backoffice.looking.tables import KINDS, around
from backoffice.views.looking import by_grant
from screens.parts import Crumb
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.visits.models import LONGEST_REASON, Page

MEMBER = re.compile(r"[A-Za-z0-9_.]{1,100}")
OF_SETTINGS = "zaaktype"
"""The kind that is no part of a zaak."""


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom hebt u deze waarde nodig?"),
        help_text=_("De gemeente leest dit. Schrijf geen persoonsgegevens op."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Schrijf op waarom u deze waarde nodig hebt.")},
    )


@page(area=AREA, level=Level.CHANGE)
@by_grant
def reveal(request: PageRequest, pk: int, kind: str, key: UUID, member: str) -> HttpResponseBase:
    """Nothing is read before there is a reason; the value stands in the answer to the post alone."""
    if not _is_masked_member(kind, member):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _show(request, pk, kind, key, member, form.cleaned_data["reason"])
    grant = peek(request, pk, needs=_needs(kind))
    if not grant.mask_personal_data:
        raise Http404
    context = {**around(grant), "facts": _facts(kind, member), "form": form, "back": _list_of(grant, kind)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "backoffice/reveal.html", context, status=status)


def _show(  # noqa: PLR0913, PLR0917  # what the address says, and the reason
    request: PageRequest, pk: int, kind: str, key: UUID, member: str, reason: str
) -> HttpResponseBase:
    def read(reader: Reader) -> tuple[Any, UUID]:
        document = reader.one(KINDS[kind], key)
        value = value_at(KINDS[kind], document, member) if reader.grant.mask_personal_data else None
        if value is None:
            raise NotFound
        return value.value, key_of(document.get("zaak") or document["url"])

    seen = look(
        request,
        pk,
        needs=_needs(kind),
        page=Page.ZAAKTYPE if kind == OF_SETTINGS else Page.ZAAK,
        read=read,
        reveal=Reveal(f"{kind} {member}", reason),
    )
    value, main = seen.found
    back = reverse("grant_zaaktype" if kind == OF_SETTINGS else "grant_zaak", args=[pk, main])
    context = {
        **around(seen.grant, Crumb(gettext("Terug naar wat u bekeek"), back)),
        "facts": _facts(kind, member),
        "rows": [(words_of(member), plain(value))],
        "back": back,
    }
    return show_page(request, "backoffice/revealed.html", context)


def _is_masked_member(kind: str, member: str) -> bool:
    """Whether objects of this kind can have such a member, and it is one that is masked."""
    model = KINDS.get(kind)
    if model is None or not MEMBER.fullmatch(member):
        return False
    first = member.partition(".")[0]
    known = registry.resource_for(model).representation.members
    return first in known and first not in APART and not is_open(model, member)


def _needs(kind: str) -> Scope:
    return Scope.INSTELLINGEN if kind == OF_SETTINGS else Scope.ZAAKGEGEVENS


def _facts(kind: str, member: str) -> list[str]:
    return [words_of(kind), words_of(member)]


def _list_of(grant: Grant, kind: str) -> str:
    return reverse("grant_zaaktypen" if kind == OF_SETTINGS else "grant_zaken", args=[grant.pk])
