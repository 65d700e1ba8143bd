"""The formats as filters: {{ cents|money }}. What needs the time takes it: {{ moment|near:now }}."""

from __future__ import annotations

from django import template

from screens import formats

register = template.Library()

for written in (
    formats.clock,
    formats.day,
    formats.duration,
    formats.full_day,
    formats.long_day,
    formats.millions,
    formats.money,
    formats.near,
    formats.number,
    formats.percent,
    formats.remaining,
    formats.size,
    formats.took,
    formats.working_days_left,
):
    register.filter(written.__name__, written)
