"""What the vendor's hosts answer."""

from django.urls import include, path

from zaakplein.health import livez, readyz, readyz_worker

urlpatterns = [
    path("livez", livez),
    path("readyz", readyz),
    path("readyz/worker", readyz_worker),
    path("", include("backoffice.urls")),
]
handler404 = "api.pipeline.http.errors.not_found"
handler500 = "api.pipeline.http.errors.server_error"
