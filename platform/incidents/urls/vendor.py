"""Incidents, in the console of the vendor."""

from django.urls import path

from incidents.views import concerned, vendor

urlpatterns = [
    path("", vendor.storingen, name="storingen"),
    path("nieuw/", vendor.new_incident, name="new_incident"),
    path("<int:pk>/", vendor.show_incident, name="incident"),
    path("<int:pk>/gemeenten/", concerned.concerned, name="concerned"),
    path("<int:pk>/gemeenten/toevoegen/", concerned.add_concerned, name="add_concerned"),
    path("<int:pk>/gemeenten/afhalen/", concerned.release_concerned, name="release_concerned"),
    path("<int:pk>/<slug:act>/", vendor.say_of_incident, name="say_of_incident"),
]
