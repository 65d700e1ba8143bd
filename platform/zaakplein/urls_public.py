"""What the vendor's hosts answer."""

from django.urls import path

from zaakplein.health import livez, readyz, readyz_worker

urlpatterns = [
    path("livez", livez),
    path("readyz", readyz),
    path("readyz/worker", readyz_worker),
]
handler400 = "zaakplein.edge.bad_request"
handler404 = "api.pipeline.http.errors.not_found"
handler500 = "api.pipeline.http.errors.server_error"
