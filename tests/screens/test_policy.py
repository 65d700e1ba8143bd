from __future__ import annotations

from django.http import HttpResponse

from screens.policy import protect


def test_a_page_is_framed_by_nobody_and_sends_its_forms_home() -> None:
    policy = protect(HttpResponse())["Content-Security-Policy"]

    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy


def test_what_a_view_says_itself_stays() -> None:
    response = HttpResponse()
    response["Cache-Control"] = "private, max-age=60"

    assert protect(response)["Cache-Control"] == "private, max-age=60"
