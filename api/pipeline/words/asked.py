"""What one request has asked of others: each question once, and none inside a transaction."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from django.db import DatabaseError

from api.pipeline.words.refusals import Conflict


@dataclass(slots=True)
class Asked:
    """The answers so far, refusals among them."""

    answers: dict[Hashable, Any] = field(default_factory=dict)
    is_closed: bool = False
    seconds: float = 10.0
    """For everything that is asked elsewhere, together; from the first question on."""
    until: float | None = None

    def once(self, question: Hashable, ask: Callable[[], Any], *, elsewhere: bool = True) -> Any:
        """The answer, asked for now if it was not before; raises what asking raises.

        Raises ``Conflict`` where another house would have to be asked inside a transaction: what the
        row refers to is not what it was when the request was checked.
        """
        if question not in self.answers:
            if elsewhere and self.is_closed:
                raise Conflict
            try:
                self.answers[question] = ask()
            except DatabaseError:
                # a matter of this moment, and the write that asks may begin again
                raise
            except Exception as refusal:  # noqa: BLE001 - whatever it is, it is the answer
                self.answers[question] = refusal
        answer = self.answers[question]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def deadline(self) -> float:
        """Until when (by the monotonic clock) others are waited for."""
        if self.until is None:
            self.until = monotonic() + self.seconds
        return self.until

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Inside, no other house is asked: a lock would be held for as long as it takes to answer."""
        was, self.is_closed = self.is_closed, True
        try:
            yield
        finally:
            self.is_closed = was
