"""Afspraken: service levels and calendars, on the vendor's console."""

from django.urls import path

from contracts.views import calendars, levels

urlpatterns = [
    path("standaard/", calendars.begin_agreements, name="begin_agreements"),
    path("serviceniveaus/", levels.serviceniveaus, name="serviceniveaus"),
    path("serviceniveaus/nieuw/", levels.new_level, name="new_level"),
    path("serviceniveaus/<int:pk>/", levels.serviceniveau, name="serviceniveau"),
    path("serviceniveaus/<int:pk>/versie/", levels.publish_level_version, name="publish_level"),
    path("serviceniveaus/<int:pk>/wanneer/", levels.when_ready, name="when_ready"),
    path("kalenders/", calendars.kalenders, name="kalenders"),
    path("kalenders/nieuw/", calendars.new_calendar, name="new_calendar"),
    path("kalenders/<int:pk>/", calendars.kalender, name="kalender"),
    path("kalenders/<int:pk>/versie/", calendars.publish_calendar_version, name="publish_calendar"),
    path("kalenders/<int:pk>/feestdagen/<int:year>/", calendars.confirm_holidays, name="confirm_holidays"),
]
