"""What a URL of the selectielijst stands for: read here, or fetched where the municipality has it from.

The lists of the well-known public servers stand in this house, so their URLs ask no network. A
municipality may set another base (``manage.py set_selectielijst``), whose answers are kept for an
hour in its own cache. Any other URL is fetched each time, and trusted no further than its form.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from api.clients.client import NOBODY
from api.pipeline.represent.representation import one_document
from api.pipeline.sql.compiled import Bindings
from api.pipeline.sql.tree import EMPTY
from api.pipeline.validate import outgoing
from api.pipeline.validate.fields.duration import is_duration
from api.pipeline.validate.outgoing import BadUrl, InvalidResource
from api.pipeline.validate.references import PREFIX, find_stored, is_url, parsed
from api.pipeline.words.caller import Caller
from api.selectielijst.addresses import canonical
from api.selectielijst.resources import (
    CommunicatiekanaalResource,
    ProcestypeResource,
    ResultaatResource,
    ResultaattypeomschrijvingResource,
    SelectielijstResource,
)
from tenants.registry.models import Municipality

CACHE_SECONDS = 3600

Check = Callable[[Any], bool]


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_term(value: Any) -> bool:
    """A duration, or nothing where what it is about is kept for ever."""
    return value is None or (isinstance(value, str) and is_duration(value))


@dataclass(frozen=True, slots=True)
class Form:
    """What members must hold, and what they are taken to hold where a server leaves them out."""

    resource: type[SelectielijstResource]
    members: Mapping[str, Check]
    optional: Mapping[str, Any] = field(default_factory=dict)


class Kind(Enum):
    """One of the lists."""

    PROCESTYPE = Form(
        ProcestypeResource,
        {"url": is_url, "naam": is_text, "omschrijving": is_text, "procesobject": is_text},
    )
    RESULTAAT = Form(
        ResultaatResource,
        {
            "url": is_url,
            "procesType": is_url,
            "naam": is_text,
            "waardering": is_text,
            "procestermijn": is_text,
            "bewaartermijn": is_term,
        },
        optional={"procestermijn": "", "bewaartermijn": None},
    )
    RESULTAATTYPEOMSCHRIJVING = Form(
        ResultaattypeomschrijvingResource,
        {"url": is_url, "omschrijving": is_text, "definitie": is_text},
    )
    COMMUNICATIEKANAAL = Form(
        CommunicatiekanaalResource,
        {"url": is_url, "naam": is_text, "omschrijving": is_text},
    )

    @property
    def form(self) -> Form:
        return self.value

    @property
    def path(self) -> str:
        """``procestypen``."""
        return self.form.resource.path


def find(kind: Kind, url: str, municipality: Municipality, *, until: float = math.inf) -> Mapping[str, Any]:
    """The members of what the URL names, as the API gives them; inside the municipality.

    ``url`` and ``procesType`` have one form (``canonical``), so that they compare; others are not waited for
    beyond ``until``. Raises ``BadUrl``
    where nothing is found, ``InvalidResource`` where it is something else.
    """
    if _is_of_own_base(url, municipality):
        return _remembered(kind, url, municipality, until)
    local = canonical(url, municipality)
    if local.startswith(PREFIX):
        return _here(kind, local, municipality)
    return _fetched(kind, url, municipality, until)


def found(kind: Kind, url: str, caller: Caller) -> Mapping[str, Any]:
    """``find``, once in a request; what is not here is not asked for inside a transaction."""
    is_ours = canonical(url, caller.municipality).startswith(PREFIX)
    elsewhere = not is_ours or _is_of_own_base(url, caller.municipality)
    answer: Mapping[str, Any] = caller.asked.once(
        (kind, url),
        lambda: find(kind, url, caller.municipality, until=caller.asked.deadline()),
        elsewhere=elsewhere,
    )
    return answer


def _is_of_own_base(url: str, municipality: Municipality) -> bool:
    base = municipality.selectielijst_url
    return bool(base) and url.startswith(f"{base}/")


def _here(kind: Kind, url: str, municipality: Municipality) -> Mapping[str, Any]:
    reference = find_stored(url)
    if reference is None:
        raise BadUrl("no URL of the selectielijst")
    if reference.resource is not kind.form.resource:
        raise InvalidResource(f"a {reference.resource.noun}, not a {kind.form.resource.noun}")
    return _row(kind, reference.uuid, municipality)


def _row(kind: Kind, uuid: UUID, municipality: Municipality) -> Mapping[str, Any]:
    bindings = Bindings(NOBODY, timezone.localdate(), municipality.open_zaak_compatibility)
    rows = one_document(kind.form.resource, EMPTY).rows(bindings, uuid)
    if not rows:
        raise BadUrl("not in the list")
    members: Mapping[str, Any] = parsed(rows[0][0])
    return members


def _remembered(kind: Kind, url: str, municipality: Municipality, until: float) -> Mapping[str, Any]:
    """From the base that the municipality chose. What fails is asked again the next time."""
    key = f"selectielijst:{kind.path}:{sha256(url.encode()).hexdigest()}"
    # without Redis it takes longer, and that is all
    with suppress(RedisError):
        known: Mapping[str, Any] | None = cache.get(key)
        if known is not None:
            return known
    fetched = _fetched(kind, url, municipality, until)
    with suppress(RedisError):
        cache.set(key, fetched, timeout=CACHE_SECONDS)
    return fetched


def _fetched(kind: Kind, url: str, municipality: Municipality, until: float) -> Mapping[str, Any]:
    answer = outgoing.fetch(url, municipality, until=until)
    if not isinstance(answer, dict):
        raise InvalidResource("no JSON object")
    members = {**kind.form.optional, **answer}
    if not all(name in members and check(members[name]) for name, check in kind.form.members.items()):
        raise InvalidResource(f"not the form of a {kind.form.resource.noun}")
    links = [name for name, check in kind.form.members.items() if check is is_url]
    return {**members, **{name: canonical(members[name], municipality) for name in links}}
