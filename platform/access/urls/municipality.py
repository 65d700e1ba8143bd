"""Access of the vendor, in the console of a municipality."""

from django.urls import path

from access.views import municipality

urlpatterns = [
    path("", municipality.toegang, name="toegang"),
    path("noodtoegang/", municipality.emergencies, name="emergencies"),
    path("<int:pk>/", municipality.show_grant, name="grant"),
    path("<int:pk>/besluit/", municipality.decide, name="decide_access"),
    path("<int:pk>/weigeren/", municipality.refuse_access, name="refuse_access"),
    path("<int:pk>/stoppen/", municipality.stop_access, name="stop_access"),
    path("<int:pk>/persoonsgegevens/", municipality.unmask_access, name="unmask_access"),
    path("<int:pk>/oordeel/", municipality.judge_emergency, name="judge_emergency"),
]
