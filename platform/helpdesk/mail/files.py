"""The files of a mail: with a report in the storage of its municipality, and until then in that of mails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils.translation import gettext

from helpdesk.attachments import AttachmentRefused, clean_name, forget, kept, type_of, verdict_on
from helpdesk.mail.bodies import Attached
from helpdesk.mail.parsing import Incoming
from helpdesk.models import Attachment, ReceivedMail, TicketEvent
from tenants.registry.bsn import mask_name
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality


def file_of(attached: Attached) -> File[bytes]:
    return ContentFile(attached.content, name=name_of(attached.name))


def name_of(given: str) -> str:
    """As it is kept and shown."""
    return mask_name(clean_name(given)).text


def names_left_out(incoming: Incoming) -> list[str]:
    return [name_of(each) for each in incoming.left_out]


@dataclass(slots=True)
class Filing:
    """What was put into a storage for one mail: gone again where what it is for is not written."""

    kept_for: list[tuple[Municipality, str]] = field(default_factory=list)
    held_back: list[str] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    """On the files of the mail, in their order: what was found when they were looked through."""

    def look_through(self, files: Iterable[File[bytes]]) -> None:
        """Before the transaction, since it may take long. What somebody else let go meanwhile is left out."""
        with suppress(FileNotFoundError):
            self.verdicts.extend(map(verdict_on, files))

    def attach(self, event: TicketEvent, files: Iterable[File[bytes]], mail: ReceivedMail) -> None:
        """In the transaction of the event. A file that may not come in is told of, and holds up nothing."""
        for number, file in enumerate(files):
            try:
                self._attach(event, file, self.verdicts[number : number + 1])
            except AttachmentRefused:
                mail.left_out = [*mail.left_out, file.name or gettext("een bestand")]

    def _attach(self, event: TicketEvent, file: File[bytes], verdicts: Sequence[str]) -> None:
        municipality = event.ticket.municipality
        with in_municipality(municipality), kept([file], verdicts) as (stored,):
            self.kept_for.append((municipality, stored.key))
        Attachment.objects.create(
            ticket_id=event.ticket_id,
            event=event,
            municipality=municipality,
            is_public=event.is_public,
            name=stored.name,
            size=stored.size,
            content_type=stored.content_type,
            key=stored.key,
        )

    def hold(self, mail: ReceivedMail, attached: Iterable[Attached]) -> None:
        """Until somebody decided; under a name that says nothing."""
        for each in attached:
            name, storage = name_of(each.name), waiting_storage()
            key = storage.save(str(uuid4()), ContentFile(each.content))
            self.held_back.append(key)
            told = {"name": name, "content_type": type_of(name), "size": len(each.content), "key": key}
            mail.files = [*mail.files, told]

    def undo(self) -> None:
        for municipality, key in self.kept_for:
            with in_municipality(municipality):
                forget([key])
        for key in self.held_back:
            waiting_storage().delete(key)


@contextmanager
def filing(files: Iterable[File[bytes]] = ()) -> Iterator[Filing]:
    """Around the transaction, before which these are looked through."""
    found = Filing()
    found.look_through(files)
    try:
        yield found
    except BaseException:
        found.undo()
        raise


# Those that wait -----------------------------------------------------------------------------------


def waiting_storage() -> Storage:
    return storages["mail"]


def held(mail: ReceivedMail) -> Iterator[File[bytes]]:
    for each in mail.files:
        with waiting_storage().open(each["key"]) as file:
            yield ContentFile(file.read(), name=each["name"])


def let_go(mail: ReceivedMail) -> None:
    """Once what was decided stands they are gone."""
    keys = [each["key"] for each in mail.files]
    mail.files = []

    def delete() -> None:
        for key in keys:
            waiting_storage().delete(key)

    transaction.on_commit(delete, robust=True)
