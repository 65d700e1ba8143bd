"""The web behind the front: it reads whole requests from a socket, and never waits for a client."""

import gc
import logging
import os
import sys
from contextlib import suppress
from typing import Any

from gunicorn.glogging import Logger

from service_reports.traffic import hand_over_each_minute
from tenants.registry.tally import tally
from zaakplein.logging import configure
from zaakplein.settings import LOGGING, WEB_THREADS, WEB_WORKERS

PIECE = 64 * 1024
SWITCH_SECONDS = 0.001
"""A request that calculates lets the others of its worker go on this often; Python's own is 5 ms."""

worker_class = "zaakplein.worker.Worker"
workers = WEB_WORKERS
threads = WEB_THREADS
# What a worker cannot work on stays in the socket's queue, for the other one to take.
worker_connections = WEB_THREADS
keepalive = 0
timeout = 60
graceful_timeout = 10
# Wider than the front's, whose refusals are problem documents.
limit_request_line = 16380
limit_request_field_size = 16380
limit_request_fields = 32768
# The front alone can reach the socket, and says one thing: the scheme.
forwarder_headers = ""
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}
worker_tmp_dir = "/dev/shm"  # noqa: S108  # the heartbeat should not wait for a disk
control_socket_disable = True
accesslog = None  # a query string may hold a BSN; the application logs requests without it
preload_app = True


class WithoutContent(logging.Filter):
    """What a worker complains of quotes a request: the kind of trouble is kept, the words are not."""

    def __init__(self, master: int) -> None:
        super().__init__()
        self.master = master

    def filter(self, record: logging.LogRecord) -> bool:
        if os.getpid() == self.master:
            return True
        if record.levelno >= logging.WARNING:
            record.msg, record.args = "request not understood, or broken off", ()
            record.exc_info = sys.exc_info()
        return record.levelno >= logging.INFO


class ContentlessLogger(Logger):
    """Writes as the rest of the house does, in which an exception has no text."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401  # gunicorn has no types
        super().setup(cfg)
        configure(LOGGING)
        self.error_log.handlers = []
        self.error_log.filters = [WithoutContent(os.getpid())]
        self.error_log.propagate = True


logger_class = ContentlessLogger


def when_ready(server: Any) -> None:  # noqa: ANN401  # gunicorn has no types
    """Keep the loaded code out of the collector, so that its pages stay shared between the workers."""
    del server
    gc.collect()
    gc.freeze()


def pre_fork(server: Any, worker: Any) -> None:  # noqa: ANN401  # gunicorn has no types
    """A worker counts what it runs in a row of its own."""
    del server
    worker.row = tally.free_row()


def post_fork(server: Any, worker: Any) -> None:  # noqa: ANN401  # gunicorn has no types
    del server
    tally.count_in(worker.row)
    hand_over_each_minute()
    sys.setswitchinterval(SWITCH_SECONDS)


def post_request(worker: Any, req: Any, environ: Any, resp: Any) -> None:  # noqa: ANN401  # gunicorn has no types
    """Read what the application left of a body.

    The front has all of it at hand, and takes a connection that ends before for a failure: a refusal
    that was given at once would become a 502.
    """
    del worker, req, resp
    with suppress(Exception):  # the front may leave as soon as it has the answer
        while environ["wsgi.input"].read(PIECE):
            pass


def child_exit(server: Any, worker: Any) -> None:  # noqa: ANN401  # gunicorn has no types
    """However it ended: what it counted runs no more."""
    del server
    tally.give_up(worker.row)
