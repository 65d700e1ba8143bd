"""What a municipality's host answers."""

from django.urls import include, path

urlpatterns = [
    path("catalogi/api/v1/", include("api.catalogi.urls")),
]

handler404 = "api.pipeline.errors.not_found"
handler500 = "api.pipeline.errors.server_error"
