"""API-sleutels: which there are, making one and revoking one. A key is shown once, and never again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from screens.badges import STATES, Badge, Kind, badge
from screens.confirm import Question, TypeTheName, ask
from screens.formats import day, near
from screens.forms.controls import Option
from screens.inline import Tone, link, muted
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Search
from screens.pages import go_to
from screens.parts import Crumb
from tenants.accounts.choosing import MunicipalitiesForm
from tenants.accounts.models.membership import today_here
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.side import current_side
from tenants.accounts.views.lists import file_of
from vendor_api.models import LONGEST, Token
from vendor_api.scopes import SCOPES
from vendor_api.tokens import AREA, TokenRefused, Wanted, make_token, revoke_token

ENDED = (STATES["ingetrokken"], STATES["verlopen"])
LOST = Badge(Kind.DANGER, _("Maker heeft geen rol"))
LESS = Badge(Kind.WARNING, _("Mag minder"))


def state_of(token: Any) -> Badge:
    """Of what ``with_maker`` gives: a key never does what its maker may not do now."""
    if token.revoked_at is not None:
        return STATES["ingetrokken"]
    if not token.holds(timezone.now()):
        return STATES["verlopen"]
    if token.role_of_maker is None:
        return LOST
    sees_less = token.sees(token.limits_of_maker) != token.sees(None)
    return LESS if lost_rights(token) or sees_less else STATES["actief"]


def lost_rights(token: Any) -> list[str]:
    """The scopes that its maker's role does not reach any more."""
    table, role = current_side().table, token.role_of_maker or ""
    known = [name for name in token.scopes if name in SCOPES]
    return [name for name in known if table.level(SCOPES[name].area, role) < SCOPES[name].level]


def rights_in_words(token: Any) -> str:
    lost = lost_rights(token)
    held = [str(SCOPES[name].word) for name in token.scopes if name in SCOPES and name not in lost]
    if not lost:
        return ", ".join(held)
    words = ", ".join(str(SCOPES[name].word) for name in lost)
    return ", ".join([*held, gettext("niet meer: %(what)s") % {"what": words.lower()}])


def where(token: Any) -> str:
    seen = token.sees(token.limits_of_maker)
    if seen is None:
        return gettext("Overal")
    count = len(seen)
    return ngettext("%(count)s gemeente", "%(count)s gemeenten", count) % {"count": count}


def last_use(token: Token) -> str:
    return near(token.last_used_at, timezone.now()) if token.last_used_at else muted(gettext("nog nooit"))


def name_of(token: Token) -> str:
    """A way to revoke it, as long as there is something to revoke and one may."""
    return (
        link(token.name, reverse("revoke_key", args=[token.pk])) if token.revoked_at is None else token.name
    )


def keys_listing(*, may_change: bool) -> Listing:
    return Listing(
        name="api-sleutels",
        caption=_("API-sleutels"),
        one=_("%(count)s sleutel"),
        many=_("%(count)s sleutels"),
        nothing=_("Nog geen sleutels"),
        columns=[
            Column(
                "naam",
                _("Naam"),
                field="name",
                show=name_of if may_change else None,
                plain=lambda token: token.name,
                sub=lambda token: token.prefix,
            ),
            Column(
                "staat",
                _("Staat"),
                show=lambda token: badge(state_of(token)),
                plain=lambda token: str(state_of(token).word),
                order=["revoked_at", "ends_at"],
                narrow=False,
            ),
            Column("rechten", _("Mag"), show=rights_in_words, plain=rights_in_words, order=(), fold="wide"),
            Column("organisatie", _("Organisatie"), field="organisation.name", order=["organisation__name"]),
            Column("waar", _("Ziet"), show=where, plain=where, order=()),
            Column(
                "tot",
                _("Geldt tot"),
                field="ends_at",
                show=lambda token: day(timezone.localdate(token.ends_at)),
                nowrap=True,
            ),
            Column("gebruikt", _("Laatst gebruikt"), field="last_used_at", show=last_use, nowrap=True),
            Column("door", _("Gemaakt door"), field="made_by.email", order=["made_by__email"]),
        ],
        filters=[Search("q", _("Naam"), ["name"])],
        order="naam",
        tone=lambda token: Tone.MUTED if state_of(token) in ENDED else Tone.PLAIN,
    )


def keys_of(person: Person) -> Any:
    found = Token.objects.of_organisations(organisations_of(person)).with_maker(today_here())
    return found.select_related("organisation", "made_by")


@page(area=AREA, level=Level.SEE)
def keys(request: PageRequest) -> HttpResponseBase:
    person = request.person
    may_change = person.may(AREA, Level.CHANGE)
    listing, rows = keys_listing(may_change=may_change), keys_of(person)
    file = file_of(listing, request, rows)
    if file is not None:
        return file
    context = {
        "found": listing.read(request, rows),
        "may_change": may_change,
        "who_may": person.side.table.who_may(AREA, Level.CHANGE),
    }
    return show_page(request, "vendor_api/keys.html", context)


class KeyForm(MunicipalitiesForm):
    """Only what this person may himself."""

    name = forms.CharField(
        label=_("Naam"),
        max_length=100,
        help_text=_("Waarvoor de sleutel is. Zo staat zij in het logboek."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(label=_("Wat mag de sleutel?"), widget=forms.CheckboxSelectMultiple)
    until = forms.DateField(
        label=_("Tot"),
        help_text=_("De eerste dag waarop de sleutel niet meer geldt, binnen een jaar."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    field_order = ("name", "scopes", "is_limited", "find", "municipalities", "until")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        allowed = [name for name, scope in SCOPES.items() if person.may(scope.area, scope.level)]
        self.choose(
            "scopes", [(name, Option(str(SCOPES[name].word), str(SCOPES[name].help))) for name in allowed]
        )
        self.offer(person)

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today = today_here()
        if not today < until <= today + LONGEST:
            raise forms.ValidationError(_("Kies een dag na vandaag, en binnen een jaar."))
        return until

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            name=given["name"],
            scopes=tuple(given["scopes"]),
            municipalities=tuple(given["municipalities"]) if given["is_limited"] else None,
            ends_at=timezone.make_aware(datetime.combine(given["until"], time.min)),
        )


@page(area=AREA, level=Level.CHANGE, fresh=True)
def make_key(request: PageRequest) -> HttpResponseBase:
    """The answer to the form is the only one that shows the key."""
    initial = {"until": today_here() + timedelta(days=90)}
    form = KeyForm(request.POST or None, person=request.person, initial=initial)
    context: dict[str, Any] = {"form": form, "crumbs": [_to_the_list()], "back": reverse("sleutels")}
    if form.is_valid():
        try:
            token, text = make_token(form.wanted(), person=request.person, now=timezone.now())
        except TokenRefused as refused:
            form.add_error(None, str(refused))
        else:
            context |= {"token": token, "text": text, "until": day(timezone.localdate(token.ends_at))}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "vendor_api/make_key.html", context, status=status)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def revoke_key(request: PageRequest, pk: int) -> HttpResponseBase:
    """It cannot be undone, so its name has to be typed."""
    found: Token = get_object_or_404(keys_of(request.person), pk=pk)
    form = TypeTheName(request.POST or None, name=found.name)
    if form.is_valid():
        try:
            revoke_token(found, person=request.person, now=timezone.now())
        except TokenRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, gettext("De sleutel %(name)s is ingetrokken.") % {"name": found.name})
        return go_to(request, reverse("sleutels"))
    question = Question(
        title=gettext("Trek de sleutel %(name)s in") % {"name": found.name},
        consequences=[
            gettext("Een programma met deze sleutel krijgt vanaf nu 401."),
            gettext("Terug kan niet. U kunt een nieuwe sleutel maken."),
        ],
        submit=gettext("Trek de sleutel in"),
        cancel=reverse("sleutels"),
        crumbs=[_to_the_list()],
    )
    return ask(request, question, form, shell=shell_of(request))


def _to_the_list() -> Crumb:
    return Crumb(gettext("API-sleutels"), reverse("sleutels"))
