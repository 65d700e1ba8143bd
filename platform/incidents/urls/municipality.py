"""Incidents, in the console of a municipality."""

from django.urls import path

from incidents.views import municipality

urlpatterns = [
    path("", municipality.storingen, name="storingen"),
    path("<int:pk>/", municipality.show_incident, name="incident"),
]
