"""The page of all components. Mounted, and rendered by its command, only with DEBUG."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import override

from screens.badges import STATES
from screens.confirm import Question, TypeTheName, ask
from screens.errors import error_page
from screens.pages import go_to, show
from screens.parts import Crumb
from screens.samples import HERE, sample_shell, samples
from screens.work import Work, show_work

LANGUAGES = ("nl", "en")


def components(request: HttpRequest, theme: str, language: str) -> HttpResponse:
    with override(language if language in LANGUAGES else "nl"):
        shell = sample_shell(gemeente=theme == "gemeente")
        return show(request, "screens/components.html", samples(), shell=shell)


def confirm(request: HttpRequest) -> HttpResponse:
    form = TypeTheName(request.POST or None, name="Houten")
    if request.method == "POST" and form.is_valid():
        return go_to(request, request.path)
    question = Question(
        title="Houten archiveren",
        consequences=["De gegevens van Houten zijn overgedragen. Terughalen kan niet."],
        submit="Archiveer Houten",
        cancel=HERE,
        crumbs=[Crumb("Houten", HERE)],
    )
    return ask(request, question, form, shell=sample_shell(gemeente=False))


def work(request: HttpRequest) -> HttpResponse:
    shown = Work(
        title="Wijk bij Duurstede",
        state=STATES["in_inrichting"],
        tasks=samples()["tasks"],
        ended="klaar" in request.GET,
        failure="Het certificaat is niet afgegeven",
        remedy="Vraag de gemeente om het DNS-record.",
    )
    return show_work(request, shown, shell=sample_shell(gemeente=False), crumbs=[Crumb("Gemeenten", HERE)])


def wizard(request: HttpRequest) -> HttpResponse:
    known = samples()
    context = {
        "title": "Wijk bij Duurstede",
        "facts": ["Begonnen door R. Smit, vandaag 10:38"],
        "crumbs": known["crumbs"],
        "steps": known["steps"],
        "form": known["form"],
        "submit": "Volgende",
        "cancel": HERE,
    }
    return show(request, "screens/wizard.html", context, shell=sample_shell(gemeente=False))


def failure(request: HttpRequest, status: int) -> HttpResponse:
    return error_page(
        request, HTTPStatus(status), shell=sample_shell(gemeente=True), who="P. Mulder, A. Jansen"
    )


urlpatterns = [
    path("bevestigen/", confirm),
    path("werk/", work),
    path("stappen/", wizard),
    path("fout/<int:status>/", failure),
    path("<str:theme>/<str:language>/", components),
]
