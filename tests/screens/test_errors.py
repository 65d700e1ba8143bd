from __future__ import annotations

from http import HTTPStatus

import pytest
import structlog
from django.test import RequestFactory

from screens import errors
from screens.shell import Item, Shell


@pytest.mark.parametrize("status", errors.FAILURES)
def test_an_error_is_a_page(rf: RequestFactory, status: HTTPStatus) -> None:
    response = errors.error_page(rf.get("/"), status)

    assert response.status_code == status
    assert str(errors.FAILURES[status].title) in response.content.decode()


def test_an_error_names_the_request_by_which_it_is_found(rf: RequestFactory) -> None:
    with structlog.contextvars.bound_contextvars(request_id="7c41e09b"):
        response = errors.error_page(rf.get("/"), HTTPStatus.INTERNAL_SERVER_ERROR)

    assert "7c41e09b" in response.content.decode()


def test_a_refusal_says_why_who_can_help_and_what_next(rf: RequestFactory, shell: Shell) -> None:
    response = errors.error_page(
        rf.get("/"),
        HTTPStatus.FORBIDDEN,
        shell=shell,
        happened="Vernietigingslijsten zijn er voor archivarissen.",
        who="P. Mulder",
        next_step=Item("Vraag het recht aan", "/rechten"),
    )
    page = response.content.decode()

    assert all(words in page for words in ("voor archivarissen", "P. Mulder", 'href="/rechten"', shell.home))
