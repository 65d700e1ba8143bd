"""What the web server serves."""

import os
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaakplein.settings")


class Utf8Request(WSGIRequest):
    """Query and form are UTF-8, whatever the charset of the Content-Type says.

    Python knows charsets that are none, on which Django fails before any middleware, and some that give
    surrogates, on which everything after it fails.
    """

    @property
    def encoding(self) -> str | None:
        return None

    @encoding.setter
    def encoding(self, _: str | None) -> None:
        """Not the caller's to say."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        """One of which the parameters cannot be read is none; Django fails on it before any middleware."""
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # not in the stubs
        except ValueError:
            self.content_type, self.content_params = "", {}


WSGIHandler.request_class = Utf8Request
application = get_wsgi_application()
