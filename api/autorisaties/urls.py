"""The Autorisaties API, under ``/autorisaties/api/v1``."""

from api.autorisaties.resources.applicatie import AUTORISATIES, ApplicatieResource
from api.autorisaties.resources.verklaring import VerklaringResource
from api.pipeline.router import routes

urlpatterns = routes(AUTORISATIES, [ApplicatieResource, VerklaringResource])
