"""What components are made of: values that a view makes and a tag shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from screens.due import Due
from screens.inline import Icon, Tone


@dataclass(frozen=True)
class Crumb:
    word: str
    url: str


@dataclass(frozen=True)
class Tab:
    """A link with a URL of its own; ``count`` follows the word."""

    word: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Count:
    """A number of the home page and the filtered list that it leads to."""

    number: str
    words: str
    url: str
    tone: Tone = Tone.PLAIN

    @property
    def icon(self) -> Icon | None:
        return {Tone.BAD: Icon.STOP, Tone.WARN: Icon.WARN}.get(self.tone)


@dataclass(frozen=True)
class Clock:
    """One clock of a ticket: what it counts, how it stands, and the note under its bar."""

    name: str
    due: Due
    note: str = ""


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    FAILED = "failed"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Step:
    """A step of a wizard or of a case; ``note`` is the line below ("klaar", "1 stap mislukt")."""

    word: str
    note: str = ""
    state: StepState = StepState.AHEAD
    current: bool = False


class TaskState(StrEnum):
    DONE = "done"
    FAILED = "failed"
    WARNING = "warning"
    BUSY = "busy"
    AHEAD = "ahead"
    PLANNED = "planned"


TASK_LOOKS = {
    TaskState.DONE: (Icon.CHECK, Tone.OK),
    TaskState.FAILED: (Icon.STOP, Tone.BAD),
    TaskState.WARNING: (Icon.WARN, Tone.WARN),
    TaskState.BUSY: (Icon.SPIN, Tone.BUSY),
    TaskState.AHEAD: (Icon.DOT, Tone.MUTED),
    TaskState.PLANNED: (Icon.CLOCK, Tone.PLAIN),
}


@dataclass(frozen=True)
class Act:
    """A button that posts to a URL."""

    words: str
    url: str


@dataclass(frozen=True)
class Task:
    """A line of a checklist, of running work or of an agenda.

    ``state`` is drawn; ``note`` says it in a word. ``time`` stands at the end, ``more`` below.
    """

    word: str
    state: TaskState = TaskState.AHEAD
    note: str = ""
    time: str = ""
    more: str = ""
    percent: int | None = None
    act: Act | None = None

    @property
    def look(self) -> tuple[Icon, Tone]:
        return TASK_LOOKS[self.state]


@dataclass(frozen=True)
class Event:
    """A line of a history. ``said`` stands in a frame, dashed and yellow where it is ``internal``."""

    who: str
    when: str
    icon: Icon = Icon.DOT
    extra: str = ""
    note: str = ""
    said: str = ""
    internal: bool = False


@dataclass(frozen=True)
class Branch:
    """A line of the tree of reasons: held, failed, or what to do about it."""

    words: str
    icon: Icon = Icon.RIGHT
    tone: Tone = Tone.PLAIN
    branches: Sequence[Branch] = field(default=())


class Held(StrEnum):
    """A cell of a matrix of rights."""

    YES = "yes"
    NO = "no"
    PART = "part"


@dataclass(frozen=True)
class Right:
    """``sub`` is what the answer means, below it."""

    held: Held
    words: str = ""
    sub: str = ""


@dataclass(frozen=True)
class MatrixRow:
    word: str
    rights: Sequence[Right]
    sub: str = ""


@dataclass(frozen=True)
class Matrix:
    """Areas by right. Each cell says its answer in words too."""

    caption: str
    corner: str
    columns: Sequence[str]
    rows: Sequence[MatrixRow]
