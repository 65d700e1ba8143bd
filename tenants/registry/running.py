"""A share of the web for each municipality and for each application in it, never the whole.

Past its share a request waits a moment for another of its own kind to end; when too many wait, or it
takes too long, the answer is 503 with ``Retry-After``. So the threads that are left serve the others.

Of a share a part is all that strangers have, who bring no token and are not signed in: open lists, signing
in. A token that is false helps nobody: what asks for one ends at once without a good one, and what asks for
none is counted among those without. On the pages of a console a token says nothing; being signed in does.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from redis.exceptions import RedisError

from tenants.registry.probe_pass import is_our_probe
from tenants.registry.problem import problem
from tenants.registry.tally import tally

PATIENCE_SECONDS = 1.0
PAUSE_SECONDS = 0.02
RETRY_AFTER_SECONDS = "1"

# no names, so that no municipality or application can be called so
VENDOR = object()
WAITING = object()
STRANGER = object()
ASKING = object()
LARGE = object()
UPLOAD = object()
LARGE_BYTES = 64 * 1024
LIVENESS = "/livez"
"""Asked by what ends a process that does not answer: a busy one is not to be ended."""


class TooManyRunning(Exception):
    """A municipality or an application has as much running as it may."""


class Share:
    """The places that one request of this owner holds."""

    def __init__(self, owner: object) -> None:
        self.owner = owner
        self.is_of_stranger = False
        self._held: list[object] = []

    def enter(self, name: object, most: int, *, patient: bool = True) -> None:
        """Take a place; raises ``TooManyRunning`` where none comes free in time."""
        if not (tally.add(name, most) or (patient and self._comes_free(name, most))):
            raise TooManyRunning
        self._held.append(name)

    def enter_stranger(self, *, patient: bool = True) -> None:
        """Take one of the places of strangers; raises as ``enter`` does."""
        if not self.is_of_stranger:
            self.is_of_stranger = True
            self.enter((self.owner, STRANGER), settings.RUNNING_STRANGERS, patient=patient)

    def is_signed_in(self, session: SessionBase) -> bool:
        """Asks Redis, which may be slow, so few ask at once; what it said is kept for the pages."""
        if session.session_key is None:
            return False
        asking = (self.owner, ASKING)
        self.enter(asking, settings.RUNNING_PER_MUNICIPALITY)
        try:
            return SESSION_KEY in session
        except RedisError:
            return False  # the page that needs to know says what is away
        finally:
            self._held.remove(asking)
            tally.remove(asking)

    def leave(self) -> None:
        """Give every place back; again does nothing."""
        while self._held:
            tally.remove(self._held.pop())

    def _comes_free(self, name: object, most: int) -> bool:
        """Whether a place came free, and is taken now."""
        held: list[object] = []
        try:
            for place, bound in self._places_to_wait():
                if not tally.add(place, bound):
                    return False
                held.append(place)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while time.monotonic() < deadline:
                time.sleep(PAUSE_SECONDS)
                if tally.add(name, most):
                    return True
        finally:
            for place in held:
                tally.remove(place)
        return False

    def _places_to_wait(self) -> Iterator[tuple[object, int]]:
        """Those that wait hold threads, so they are few; the last place is never for who has the others."""
        if self.is_of_stranger:
            yield (self.owner, STRANGER, WAITING), max(1, settings.RUNNING_WAITING // 2)
        yield (self.owner, WAITING), max(1, settings.RUNNING_WAITING - 1)
        yield WAITING, settings.RUNNING_WAITING


class ShareMiddleware:
    """Gives back what a request held when its answer has left, whatever became of it on the way out.

    Comes after the host was found to be somebody's, and before all that may answer in place of another.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        share = request.share = Share(_owner(request))  # type: ignore[attr-defined]  # where the others find it
        try:
            response = self.get_response(request)
        except BaseException:
            share.leave()
            raise
        # As Django itself closes what a response streams; gunicorn closes a response whatever happens.
        response._resource_closers.append(share.leave)  # type: ignore[attr-defined]  # noqa: SLF001
        return response


class RunningMiddleware:
    """Takes the places of a request. Comes after a console's request got its session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        share: Share = request.share  # type: ignore[attr-defined]
        if (share.owner is VENDOR and request.path == LIVENESS) or is_our_probe(request):
            return self.get_response(request)
        try:
            if is_strange(request, share):
                share.enter_stranger()
            if is_large(request):
                share.enter(*_large(request, share))
            share.enter(share.owner, settings.RUNNING_PER_MUNICIPALITY)
        except TooManyRunning:
            return too_busy()
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], *_: object
    ) -> HttpResponseBase | None:
        """What asks for no token is no place for those that bring one."""
        share: Share = request.share  # type: ignore[attr-defined]
        if has_no_tokens(request) or asks_for_token(view) or is_our_probe(request):
            return None
        try:
            # at once: its place in the municipality is held by now
            share.enter_stranger(patient=False)
        except TooManyRunning:
            return too_busy()
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A view that found no place for its application."""
        return too_busy() if isinstance(exception, TooManyRunning) else None


def enter_application(request: HttpRequest, client_id: str) -> None:
    """Take a place for a proven client; raises ``TooManyRunning``, which becomes a 503 by itself."""
    share: Share = request.share  # type: ignore[attr-defined]  # the middleware put it there
    if client_id:
        share.enter((_owner(request), client_id), settings.RUNNING_PER_APPLICATION)


def asks_for_token(view: Callable[..., object]) -> bool:
    """Whether only who brings a good token gets any further."""
    resource = getattr(view, "cls", None)
    return resource is not None and hasattr(resource, "is_open") and not resource.is_open()


def is_strange(request: HttpRequest, share: Share) -> bool:
    """Whether somebody without a token asks, or on a console somebody who is not signed in."""
    session: SessionBase | None = getattr(request, "session", None)
    if session is not None:
        return not share.is_signed_in(session)
    return not has_no_tokens(request) and "Authorization" not in request.headers


def has_no_tokens(request: HttpRequest) -> bool:
    """On the pages of a console, which alone have sessions; and where the vendor's own probes ask."""
    of_probes = _owner(request) is VENDOR and not request.path.startswith(settings.VENDOR_API_PATH)
    return hasattr(request, "session") or of_probes


def is_large(request: HttpRequest) -> bool:
    """Whether reading the body keeps Python busy, and with it every other request of that worker."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > LARGE_BYTES


def is_streamed(request: HttpRequest) -> bool:
    """Whether a large body is taken in piece by piece: content of a document."""
    return re.fullmatch(settings.UPLOAD_PATHS, request.path) is not None


def _large(request: HttpRequest, share: Share) -> tuple[object, int]:
    """Among which large bodies it counts, and how many of these there may be."""
    if is_streamed(request):
        return (share.owner, UPLOAD), settings.RUNNING_UPLOADS
    return (share.owner, LARGE), settings.RUNNING_LARGE


def _owner(request: HttpRequest) -> object:
    municipality = getattr(request, "municipality", None)
    return municipality.schema_name if municipality else VENDOR


def too_busy() -> HttpResponseBase:
    response = problem(
        status=503,
        code="too-many-requests-at-once",
        title="Het is te druk.",
        detail="Er lopen te veel verzoeken tegelijk. Probeer het zo dadelijk opnieuw.",
    )
    response["Retry-After"] = RETRY_AFTER_SECONDS
    # Whoever asks more than his share does not make it a fault of ours.
    response.found_no_place = True  # type: ignore[attr-defined]  # for who counts faults
    # The line of the request tells; this is no failure of ours that somebody has to be woken for.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return response
