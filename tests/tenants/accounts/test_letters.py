"""Mail to people of either console."""

from __future__ import annotations

from typing import Any

from django.core import mail

from tenants.accounts.letters import addresses, post, who_see
from tenants.accounts.rights import Level
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.people import House, member

TWO = ["een@x.example", "twee@x.example"]


def test_each_gets_a_letter_of_his_own_on_one_line(db: None, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post("Melding 1:\nopgelost", "Tekst", TWO)

    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([address], "Melding 1: opgelost") for address in TWO
    ]


def test_of_the_vendor_those_are_told_who_see_the_municipality(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    vendor = House.of(None)
    member(vendor, "eigenaar", "alles@x.example")
    member(vendor, "operatie", "hier@x.example", municipalities=("haarlem",))
    member(vendor, "operatie", "elders@x.example", municipalities=("utrecht",))
    with for_vendor():
        told = addresses("vendor", "meldingen", Level.CHANGE, who_see("haarlem"))

    assert told == ["alles@x.example", "hier@x.example"]
