"""What a municipality's host answers."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    *(path(f"{api}/api/v1/", include(f"api.{api}.urls")) for api in settings.APIS),
    path("beheer/", include("tenants.console.urls")),
    path("", include("api.pipeline.describe.documentation.urls")),
]

handler400 = "zaakplein.edge.bad_request"
handler404 = "api.pipeline.http.errors.not_found"
handler500 = "api.pipeline.http.errors.server_error"
