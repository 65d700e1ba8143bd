from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
import structlog

from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

Lines = Callable[[], list[dict[str, Any]]]

BSN = "111222333"


def test_a_line_is_json_with_level_logger_and_moment(logged: Lines) -> None:
    structlog.get_logger("zaakplein.test").info("happened", times=2)

    (line,) = logged()
    assert (line["event"], line["times"], line["level"], line["logger"]) == (
        "happened",
        2,
        "info",
        "zaakplein.test",
    )
    assert line["timestamp"].endswith("Z")


def test_a_line_of_a_library_is_json_too(logged: Lines) -> None:
    logging.getLogger("some.library").warning("%s went wrong", "it")

    assert [line["event"] for line in logged()] == ["it went wrong"]


def test_a_line_names_the_municipality(haarlem: Municipality, logged: Lines) -> None:
    with in_municipality(haarlem):
        logging.getLogger("some.library").warning("inside")

    assert [line["municipality"] for line in logged()] == ["haarlem"]


def test_outside_it_no_municipality_is_named(haarlem: Municipality, logged: Lines) -> None:
    with in_municipality(haarlem):
        pass
    logging.getLogger("some.library").warning("outside")

    assert "municipality" not in logged()[0]


def refuse_a_row() -> None:
    raise RuntimeError(f"cannot save {BSN}") from ValueError(f"row ({BSN}) is refused")


def test_an_exception_is_logged_without_what_it_says(logged: Lines) -> None:
    try:
        refuse_a_row()
    except RuntimeError:
        logging.getLogger("some.library").exception("failed")

    (line,) = logged()
    outer, inner = line["exception"]
    assert (outer["type"], inner["type"]) == ("builtins.RuntimeError", "builtins.ValueError")
    assert outer["frames"][-1].endswith("refuse_a_row")
    assert BSN not in json.dumps(line)


@pytest.mark.parametrize(
    "name", ["django.db.backends", "urllib3.connectionpool", "celery.app.trace", "mail.log"]
)
def test_what_quotes_parameters_is_silent_at_every_level(
    name: str, logged: Lines, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    logging.getLogger(name).info("SELECT %s", BSN)

    assert logged() == []
