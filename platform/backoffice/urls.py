"""The pages of this console."""

from django.urls import include, path

from backoffice.views import (
    beheerder,
    gemeente,
    gemeenten,
    looking,
    nieuw,
    overdrachten,
    partners,
    revealing,
    taken,
    vandaag,
)

urlpatterns = [
    path("", vandaag.vandaag, name="home"),
    path("gemeenten/", gemeenten.gemeenten, name="gemeenten"),
    path("gemeenten/nieuw/", nieuw.new_gemeente, name="new_gemeente"),
    path("gemeenten/nieuw/<uuid:draft>/controle/", nieuw.check_gemeente, name="check_gemeente"),
    path(
        "gemeenten/nieuw/<uuid:draft>/beheerder/",
        nieuw.administrator_of_gemeente,
        name="administrator_of_gemeente",
    ),
    path("gemeenten/nieuw/<uuid:draft>/<slug:step>/", nieuw.step_of_gemeente, name="step_of_gemeente"),
    path("gemeenten/<int:pk>/", gemeente.gemeente, name="gemeente"),
    path("gemeenten/<int:pk>/staat/", gemeente.change_gemeente, name="change_gemeente"),
    path("gemeenten/<int:pk>/beeindigen/", gemeente.end_gemeente, name="end_gemeente"),
    path("gemeenten/<int:pk>/welkomstbrief/", gemeente.welcome_letter, name="welcome_letter"),
    path("gemeenten/<int:pk>/beheerder/", beheerder.invite_administrator, name="invite_administrator"),
    path(
        "gemeenten/<int:pk>/beheerder/intrekken/",
        beheerder.withdraw_administrator,
        name="withdraw_administrator",
    ),
    path("taken/", taken.taken, name="taken"),
    path("taken/<uuid:job>/", taken.taak, name="taak"),
    path("taken/<uuid:job>/herhalen/", taken.repeat_step, name="repeat_step"),
    path("taken/<uuid:job>/opnieuw/", taken.begin_job_again, name="begin_job_again"),
    path("taken/<uuid:job>/afbreken/", taken.abandon_job, name="abandon_job"),
    path("overdrachten/", overdrachten.overdrachten, name="overdrachten"),
    path("overdrachten/<int:pk>/", overdrachten.overdracht, name="overdracht"),
    path("overdrachten/<int:pk>/voorbereiden/", overdrachten.prepare_handover, name="prepare_handover"),
    path("overdrachten/<int:pk>/taken/<int:task>/", overdrachten.task_of_handover, name="task_of_handover"),
    path("overdrachten/<int:pk>/<slug:act>/", overdrachten.sign_handover, name="sign_handover"),
    path("partners/", partners.partners, name="partners"),
    path("partners/<int:pk>/", partners.partner, name="partner"),
    path("toegang/", include("access.urls.vendor")),
    path("toegang/<int:pk>/zaken/", looking.grant_zaken, name="grant_zaken"),
    path("toegang/<int:pk>/zaken/<uuid:key>/", looking.grant_zaak, name="grant_zaak"),
    path("toegang/<int:pk>/zaaktypen/", looking.grant_zaaktypen, name="grant_zaaktypen"),
    path("toegang/<int:pk>/zaaktypen/<uuid:key>/", looking.grant_zaaktype, name="grant_zaaktype"),
    path("toegang/<int:pk>/tonen/<slug:kind>/<uuid:key>/<str:member>/", revealing.reveal, name="reveal"),
    path("", include("tenants.accounts.urls")),
]
