"""A real server and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30
# As root there is no sandbox; and a test tells nobody that it runs.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# The console says it of the page itself too; `failed` tells the two apart.
OF_A_STATUS = "Failed to load resource: the server responded with a status of"

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def components() -> Iterator[str]:
    """The address of the page of components, which a server shows only with DEBUG."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with served(port) as address:
        yield f"{address}/componenten"


@contextmanager
def served(port: int) -> Iterator[str]:
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    server = subprocess.Popen(
        [*command, "--no-control-socket", "zaakplein.wsgi:application"],
        cwd=ROOT,
        env={**os.environ, "ZAAKPLEIN_DEBUG": "1"},
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/livez")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def wait_for(url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of one file: while it lives its event loop runs, and Django takes every test for asynchronous.

    Those that arrange rows beside it are not, and say so.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a URL in a browser of its own; what it complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(url: str, *, width: int = 1280, **how: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **how)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda response: complaints.extend(failed(response)))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [complaint for complaint in complaints if not complaint.startswith(OF_A_STATUS)] == []


def failed(response: Response) -> list[str]:
    """What a page needs and did not get; a page itself may be an error, and a form may be refused."""
    meant = response.request.is_navigation_request() or response.status == HTTPStatus.UNPROCESSABLE_ENTITY
    return [] if response.status < HTTPStatus.BAD_REQUEST or meant else [f"{response.status} {response.url}"]
