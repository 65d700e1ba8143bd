"""What each page of a console knows besides its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tenants.accounts.middleware import is_console
from tenants.accounts.shell import shell_of
from tenants.accounts.side import current_side


def console(request: HttpRequest) -> Mapping[str, Any]:
    """What stands around a page that a package shows, as `show_page` gives it to ours."""
    if not is_console(request):
        return {}
    return {
        "console_name": SimpleLazyObject(lambda: current_side().name()),
        "shell": SimpleLazyObject(lambda: shell_of(request)),
        "toast": SimpleLazyObject(lambda: " ".join(str(message) for message in get_messages(request))),
    }
