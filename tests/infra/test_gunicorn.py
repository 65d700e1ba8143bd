from __future__ import annotations

import logging
import os

import pytest
from pytest_django import Settings

from infra.gunicorn import WithoutContent
from zaakplein.settings import WEB_THREADS, WEB_WORKERS

BSN = "111222333"


def record(level: int, *, quoted: str = BSN) -> logging.LogRecord:
    return logging.LogRecord(
        "gunicorn.error", level, __file__, 1, "Invalid request: %s " + quoted, (quoted,), None
    )


@pytest.mark.parametrize("level", [logging.WARNING, logging.ERROR, logging.CRITICAL])
def test_what_a_worker_complains_of_is_not_quoted(level: int) -> None:
    complaint = record(level)
    try:
        int(f"no number: {BSN}")
    except ValueError:
        assert WithoutContent(master=os.getpid() + 1).filter(complaint)

    assert BSN not in complaint.getMessage()
    assert complaint.exc_info
    assert complaint.exc_info[0] is ValueError


def test_the_details_of_a_worker_are_dropped() -> None:
    assert not WithoutContent(master=os.getpid() + 1).filter(record(logging.DEBUG))


def test_the_master_says_what_it_has_to_say() -> None:
    told = record(logging.ERROR, quoted="worker 7")

    assert WithoutContent(master=os.getpid()).filter(told)
    assert told.getMessage() == "Invalid request: worker 7 worker 7"


def test_a_share_is_less_than_the_whole(settings: Settings) -> None:
    threads = WEB_WORKERS * WEB_THREADS
    shares = [settings.RUNNING_LARGE, settings.RUNNING_PER_APPLICATION, settings.RUNNING_PER_MUNICIPALITY]

    assert shares == sorted(set(shares))
    assert settings.RUNNING_STRANGERS < settings.RUNNING_PER_MUNICIPALITY
    assert threads > 2 * settings.RUNNING_PER_MUNICIPALITY + settings.RUNNING_WAITING
