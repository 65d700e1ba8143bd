"""A person's own account."""

from __future__ import annotations

from typing import cast

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from screens.formats import near
from screens.inline import link
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.mfa_adapter import has_second_factor
from tenants.accounts.models import SignIn, User
from tenants.accounts.pages import refused
from tenants.accounts.person import Person, person_of
from tenants.accounts.shell import show_page
from tenants.accounts.views.provider import to_provider

SHOWN_SIGN_INS = 10
ASK_AGAIN = {"prompt": "login", "max_age": "0"}


def my_account(request: HttpRequest) -> HttpResponseBase:
    user = cast("User", request.user)
    person = person_of(user)
    context = {
        "facts": [fact for fact in (user.name, user.email, person.role_name if person else "") if fact],
        "ways": ways_in(user),
        "attempts": attempts_of(user),
        "rights": rights_of(person) if person else [(_("Rol"), _("geen"))],
    }
    return show_page(request, "accounts/my_account.html", context)


def ways_in(user: User) -> list[tuple[str, str]]:
    """Each way to sign in, with the link that changes it."""
    has_password = user.has_usable_password()
    password = link(_("Wijzig uw wachtwoord"), reverse("account_change_password"))
    linked = SocialAccount.objects.filter(user=user).count()
    return [
        (
            _("Wachtwoord"),
            password if has_password else link(_("Kies een wachtwoord"), reverse("account_set_password")),
        ),
        (
            _("Tweede factor"),
            link(
                _("Beheer uw tweede factor") if has_second_factor(user) else _("Stel een tweede factor in"),
                reverse("mfa_index"),
            ),
        ),
        (_("Sessies"), link(_("Bekijk waar u bent ingelogd"), reverse("usersessions_list"))),
        (
            _("Gekoppelde accounts"),
            link(
                ngettext("Beheer %(count)s account", "Beheer %(count)s accounts", linked) % {"count": linked}
                if linked
                else _("Koppel een account"),
                reverse("socialaccount_connections"),
            ),
        ),
        (_("Taal"), link(_("Kies een taal"), reverse("language"))),
    ]


def attempts_of(user: User) -> Table:
    now = timezone.now()
    words = (_("Moment"), _("Uitkomst"), _("Hoe"), _("Netwerk"))
    return Table(
        caption=_("Pogingen om in te loggen"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(near(each.at, now), nowrap=True),
                    Cell(str(SignIn.Outcome(each.outcome).label)),
                    Cell(each.method, label=_("Hoe") if each.method else ""),
                    Cell(each.network, label=_("Netwerk")),
                ]
            )
            for each in SignIn.objects.filter(user=user)[:SHOWN_SIGN_INS]
        ],
    )


def rights_of(person: Person) -> list[tuple[str, str]]:
    return [(str(area.name), area.level(person.role).word) for area in person.side.table.areas]


def prove_at_provider(request: HttpRequest) -> HttpResponseBase:
    """Send whoever signs in at a provider back to it, to be asked again."""
    account = SocialAccount.objects.filter(user=cast("User", request.user)).first()
    if account is None:
        return refused(
            request,
            title=_("U kunt niet tonen wie u bent"),
            why=_(
                "Uw account heeft geen wachtwoord, geen tweede factor en geen aanbieder."
                " Vraag een nieuw wachtwoord aan op de pagina om in te loggen."
            ),
        )
    back = get_next_redirect_url(request) or reverse("home")
    provider = get_adapter().get_provider(request, account.provider)
    if request.method == "POST":
        sent = provider.redirect(request, AuthProcess.LOGIN, next_url=back, auth_params=dict(ASK_AGAIN))
        return to_provider(request, sent)
    return show_page(request, "accounts/prove_at_provider.html", {"provider": provider, "next": back})
