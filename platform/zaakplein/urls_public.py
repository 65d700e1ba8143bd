"""What the vendor's hosts answer."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from zaakplein.health import livez, readyz, readyz_worker

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", livez),
    path("readyz", readyz),
    path("readyz/worker", readyz_worker),
    path("", include("backoffice.urls")),
    path("", include("vendor_api.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("componenten/", include("screens.components")))

handler400 = "zaakplein.handlers.bad_request"
handler403 = "zaakplein.handlers.forbidden"
handler404 = "zaakplein.handlers.not_found"
handler500 = "zaakplein.handlers.server_error"
