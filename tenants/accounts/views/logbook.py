"""Logboek: who did what, when and for whom; and who signed in."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from tenants.accounts.models import LogLine, Membership, SignIn
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level
from tenants.accounts.spreadsheet import harmless
from tenants.registry.models import Municipality, Organisation

AREA = "logboek"
PAGE_SIZE = 50
MAX_EXPORTED = 50_000


class LogFilter(forms.Form):
    since = forms.DateField(label="Vanaf", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="Tot en met", required=False, widget=forms.DateInput({"type": "date"}))
    area = forms.ChoiceField(label="Onderdeel", required=False)
    person = forms.CharField(label="Wie", required=False, max_length=100)
    subject = forms.CharField(label="Wat", required=False, max_length=100)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [(area.key, area.name) for area in person.side.table.areas]
        area = self.fields["area"]
        if isinstance(area, forms.ChoiceField):
            area.choices = [("", "Alle"), *areas]

    def applied(self, lines: QuerySet[LogLine]) -> QuerySet[LogLine]:
        """What is filled in wrongly filters nothing, and its error is shown."""
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("since"):
            lines = lines.filter(at__gte=start_of(given["since"]))
        if given.get("until"):
            lines = lines.filter(at__lt=start_of(given["until"] + timedelta(days=1)))
        if given.get("area"):
            lines = lines.filter(area=given["area"])
        if given.get("person"):
            lines = lines.filter(person__icontains=given["person"])
        if given.get("subject"):
            lines = lines.filter(
                Q(subject__icontains=given["subject"]) | Q(action__icontains=given["subject"])
            )
        return lines


def start_of(day: date) -> datetime:
    """Midnight in Amsterdam."""
    return timezone.make_aware(datetime.combine(day, time.min))


def visible_lines(person: Person) -> QuerySet[LogLine]:
    """In a municipality all; at the vendor what one's own organisations did, where one may look."""
    lines = person.side.log_model._default_manager.all()
    own = organisations_of(person)
    if own is None:
        return lines
    names = Organisation.objects.filter(pk__in=own).values("name")
    lines = lines.filter(organisation__in=["", *[each["name"] for each in names]])
    if person.schemas is None:
        return lines
    visible = Municipality.objects.visible_to(person).values("schema_name")
    return lines.filter(Q(municipality__in=visible) | Q(person_id=person.user.pk))


@page(area=AREA, level=Level.SEE)
def logbook(request: PageRequest) -> HttpResponseBase:
    form = LogFilter(request.GET or None, person=request.person)
    lines = form.applied(visible_lines(request.person))
    shown = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("pagina"))
    query = request.GET.copy()
    query.pop("pagina", None)
    texts = {"form": form, "page": shown, "query": query.urlencode(), "table": request.person.side.table}
    return render(request, "accounts/logbook.html", texts)


@page(area=AREA, level=Level.SEE)
def logbook_export(request: PageRequest) -> HttpResponseBase:
    """As filtered, as CSV for a spreadsheet: no cell of it is a formula."""
    form = LogFilter(request.GET or None, person=request.person)
    lines = form.applied(visible_lines(request.person))[:MAX_EXPORTED]
    response = StreamingHttpResponse(list(_csv(lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="logboek.csv"'
    return response


class _Echo:
    """What csv writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


def _csv(lines: QuerySet[LogLine]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(
        ["Moment", "Wie", "Organisatie", "Onderdeel", "Handeling", "Wat", "Gemeente", "Wijziging"]
    )
    for line in lines.iterator(chunk_size=2000):
        moment = timezone.localtime(line.at).isoformat(timespec="seconds")
        cells = [
            line.person,
            line.organisation,
            line.area,
            line.action,
            line.subject,
            line.municipality,
            str(line.changes),
        ]
        yield writer.writerow([moment, *map(harmless, cells)])


@page(area=AREA, level=Level.SEE)
def sign_ins(request: PageRequest) -> HttpResponseBase:
    """Of the people of one's own organisations; attempts on unknown addresses are of nobody."""
    found = SignIn.objects.select_related("user")
    own = organisations_of(request.person)
    if own is not None:
        members = Membership.objects.filter(organisation_id__in=own).values("user_id")
        found = found.filter(Q(user_id__in=members) | Q(user__isnull=True))
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "accounts/sign_ins.html", {"page": shown})
