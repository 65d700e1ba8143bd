"""Filters of the lists."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from rest_framework import serializers

from api.pipeline.validate import references
from api.pipeline.validate.filters import NO_KEY, Filter, LinkTo, Wrong
from api.pipeline.words.caller import Caller
from api.selectielijst.addresses import canonical
from api.selectielijst.models import Procestype


class LinkToProcestype(LinkTo):
    """The URL of a procestype, here or on a public server that has the same list."""

    def __init__(self) -> None:
        super().__init__("procestype", Procestype)

    def parse(self, value: Any, caller: Caller) -> UUID:
        if not references.is_url(value):
            raise Wrong("invalid", "Voer een geldige URL in.")
        stored = canonical(references.stored(value, caller), caller.municipality)
        reference = references.find_stored(stored)
        if reference is None or reference.resource.model is not self.target:
            return NO_KEY
        return reference.uuid


class WithAliases(Filter):
    """Each word once by default; those under another server's uuid too where asked."""

    explanation = "Ook de uuids die andere servers aan een omschrijving gaven."
    default = False

    def __init__(self) -> None:
        super().__init__(serializers.BooleanField(), {"type": "boolean", "default": False})

    def condition(self, value: bool) -> Q:  # noqa: FBT001 - what the client gives
        return Q() if value else Q(alias_van=None)
