"""What becomes of the content of a document: none, still to come in parts, or there.

The steps are those of the table in ``docs/documenten.md``. Content is stored before the transaction, and
what the transaction then points at it keeps; the version before it keeps what it had.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.documenten import locks
from api.documenten.content.limits import most_bytes
from api.documenten.content.rows import has_row, keep, let_go
from api.documenten.content.uploaded import Uploaded
from api.documenten.content.writing import Stored, remove
from api.documenten.models import BestandsDeel, EnkelvoudigInformatieObject
from api.documenten.parts import lay_out, most_in_parts, take_away
from api.pipeline.declare.write import Write, fact
from api.pipeline.words.caller import Caller
from api.pipeline.words.violations import OBJECT, Violation

CONTENT, INHOUD, OMVANG = "content", "inhoud", "bestandsomvang"
"""What came with the request, which is no column; what it becomes, and how large that is."""
MOST_BYTES = 100 * 1024**3
"""Of one document, in parts of which there are ``MOST_PARTS`` at most."""


def size_fits(write: Write) -> Iterator[Violation]:
    """The size that is given is that of the content, and one that there can be."""
    omvang, content = write.data.get(OMVANG), write.data.get(CONTENT)
    if omvang is None:
        return
    most = min(MOST_BYTES, most_in_parts(most_bytes(write.caller.municipality)))
    if omvang < 0:
        yield Violation(OMVANG, "min_value", "De omvang is 0 of meer.")
    elif omvang > most:
        yield Violation(OMVANG, "max_value", f"De omvang is ten hoogste {most} bytes.")
    elif content and content.omvang != omvang:
        reason = f"De inhoud heeft {content.omvang} bytes, en bestandsomvang zegt {omvang}."
        yield Violation(OBJECT, "file-size", reason)


def put_content_away(write: Write) -> None:
    """An effect outside the transaction: what came in lies in the storage from now on.

    A write that begins again finds what it stored before.
    """
    content = write.data.get(CONTENT)
    if isinstance(content, Uploaded):
        write.data[CONTENT] = write.caller.asked.once((CONTENT, id(content)), content.store)


def put_part_away(write: Write) -> None:
    """The same of a part, which is not looked through by itself."""
    content = write.data[CONTENT]
    if isinstance(content, Uploaded):
        write.data[CONTENT] = write.caller.asked.once((CONTENT, id(content)), content.store_part)


def take_back(caller: Caller) -> None:
    """Remove what a refused write had put away, and no row points at: once its transaction is over."""
    for each in caller.asked.answers.values():
        if isinstance(each, Stored) and each.row is None and not has_row(each):
            remove(each)


def settle_content(write: Write) -> None:
    """An effect on what is saved: the content, its size, and the lock that uploading in parts needs."""
    if not touches_content(write):
        return
    content = write.data.pop(CONTENT, None)
    if content:
        row = keep(content)
        write.data |= {INHOUD: row, OMVANG: row.omvang}
    else:
        omvang = 0 if content == "" and write.data.get(OMVANG) is None else write.data.get(OMVANG)
        write.data |= {INHOUD: None, OMVANG: omvang}
        if omvang and (write.instance is None or not write.instance.lock):
            write.data |= locks.new_lock(write.client)


@fact
def touches_content(write: Write) -> bool:
    """Whether the write says anything of the content; a PATCH need not."""
    return write.name != "partial_update" or bool(write.data.keys() & {CONTENT, OMVANG})


def lay_out_parts(write: Write) -> None:
    """An effect: the parts in which content will come, in place of those in which it was to come."""
    document = write.instance
    if not touches_content(write):
        return
    if not write.creating:
        let_go(take_away(document))
    if is_pending(document):
        lay_out(document, most=most_bytes(write.caller.municipality))


def is_pending(document: EnkelvoudigInformatieObject) -> bool:
    """Whether its content is still to come."""
    return document.inhoud_id is None and bool(document.bestandsomvang)


# -- parts -----------------------------------------------------------------------------------------


def part_has_its_size(write: Write) -> Iterator[Violation]:
    """A part is as large as it was laid out to be."""
    content, part = write.data[CONTENT], write.instance
    if content.omvang != part.omvang:
        reason = f"Dit deel hoort {part.omvang} bytes te hebben."
        yield Violation(OBJECT, "file-size", reason)


def keep_part(write: Write) -> None:
    """An effect on what is saved: the row of the part's bytes; those that came before go afterwards."""
    replaced_content(write)
    write.data[INHOUD] = keep(write.data.pop(CONTENT))


def let_replaced_go(write: Write) -> None:
    """An effect: a part that comes again takes the place of the one that came before."""
    let_go(replaced_content(write))


@fact
def replaced_content(write: Write) -> list[Any]:
    """What the part held before, if it did."""
    part: BestandsDeel = write.instance
    return [part.inhoud_id] if part.inhoud_id else []
