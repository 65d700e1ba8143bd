"""Between the names on the wire and the names of attributes."""

from __future__ import annotations

import re

_UPPER = re.compile(r"(?<!^)([A-Z])")


def attribute_of(wire_name: str) -> str:
    """``einddatumGepland`` -> ``einddatum_gepland``."""
    return _UPPER.sub(lambda match: "_" + match[1].lower(), wire_name)
