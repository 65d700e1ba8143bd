from __future__ import annotations

import re

from django.http import HttpResponse
from django.test import RequestFactory

from screens.confirm import Question, TypeTheName, ask
from screens.pages import go_to, show
from screens.shell import Shell

FRAGMENT = "screens/confirm_fragment.html"
CONTEXT = {
    "question": Question("Houten archiveren", ["Terughalen kan niet."], "Archiveer Houten", "/houten"),
    "form": TypeTheName(name="Houten"),
}


def title(response: HttpResponse) -> str:
    found = re.search("<title>(.*?)</title>", response.content.decode())
    assert found
    return found[1]


def test_the_title_names_page_organisation_and_product(rf: RequestFactory, shell: Shell) -> None:
    response = show(rf.get("/"), "screens/confirm.html", CONTEXT, shell=shell)

    assert title(response) == "Houten archiveren - Stadhoek - Zaakplein"


def test_the_title_of_a_refused_form_begins_with_the_error(rf: RequestFactory, shell: Shell) -> None:
    response = show(rf.get("/"), "screens/confirm.html", CONTEXT, shell=shell, status=422)

    assert title(response) == "Fout: Houten archiveren - Stadhoek - Zaakplein"


def test_htmx_gets_the_fragment_alone(htmx: RequestFactory, shell: Shell) -> None:
    response = show(htmx.get("/"), "screens/confirm.html", CONTEXT, shell=shell, fragment=FRAGMENT)

    assert b"<html" not in response.content
    assert b'id="formulier"' in response.content


def test_a_refused_fragment_carries_its_title(htmx: RequestFactory, shell: Shell) -> None:
    refused = TypeTheName({"typed": "Gouda"}, name="Houten")
    question = Question("Houten archiveren", [], "Archiveer Houten", "/houten")
    response = ask(htmx.post("/"), question, refused, shell=shell)

    assert response.status_code == 422
    assert title(response) == "Fout: Houten archiveren - Stadhoek - Zaakplein"


def test_a_link_that_htmx_follows_gets_the_whole_page(shell: Shell) -> None:
    boosted = RequestFactory(headers={"HX-Request": "true", "HX-Boosted": "true"})
    response = show(boosted.get("/"), "screens/confirm.html", CONTEXT, shell=shell, fragment=FRAGMENT)

    assert b"<html" in response.content


def test_page_and_fragment_are_told_apart_by_a_cache(rf: RequestFactory, shell: Shell) -> None:
    response = show(rf.get("/"), "screens/confirm.html", CONTEXT, shell=shell, fragment=FRAGMENT)

    assert "HX-Request" in response["Vary"]


def test_a_page_lets_nothing_in_from_elsewhere(rf: RequestFactory, shell: Shell) -> None:
    response = show(rf.get("/"), "screens/confirm.html", CONTEXT, shell=shell)

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["Cache-Control"] == "no-store"


def test_the_menu_says_where_one_is(rf: RequestFactory, shell: Shell) -> None:
    response = show(rf.get("/"), "screens/confirm.html", CONTEXT, shell=shell)

    assert re.findall('href="(/[a-z]+)" aria-current="page"', response.content.decode()) == ["/gemeenten"]


def test_signing_out_is_a_post(rf: RequestFactory, shell: Shell) -> None:
    page = show(rf.get("/"), "screens/confirm.html", CONTEXT, shell=shell).content.decode()

    assert '<form method="post" action="/uitloggen"><input type="hidden" name="csrfmiddlewaretoken"' in page


def test_after_a_change_one_goes_on_by_get(rf: RequestFactory) -> None:
    response = go_to(rf.post("/"), "/gemeenten")

    assert (response.status_code, response["Location"]) == (303, "/gemeenten")


def test_htmx_is_told_to_go_there_with_the_whole_page(htmx: RequestFactory) -> None:
    response = go_to(htmx.post("/"), "/gemeenten")

    assert (response.status_code, response["HX-Redirect"]) == (200, "/gemeenten")
