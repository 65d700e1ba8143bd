"""The object that a write belongs to: the zaak of a status, or the object itself.

On it the caller is judged, its trail tells of the write, and its lock keeps two writes around one zaak
apart. Guards and rules ask for it here, and so hold for every resource, whatever its key is called.
"""

from __future__ import annotations

import copy
from typing import Any

from api.pipeline.declare.write import Write
from api.pipeline.words.refusals import NotFound


def main_of(write: Write) -> Any:
    """The object that the write belongs to."""
    main = write.resource.main
    return write.instance if main is None else write.value(main)


def main_before(write: Write) -> Any:
    """What it belongs to as things are; ``None`` when there is nothing yet."""
    if write.instance is None:
        return None
    main = write.resource.main
    return write.instance if main is None else getattr(write.instance, main)


def main_after(write: Write) -> Any:
    """What it would belong to; ``None`` where the write says nothing about that."""
    if write.resource.main is not None:
        return write.data.get(write.resource.main)
    model = write.resource.model
    columns = {field.name for field in model._meta.concrete_fields}
    proposed = copy.copy(write.instance) if write.instance is not None else model()
    for name, value in write.data.items():
        if name in columns:
            setattr(proposed, name, value)
    return proposed


def mains(write: Write) -> list[Any]:
    """The one and the other, where they are there."""
    return [main for main in (main_before(write), main_after(write)) if main is not None]


def lock_main(write: Write) -> None:
    """Lock it, so that two writes around one zaak happen one after the other; ``NotFound`` if it went."""
    name = write.resource.main
    if name is None:
        return
    main = write.data[name] if name in write.data else getattr(write.instance, name)
    locked = write.resource.main_resource().lockable().filter(pk=main.pk).first()
    if locked is None:
        raise NotFound
    if name in write.data:
        write.data[name] = locked
    if write.instance is not None and getattr(write.instance, f"{name}_id") == locked.pk:
        setattr(write.instance, name, locked)
