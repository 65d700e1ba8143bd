"""The worker of gunicorn, whose threads take turns so that as few as possible of them work.

Each thread has a database connection of its own, which keeps plans and what it has read of each schema.
Where threads queue for work all of them go round, also when two would do; here who was free last works next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any

from gunicorn.workers.gthread import ThreadWorker


class Work:
    """A call, and where its answer goes."""

    def __init__(self, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        self.future: Future[Any] = Future()
        self._call = call
        self._arguments = arguments

    def do(self) -> None:
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            answer = self._call(*self._arguments)
        except BaseException as failure:  # noqa: BLE001  # it belongs to who asks for the answer
            self.future.set_exception(failure)
        else:
            self.future.set_result(answer)


Inbox = SimpleQueue[Work | None]


class Threads:
    """At most so many, as gunicorn uses a pool: calls wait in their order where all of them are busy."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._started = 0
        self._free: list[Inbox] = []
        self._waiting: deque[Work] = deque()
        self._stopped = False

    def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Raises ``RuntimeError`` after ``shutdown``."""
        work = Work(call, arguments)
        with self._lock:
            if self._stopped:
                raise RuntimeError("The threads were told to stop.")
            if self._free:
                self._free.pop().put(work)
            elif self._started < self._most:
                self._start().put(work)
            else:
                self._waiting.append(work)
        return work.future

    def shutdown(self, *, wait: bool) -> None:
        """What was submitted is still done; nobody waits for it here, since the worker did."""
        del wait
        with self._lock:
            self._stopped = True
            while self._free:
                self._free.pop().put(None)

    def _start(self) -> Inbox:
        inbox: Inbox = SimpleQueue()
        Thread(target=self._serve, args=(inbox,), daemon=True).start()
        self._started += 1
        return inbox

    def _serve(self, inbox: Inbox) -> None:
        while work := inbox.get():
            work.do()
            del work  # what it holds should not stay until the next comes
            self._take_turn(inbox)

    def _take_turn(self, inbox: Inbox) -> None:
        with self._lock:
            if self._waiting:
                inbox.put(self._waiting.popleft())
            elif self._stopped:
                inbox.put(None)
            else:
                self._free.append(inbox)


class Worker(ThreadWorker):
    """Gunicorn's threaded worker with these threads."""

    def get_thread_pool(self) -> Threads:
        return Threads(self.cfg.threads)
