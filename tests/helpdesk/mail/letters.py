"""Messages for the tests: those that were written by hand, and those that programs make."""

from __future__ import annotations

from copy import deepcopy
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from django.utils import timezone
from pytest_django import Settings

from helpdesk import acting
from helpdesk.acting import Report
from helpdesk.mail.delivering import Delivered, deliver
from helpdesk.models import Ticket
from helpdesk.who import writer_of
from helpdesk.words import Kind, Side, Weight
from tenants.registry.models import Municipality

MESSAGES = Path(__file__).parent / "messages"
HELPDESK = "helpdesk@leverancier.example"
REPLIES = "melding@leverancier.example"


def recorded(name: str) -> bytes:
    return (MESSAGES / f"{name}.eml").read_bytes()


def letter(  # what a mail has
    text: str = "Het lukt niet.",
    *,
    sender: str = "Kim de Vries <kim@haarlem.example>",
    to: str = HELPDESK,
    subject: str = "Zaken openen lukt niet",
    message_id: str | None = "<1@haarlem.example>",
    html: str = "",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    if message_id is not None:
        message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def make_ticket(municipality: Municipality, **given: Any) -> Ticket:
    """Reported by Kim, if nobody else is named."""
    report = {
        "subject": "Zaken openen lukt niet",
        "text": "Ik zie een witte pagina.",
        "kind": Kind.STORING,
        "impact": Weight.MIDDEL,
        "urgency": Weight.MIDDEL,
        "reporter_name": "Kim de Vries",
        "reporter_email": "kim@haarlem.example",
        **given,
    }
    who = writer_of(report["reporter_name"], report["reporter_email"], municipality.naam, Side.GEMEENTE)
    return acting.report(municipality, Report(**report), who=who, now=timezone.now())


def address_of(ticket: Ticket) -> str:
    return f"melding+{ticket.reply_token}@leverancier.example"


def arrives(message: EmailMessage | bytes, to: str = HELPDESK, **given: Any) -> Delivered:
    content = message if isinstance(message, bytes) else message.as_bytes()
    return deliver(to, content, now=timezone.now(), **given)


def use_addresses(settings: Settings, directory: Path) -> None:
    """And files where nobody else's are."""
    settings.HELPDESK_ADDRESS, settings.HELPDESK_REPLY_ADDRESS = HELPDESK, REPLIES
    storages = deepcopy(settings.STORAGES)
    storages["mail"]["OPTIONS"]["location"] = str(directory / ".mail")
    settings.STORAGES = storages
