from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from screens import inline
from screens.badges import LOOKS, STATES, Badge, Kind, badge
from screens.inline import Icon


def test_every_icon_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-(\w+)"', render_to_string("screens/icons.html")))
    assert drawn == set(Icon)


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(ValueError, match="nergens"):
        inline.icon("nergens")


def test_text_in_a_mark_is_escaped() -> None:
    assert inline.link("<b>", "/?a=1&b=2") == (
        '<a class="utrecht-link utrecht-link--html-a" href="/?a=1&amp;b=2">&lt;b&gt;</a>'
    )


def test_every_kind_of_badge_has_a_look() -> None:
    assert set(LOOKS) == set(Kind)


@pytest.mark.parametrize("state", STATES)
def test_a_badge_says_its_state_by_icon_and_word(state: str) -> None:
    assert str(STATES[state].word) in badge(state)
    assert "<use " in badge(state)


def test_a_badge_of_ones_own() -> None:
    assert "Getekend" in badge(Badge(Kind.SAFE, "Getekend"))


def test_a_state_that_nobody_named_is_loud() -> None:
    with pytest.raises(KeyError):
        badge("onbekend")


def test_states_are_translated() -> None:
    with override("en"):
        assert "Active" in badge("actief")
