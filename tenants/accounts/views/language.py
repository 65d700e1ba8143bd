"""In which language the console is read."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.utils import get_next_redirect_url
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from screens.pages import go_to
from tenants.accounts.language import choose_language
from tenants.accounts.shell import show_page


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Taal van deze browser"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


def language(request: HttpRequest) -> HttpResponseBase:
    """Goes back to the page that one came from, where that is one of ours."""
    form = LanguageForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid():
        response = go_to(request, get_next_redirect_url(request) or reverse("home"))
        choose_language(response, form.cleaned_data["language"])
        return response
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "accounts/language.html", {"form": form}, status=status)
