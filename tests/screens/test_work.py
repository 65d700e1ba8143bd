from __future__ import annotations

from django.test import RequestFactory

from screens.parts import Task
from screens.shell import Shell
from screens.work import Work, show_work


def work(*, ended: bool) -> Work:
    return Work("Houten inrichten", "klaar" if ended else "bezig", [Task("Schema maken")], ended=ended)


def test_the_page_asks_again_while_work_goes_on(rf: RequestFactory, shell: Shell) -> None:
    page = show_work(rf.get("/taken/1"), work(ended=False), shell=shell).content.decode()

    assert 'hx-get="/taken/1" hx-trigger="every 2s"' in page


def test_without_script_a_link_looks_again(rf: RequestFactory, shell: Shell) -> None:
    page = show_work(rf.get("/taken/1"), work(ended=False), shell=shell).content.decode()

    assert 'href="/taken/1">Ververs de stand' in page


def test_a_poll_gets_the_steps_alone(htmx: RequestFactory, shell: Shell) -> None:
    page = show_work(htmx.get("/taken/1"), work(ended=False), shell=shell).content.decode()

    assert "Schema maken" in page
    assert "<html" not in page


def test_a_poll_brings_the_state_that_the_steps_agree_with(
    rf: RequestFactory, htmx: RequestFactory, shell: Shell
) -> None:
    page = show_work(rf.get("/taken/1"), work(ended=False), shell=shell).content.decode()
    polled = show_work(htmx.get("/taken/1"), work(ended=False), shell=shell).content.decode()

    assert page.count('id="stand"') == 1
    assert polled.startswith('<span id="stand" hx-swap-oob="true">')
    assert "Bezig" in polled


def test_at_the_end_a_poll_gets_the_whole_page_again(htmx: RequestFactory, shell: Shell) -> None:
    assert show_work(htmx.get("/taken/1"), work(ended=True), shell=shell)["HX-Refresh"] == "true"


def test_the_page_of_ended_work_asks_no_more(rf: RequestFactory, shell: Shell) -> None:
    assert "hx-get" not in show_work(rf.get("/taken/1"), work(ended=True), shell=shell).content.decode()
