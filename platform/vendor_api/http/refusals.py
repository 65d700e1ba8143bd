"""Refusals of this API that the APIs of municipalities do not have."""

from __future__ import annotations

from api.pipeline.words.refusals import Refusal


class ScopeMissing(Refusal):
    """403: the key is known, and has not the scope for this."""

    status = 403
    code = "insufficient-scope"
    title = "De sleutel mag dit niet."


class NotOfTheVendor(Refusal):
    """403: this is for who sees every municipality."""

    status = 403
    code = "not-the-whole-fleet"
    title = "De sleutel mag dit niet."


class HeaderMissing(Refusal):
    """400: a POST says by which key it is known when it is sent again."""

    code = "header-missing"
    title = "Een verplichte header ontbreekt."


class Stale(Refusal):
    """412: it is not any more as the caller saw it."""

    status = 412
    code = "stale"
    title = "De gegevens zijn ondertussen gewijzigd."


class PreconditionRequired(Refusal):
    """428: who changes something says what he saw."""

    status = 428
    code = "precondition-required"
    title = "Een verplichte header ontbreekt."


class StillRunning(Refusal):
    """409: the first request with this key is not done."""

    status = 409
    code = "still-running"
    title = "Een eerder verzoek met deze sleutel loopt nog."


class OtherBody(Refusal):
    """422: a key stands for one request."""

    status = 422
    code = "idempotency-key-reused"
    title = "Deze Idempotency-Key hoort bij een ander verzoek."


class NotPossible(Refusal):
    """409: as things stand it cannot be done."""

    status = 409
    code = "not-possible"
    title = "Dit kan nu niet."
