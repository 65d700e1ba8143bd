"""Messages for the tests: those that were written by hand, and those that programs make."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

MESSAGES = Path(__file__).parent / "messages"
HELPDESK = "helpdesk@leverancier.example"


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
