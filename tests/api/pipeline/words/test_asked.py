"""A request asks others each question once, and nothing while it holds locks."""

from __future__ import annotations

from time import monotonic
from typing import Any

import pytest

from api.pipeline.words.asked import Asked
from api.pipeline.words.refusals import Conflict


def test_a_question_is_asked_once() -> None:
    asked, times = Asked(), []

    answers = [asked.once("kleur?", lambda: times.append(1) or "rood") for _ in range(3)]  # type: ignore[func-returns-value]

    assert (answers, len(times)) == (["rood"] * 3, 1)


def test_a_refusal_is_an_answer_too() -> None:
    asked, times = Asked(), []

    def refuse() -> Any:
        times.append(1)
        raise ValueError("niet hier")

    for _ in range(2):
        with pytest.raises(ValueError, match="niet hier"):
            asked.once("kleur?", refuse)
    assert len(times) == 1


def test_what_was_asked_is_known_while_closed() -> None:
    asked = Asked()
    asked.once("kleur?", lambda: "rood")

    with asked.closed():
        assert asked.once("kleur?", lambda: "blauw") == "rood"


def test_nobody_elsewhere_is_asked_while_closed() -> None:
    asked = Asked()

    with asked.closed(), pytest.raises(Conflict):
        asked.once("kleur?", lambda: "rood")
    assert asked.once("kleur?", lambda: "rood") == "rood"


def test_what_stands_here_is_asked_while_closed() -> None:
    asked = Asked()

    with asked.closed():
        assert asked.once("kleur?", lambda: "rood", elsewhere=False) == "rood"


def test_closed_within_closed_stays_closed() -> None:
    asked = Asked()

    with asked.closed():
        with asked.closed():
            pass
        assert asked.is_closed
    assert not asked.is_closed


def test_all_questions_have_one_deadline() -> None:
    asked = Asked(seconds=3)

    first = asked.deadline()

    assert asked.deadline() == first
    assert 0 < first - monotonic() <= 3
