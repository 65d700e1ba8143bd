"""A visit in words, for both consoles."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenants.visits.models import Visit


def what_of(visit: Visit) -> str:
    """The page, and of which member the value was shown."""
    if not visit.member:
        return str(visit.get_page_display())
    return _("%(page)s, waarde van %(member)s") % {"page": visit.get_page_display(), "member": visit.member}
