"""The web server of the demo: one port on the loopback addresses that the municipalities have."""

import gc
import os
from typing import Any

_PORT = os.environ.get("ZAAKPLEIN_WEB_PORT", "8000")

# 127.0.0.1 is the vendor's; each municipality has the next one, for clients that cannot resolve *.localhost.
bind = [f"127.0.0.{number}:{_PORT}" for number in range(1, 10)]
worker_class = "gthread"
workers = 2
threads = 1
keepalive = 30
timeout = 60
graceful_timeout = 10
limit_request_line = 8190  # filters on lists of URLs are long
worker_tmp_dir = "/dev/shm"  # noqa: S108  # the heartbeat should not wait for a disk
control_socket_disable = True
accesslog = None  # a query string may hold a BSN; the application logs requests without it
errorlog = "-"
preload_app = True


def when_ready(server: Any) -> None:  # noqa: ANN401  # gunicorn has no types
    """Keep the loaded code out of the collector, so that its pages stay shared between the workers."""
    del server
    gc.collect()
    gc.freeze()
