"""The public servers whose lists stand here, and their URLs as we keep our own."""

from __future__ import annotations

from urllib.parse import urlsplit

from api.pipeline.validate.references import PREFIX, is_url
from tenants.registry.models import Municipality

WELL_KNOWN_HOSTS = frozenset(("selectielijst.openzaak.nl", "referentielijsten-api.vng.cloud"))
THEIR_ROOT = "/api/v1/"
OUR_ROOT = "/selectielijst/api/v1/"
DEFAULT_PORTS = (None, 80, 443)


def canonical(url: str, municipality: Municipality) -> str:
    """The one URL of what stands here, whichever server it names; every other URL as it is.

    ``https://selectielijst.openzaak.nl/api/v1/procestypen/…`` and the municipality's own
    ``https://haarlem.example.nl/selectielijst/api/v1/procestypen/…`` give
    ``zaakplein:/selectielijst/api/v1/procestypen/…``, with the uuid in lower case.
    """
    if url.startswith(PREFIX):
        return url.lower()
    if not is_url(url):
        return url
    parts = urlsplit(url)
    if parts.port not in DEFAULT_PORTS:
        return url
    if parts.hostname in WELL_KNOWN_HOSTS:
        path = OUR_ROOT + parts.path.removeprefix(THEIR_ROOT)
    elif parts.hostname in municipality.hosts:
        path = parts.path
    else:
        return url
    return f"{PREFIX}{parts._replace(scheme='', netloc='', path=path).geturl()}".lower()
