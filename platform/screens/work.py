"""The page of long work: it shows the steps, and asks again every two seconds until they have ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRefresh

from screens.badges import Badge
from screens.pages import show, wants_fragment
from screens.parts import Crumb, Task
from screens.policy import protect
from screens.shell import Shell


@dataclass(frozen=True)
class Work:
    """``ended``: nothing more changes by itself. ``failure`` is what went wrong, ``remedy`` what now."""

    title: str
    state: str | Badge
    tasks: Sequence[Task]
    ended: bool
    facts: Sequence[str] = ()
    failure: str = ""
    remedy: str = ""


def show_work(
    request: HttpRequest,
    work: Work,
    *,
    shell: Shell,
    crumbs: Sequence[Crumb] = (),
    template: str = "screens/work.html",
    **context: Any,  # for blocks of a template of one's own
) -> HttpResponse:
    """The steps and the state for htmx, and the whole page at the end; without script a link looks again."""
    if work.ended and wants_fragment(request):
        return protect(HttpResponseClientRefresh())
    return show(
        request,
        template,
        {"work": work, "crumbs": crumbs, **context},
        shell=shell,
        fragment="screens/work_fragment.html",
    )
