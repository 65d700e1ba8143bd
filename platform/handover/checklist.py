"""The tasks of a hand-over: what has to be done, by which side, before or after the moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handover.inventory import MOST
from handover.models import Handover, Task
from handover.states import Side


@dataclass(frozen=True, slots=True)
class Kind:
    """``words`` has a place for the subject where the task has one."""

    words: str | Promise
    side: Side
    after_the_moment: bool = False


TASKS: Mapping[str, Kind] = MappingProxyType(
    {
        "contract": Kind(_("Leg het contract met de nieuwe partij vast"), Side.GEMEENTE),
        "mensen": Kind(_("Bepaal wie van u deze gemeente gaat bedienen"), Side.NEW),
        "kennis": Kind(_("Draag lopend werk en documentatie over"), Side.OLD),
        "account": Kind(
            _("Beëindig de rol van %(subject)s in uw console"), Side.GEMEENTE, after_the_moment=True
        ),
        "geheim": Kind(
            _("Wissel het geheim van applicatie %(subject)s"), Side.GEMEENTE, after_the_moment=True
        ),
        "inlogsysteem": Kind(
            _("Wissel het geheim van inlogsysteem %(subject)s"), Side.GEMEENTE, after_the_moment=True
        ),
        "rest": Kind(
            _("Wissel ook de andere geheimen: de lijst is langer, %(subject)s in totaal"),
            Side.GEMEENTE,
            after_the_moment=True,
        ),
    }
)
AT_THE_START = ("contract", "mensen", "kennis")
SECRETS = {"client_ids": "geheim", "inlogsystemen": "inlogsysteem", "accounts_oude_partij": "account"}
"""What of the inventory the old side knew, and what is to be done about it after the moment."""


def words_of(task: Task) -> str:
    return str(TASKS[task.key].words) % {"subject": task.subject}


def begin_checklist(handover: Handover) -> None:
    """What is known beforehand; a second preparation adds nothing."""
    leaves = handover.from_organisation_id is not None
    _add(handover, [(key, "") for key in AT_THE_START if leaves or TASKS[key].side is not Side.OLD])


def add_secrets(handover: Handover) -> None:
    """What the old side knew, as it stands at the moment itself; to be done while both may still work."""
    _add(handover, list(_known_to_the_old_side(handover)))


def _known_to_the_old_side(handover: Handover) -> Iterator[tuple[str, str]]:
    for kind, key in SECRETS.items():
        found = handover.inventory.get(kind, {"aantal": 0, "namen": []})
        yield from ((key, name[:200]) for name in found["namen"])
        if found["aantal"] > MOST:
            yield "rest", f"{kind}: {found['aantal']}"


def _add(handover: Handover, tasks: list[tuple[str, str]]) -> None:
    Task.objects.bulk_create(
        [
            Task(
                handover=handover,
                municipality_id=handover.municipality_id,
                key=key,
                subject=subject,
                side=TASKS[key].side,
                after_the_moment=TASKS[key].after_the_moment,
                due=handover.overlap_until if TASKS[key].after_the_moment else None,
            )
            for key, subject in tasks
        ],
        ignore_conflicts=True,
    )
