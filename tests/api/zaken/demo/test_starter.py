"""What became of the zip of a starter catalogue, or is wrong with it, is said in words of people."""

from __future__ import annotations

from uuid import UUID

import pytest

from api.catalogi.exchange.layout import ZAAKTYPE
from api.catalogi.exchange.reading import Entry
from api.catalogi.exchange.report import Line, Outcome, Report
from api.pipeline.words.violations import Violation
from api.zaken.demo.starter import SHOWN, _said, _taken


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nonFieldErrors", "Leeg."),
        ("ZaakType.json.3.nonFieldErrors", "ZaakType.json.3: Leeg."),
        ("ZaakType.json.3.doel", "ZaakType.json.3.doel: Leeg."),
    ],
)
def test_no_word_of_a_program_is_said(name: str, said: str) -> None:
    assert _said([Violation(name, "empty", "Leeg.")], "") == f"De zip is geweigerd: {said}"


def report(*, changes: int) -> Report:
    """Of two zaaktypen, of which the first was changed and the second left out."""
    first, second = (Entry(ZAAKTYPE, index, {}, "", UUID(int=index)) for index in range(2))
    first.changed = [f"Aangepast {number}." for number in range(changes)]
    return Report(dry_run=False, lines=[Line(first, Outcome.NEW), Line(second, Outcome.LEFT_OUT)])


def test_what_was_changed_is_said() -> None:
    assert list(_taken(report(changes=1))) == [
        "Took in 1 objects of a catalogue.",
        "ZaakType.json.0: Aangepast 0.",
    ]


def test_of_many_changes_the_first_are_said() -> None:
    said = list(_taken(report(changes=SHOWN + 2)))

    assert len(said) == SHOWN + 2
    assert said[-1] == "Changed 2 more; a trial run of import_catalogue tells them."
