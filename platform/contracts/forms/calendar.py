"""What is asked of a calendar: its week, its exceptions, and which holidays it keeps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.dutch_holidays import DIFFERS, Holiday
from contracts.forms.publishing import NewForm, PublishForm
from contracts.models import CalendarVersion
from contracts.models.calendar import Zone
from contracts.publishing import CalendarTerms
from contracts.span_texts import (
    CLOSED,
    ExceptionDay,
    UnreadableError,
    days_of,
    spans_of,
    text_of,
    text_of_days,
)
from contracts.working_time import Span
from screens.formats import full_day
from screens.forms.controls import InLine

WEEKDAYS = (
    ("ma", _("Maandag")),
    ("di", _("Dinsdag")),
    ("wo", _("Woensdag")),
    ("do", _("Donderdag")),
    ("vr", _("Vrijdag")),
    ("za", _("Zaterdag")),
    ("zo", _("Zondag")),
)


class SpansField(forms.CharField):
    """The spans of a day; empty is closed."""

    def __init__(self, **given: Any) -> None:  # a field's own
        super().__init__(required=False, max_length=100, **given)

    def clean(self, value: object) -> list[Span]:
        try:
            return spans_of(super().clean(value))
        except UnreadableError as error:
            raise forms.ValidationError(str(error)) from error


class DaysField(forms.CharField):
    def clean(self, value: object) -> list[ExceptionDay]:
        try:
            return days_of(super().clean(value))
        except UnreadableError as error:
            raise forms.ValidationError(str(error)) from error


class CalendarForm(PublishForm):
    always = forms.BooleanField(
        label=_("Altijd: dag en nacht, zonder uitzonderingen"),
        required=False,
        help_text=_("De tijden hieronder tellen dan niet."),
    )
    ma = SpansField(label=_("Maandag"), help_text=_("Zoals 07:00-18:00, of 08:30-12:00, 13:00-24:00."))
    di = SpansField(label=_("Dinsdag"))
    wo = SpansField(label=_("Woensdag"))
    do = SpansField(label=_("Donderdag"))
    vr = SpansField(label=_("Vrijdag"))
    za = SpansField(label=_("Zaterdag"))
    zo = SpansField(label=_("Zondag"))
    days = DaysField(
        label=_("Uitzonderingsdagen"),
        required=False,
        max_length=20_000,
        help_text=_("Op elke regel een dag, zoals 27-04-2026 dicht Koningsdag."),
        widget=forms.Textarea({"rows": 8}),
    )
    zone = forms.ChoiceField(label=_("Volgens de klok in"), choices=Zone.choices, widget=InLine)

    field_order = ("name", "effective_from", "reason", "zone", "always")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        days = [key for key, _word in WEEKDAYS]
        if not given.get("always") and not any(given.get(day) or day in self.errors for day in days):
            self.add_error("ma", _("Geef ten minste een dag tijden, of kies altijd."))
        return given

    def terms(self, confirmed: list[int]) -> CalendarTerms:
        given = self.cleaned_data
        return CalendarTerms(
            week=[given[day] for day, _word in WEEKDAYS],
            days=given["days"],
            always=given["always"],
            zone=given["zone"],
            holiday_years=confirmed,
        )


class NewCalendarForm(NewForm, CalendarForm):
    pass


def calendar_as_text(version: CalendarVersion) -> dict[str, Any]:
    """What the form shows of a version."""
    week = {day: text_of(spans) for (day, _word), spans in zip(WEEKDAYS, version.week, strict=True)}
    days = text_of_days(version.days)
    return {**week, "days": days, "always": version.always, "zone": version.zone}


class HolidaysForm(PublishForm):
    """All are proposed; of those on which organisations differ somebody says himself what they are."""

    closed = forms.MultipleChoiceField(
        label=_("Op welke dagen werkt u niet?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ("closed",)

    def __init__(self, *args: Any, holidays: list[Holiday], **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        self.holidays = holidays
        usual = [each for each in holidays if each.label not in DIFFERS]
        choices = [(each.day.isoformat(), f"{each.label}, {full_day(each.day).lower()}") for each in usual]
        field = self.fields["closed"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices
        field.initial = [key for key, _word in choices]
        for each in holidays:
            if each.label in DIFFERS:
                self.fields[_key(each)] = forms.ChoiceField(
                    label=f"{each.label}, {full_day(each.day).lower()}",
                    choices=[(CLOSED, _("Vrij")), ("open", _("Werkdag"))],
                    widget=InLine,
                )
        self.order_fields(["closed", *(_key(each) for each in holidays)])

    def with_holidays(self, version: CalendarVersion, year: int) -> CalendarTerms:
        """The version with these days closed; a day that was an exception already stays as it was."""
        given = self.cleaned_data
        known: dict[str, ExceptionDay] = {each["day"]: each for each in version.days}
        for each in self.holidays:
            if each.day.isoformat() in given["closed"] or given.get(_key(each)) == CLOSED:
                day = each.day.isoformat()
                known.setdefault(day, {"day": day, "label": each.label, "spans": []})
        return CalendarTerms(
            week=version.week,
            days=[known[day] for day in sorted(known)],
            always=version.always,
            zone=version.zone,
            holiday_years=sorted({*version.holiday_years, year}),
        )


def _key(holiday: Holiday) -> str:
    return f"dag_{holiday.day:%m%d}"
