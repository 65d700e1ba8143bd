"""Access, in the console of the vendor."""

from django.urls import path

from access.views import vendor

urlpatterns = [
    path("", vendor.toegang, name="toegang"),
    path("aanvragen/", vendor.ask_access, name="ask_access"),
    path("nood/", vendor.ask_emergency, name="ask_emergency"),
    path("<int:pk>/", vendor.show_grant, name="grant"),
    path("<int:pk>/intrekken/", vendor.retract_request, name="retract_access"),
    path("<int:pk>/teruggeven/", vendor.give_back_access, name="give_back_access"),
    path("<int:pk>/bevestigen/", vendor.confirm_emergency, name="confirm_emergency"),
    path("<int:pk>/verantwoorden/", vendor.account_for, name="account_for"),
]
