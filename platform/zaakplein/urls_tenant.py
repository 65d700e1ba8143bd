"""What a municipality's host answers."""

from django.conf import settings
from django.urls import include, path

from api.documenten.content.admission import admit
from zaakplein.health import served

urlpatterns = [
    path("readyz", served),
    path("_upload", admit),
    *(path(f"{api}/api/v1/", include(f"api.{api}.urls")) for api in settings.APIS),
    path("beheer/", include("tenants.console.urls")),
    path("", include("api.pipeline.describe.documentation.urls")),
]

handler400 = "zaakplein.handlers.bad_request"
handler403 = "zaakplein.handlers.forbidden"
handler404 = "zaakplein.handlers.not_found"
handler500 = "zaakplein.handlers.server_error"
