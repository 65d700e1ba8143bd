from __future__ import annotations

from django.http import HttpResponse
from django.test import RequestFactory

from screens.policy import PolicyMiddleware, protect


def test_a_login_elsewhere_may_be_led_on_to() -> None:
    response = protect(HttpResponse(), form_actions=["https://login.example"])

    assert "form-action 'self' https://login.example;" in response["Content-Security-Policy"]


def test_what_a_view_says_itself_stays() -> None:
    response = HttpResponse()
    response["Cache-Control"] = "private, max-age=60"

    assert protect(response)["Cache-Control"] == "private, max-age=60"


def test_pages_of_a_package_are_protected_too(rf: RequestFactory) -> None:
    response = PolicyMiddleware(lambda request: HttpResponse())(rf.get("/"))

    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
