"""What a municipality's host answers."""

from django.urls import include, path

urlpatterns = [
    path("autorisaties/api/v1/", include("api.autorisaties.urls")),
    path("catalogi/api/v1/", include("api.catalogi.urls")),
    path("zaken/api/v1/", include("api.zaken.urls")),
]

handler404 = "api.pipeline.errors.not_found"
handler500 = "api.pipeline.errors.server_error"
