"""A forgotten password: the page answers, and a job finds out whether there is such a person."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from tenants.accounts.models import User
from tenants.accounts.side import current_side
from tenants.errands.letters import Written, write
from tenants.registry.context import is_for_vendor

EXPIRES_SECONDS = 3600


def ask_for_reset(email: str, *, site: str) -> None:
    """Known or not, the same is done here: a job is sent."""
    task = reset_for_vendor if is_for_vendor() else reset_for_municipality
    task.apply_async(kwargs={"email": email, "site": site}, expires=EXPIRES_SECONDS)


@shared_task(for_vendor=True)
def reset_for_vendor(*, email: str, site: str) -> None:
    send_reset(email, site=site)


@shared_task
def reset_for_municipality(*, email: str, site: str) -> None:
    send_reset(email, site=site)


def send_reset(email: str, *, site: str) -> None:
    """A link for whoever signs in with a password here; nothing for anybody else."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None or not user.has_usable_password():
        return
    side = current_side()
    query = urlencode({"wie": user_pk_to_url_str(user), "sleutel": default_token_generator.make_token(user)})
    # In the query: paths are logged, queries are not.
    link = f"{site}{reverse('password_reset_letter', urlconf=side.urlconf)}?{query}"
    letter = Written(
        to=user.email,
        subject=f"Nieuw wachtwoord voor {side.name()}",
        body=render_to_string("accounts/mail/password_reset.txt", {"link": link, "side": side.name()}),
    )
    write([letter], until=timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
