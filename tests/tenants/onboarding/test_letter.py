"""What the welcome letter says."""

from __future__ import annotations

from django.utils import timezone

from tenants.jobs.kinds import Work
from tenants.jobs.models import Job
from tenants.onboarding.letter import as_html
from tenants.registry.models import Municipality


def test_of_keys_it_says_who_makes_them(haarlem: Municipality) -> None:
    job = Job(given={"administrator_name": "", "administrator_email": "", "catalogue": "none"})
    html = as_html(haarlem, Work(job, haarlem, {}, timezone.now(), lambda _done, _all: None))

    assert "Sleutels voor uw applicaties maakt uw leverancier" in html
