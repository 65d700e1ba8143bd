"""Where content of documents comes in: the front and the web take larger bodies there than elsewhere."""

KEY = "[0-9a-fA-F-]{36}"
PATHS = rf"/documenten/api/v1/(?:enkelvoudiginformatieobjecten(?:/{KEY})?|bestandsdelen/{KEY})"
"""The whole path, as a regular expression that Python and the front read alike."""
UNLOCKED_AT = rf"/documenten/api/v1/enkelvoudiginformatieobjecten/{KEY}/unlock"
"""Where parts are put together, which takes as long as copying them."""
