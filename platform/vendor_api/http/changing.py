"""A thing that is changed by acts, each of which says what the caller saw of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from django.db import models
from django.http import HttpResponse
from django.urls import reverse

from vendor_api.http.answers import answer, etag_of
from vendor_api.http.refusals import NotPossible
from vendor_api.http.viewset import Resource, check_unchanged

CREATED, ACCEPTED = HTTPStatus.CREATED, HTTPStatus.ACCEPTED
Act = Callable[[Any, Any], object]
"""It is given the thing, locked, and the body where there is one."""


class Changeable(Resource, ABC):
    """A subclass says how one of its things is read and shown, and by which exception an act is refused.

    ``changing`` names the actions that are ``changed``.
    """

    model: ClassVar[type[models.Model]]
    refused: ClassVar[type[Exception] | tuple[type[Exception], ...]]
    page_of_one: ClassVar[str]
    """The name of the path of one of them."""

    @abstractmethod
    def one(self, pk: Any) -> Any:
        """Raises NotFound for what the key does not see."""

    @abstractmethod
    def members(self, found: Any) -> dict[str, Any]:
        """As it is shown."""

    def changed(self, pk: Any, act: Act, *, takes_body: bool = False, status: int = 200) -> HttpResponse:
        """The thing as the act left it; 201 where something was added to it."""
        return self.done_once(lambda body: self._changed(pk, act, body, status), takes_body=takes_body)

    def made(self, pk: Any) -> HttpResponse:
        """What is answered once it was added."""
        return self._shown(self.one(pk), CREATED)

    def address_of(self, pk: Any) -> str:
        return self.request.build_absolute_uri(reverse(self.page_of_one, args=[pk]))

    def _changed(self, pk: Any, act: Act, body: Any, status: int) -> HttpResponse:
        self.one(pk)
        # Whoever comes second waits, and sees another state than he saw before.
        self.model._base_manager.select_for_update().get(pk=pk)
        found = self.one(pk)
        check_unchanged(self.request, etag_of(self.members(found)))
        try:
            act(found, body)
        except self.refused as refused:
            raise NotPossible(str(refused)) from refused
        return self._shown(self.left(pk), status)

    def left(self, pk: Any) -> Any:
        """The thing as the act left it: as ``one``, but where the caller sees it no more by what was done."""
        return self.one(pk)

    def _shown(self, found: Any, status: int) -> HttpResponse:
        members = self.members(found)
        response = answer(members, status)
        response["ETag"] = etag_of(members)
        if status in {CREATED, ACCEPTED}:
            response["Location"] = self.address_of(found.pk)
        return response
