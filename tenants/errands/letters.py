"""Letters: written with what they tell of, and sent by a job as soon as a mail server takes them.

Nobody sends a letter that another is sending. It is gone once the server took it: who is killed in between
has it sent again, under the same Message-ID, by which the receiving side knows it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

import sentry_sdk
import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from tenants.errands.bell import ring
from tenants.errands.models import Letter
from tenants.errands.taking import done, put_back, take
from tenants.registry.context import in_public, require_public
from tenants.registry.sealing import seal, unseal

OF_THIS_LETTER = (SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused)
"""The server is there, and refused this one."""

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter as it leaves; without ``sender`` it is from the deployment itself."""

    to: str
    subject: str
    body: str
    sender: str = ""
    reply_to: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def write(letters: Iterable[Written], *, until: datetime | None = None) -> None:
    """In the transaction of what they tell of, of either side; after ``until`` they are not sent any more."""
    rows = [Letter(sealed=seal(json.dumps(asdict(each))), until=until) for each in letters]
    if not rows:
        return
    with in_public():
        Letter.objects.bulk_create(rows)
    ring()


def send_letters(*, until: float) -> int:
    """How many were tried. Begins nothing after ``until``, of the monotonic clock.

    Where there is no server the others wait as well, without an attempt of their own.
    """
    require_public()
    tried = 0
    while time.monotonic() < until and (letter := take(Letter, timezone.now())) is not None:
        tried += 1
        if not _send(letter):
            break
    return tried


def _send(letter: Letter) -> bool:
    """Whether there is a server."""
    now = timezone.now()
    if letter.until is not None and letter.until <= now:
        done(letter)
        logger.warning("letter_too_late", row=letter.pk)
        return True
    try:
        _message(letter).send()
    except OF_THIS_LETTER as failure:
        put_back(letter, now, failure=type(failure).__name__)
    except OSError as failure:  # of which smtplib's others are a kind
        put_back(letter, now, failure=type(failure).__name__)
        return False
    except Exception as failure:
        logger.exception("letter_failed")
        sentry_sdk.capture_exception(failure)
        put_back(letter, now, failure=type(failure).__name__)
    else:
        done(letter)
    return True


def _message(letter: Letter) -> EmailMessage:
    written = json.loads(unseal(letter.sealed))
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return EmailMessage(
        subject=" ".join(written["subject"].split()),
        body=written["body"],
        from_email=written["sender"] or None,
        to=[written["to"]],
        reply_to=written["reply_to"],
        headers={"Message-ID": f"<{letter.key}@{domain}>", **written["headers"]},
    )
