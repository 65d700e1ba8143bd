"""The selectielijst and the reference lists, under ``/selectielijst/api/v1``."""

from api.pipeline.router import routes
from api.selectielijst.resources import (
    SELECTIELIJST,
    CommunicatiekanaalResource,
    ProcestypeResource,
    ResultaatResource,
    ResultaattypeomschrijvingResource,
)

urlpatterns = routes(
    SELECTIELIJST,
    [
        ProcestypeResource,
        ResultaatResource,
        ResultaattypeomschrijvingResource,
        CommunicatiekanaalResource,
    ],
)
