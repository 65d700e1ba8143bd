from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 70, 17


def spark(values: Sequence[float]) -> SafeString:
    """The shape of some values beside a number that says the last; nothing for fewer than two."""
    if len(values) < 2:  # noqa: PLR2004  # a line has two ends
        return SafeString("")
    lowest, spread = min(values), (max(values) - min(values)) or 1
    points = " ".join(
        f"{1 + place * WIDTH / (len(values) - 1):.1f},{18 - (value - lowest) / spread * (HEIGHT - 2):.1f}"
        for place, value in enumerate(values)
    )
    return format_html(
        '<svg class="zp-spark" viewBox="0 0 72 20" aria-hidden="true"><polyline points="{}"/></svg>', points
    )
