"""``/enkelvoudiginformatieobjecten``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse

from api.documenten import locks, versions
from api.documenten.content import download
from api.documenten.content.body import read_document
from api.documenten.content.limits import AROUND, LARGEST, most_bytes
from api.documenten.content.rechecking import with_mark
from api.documenten.filters import LIST_FILTERS, ORDERING, SEARCH_FILTERS
from api.documenten.models import EnkelvoudigInformatieObject, InformatieObjectVersie, Versie
from api.documenten.representation import DOCUMENT
from api.documenten.resources import schemas
from api.documenten.resources.documenten import WithContent, kanaal_kenmerken
from api.documenten.resources.versie import EarlierVersion
from api.documenten.rules import ontgrendelen, slot
from api.documenten.rules.drc_001_informatieobjecttype import informatieobjecttype_published
from api.documenten.rules.drc_005_ontvangen import received_is_no_draft
from api.documenten.rules.drc_006_gebruiksrechten import indicatie_follows_the_rights
from api.documenten.rules.drc_007_vertrouwelijkheidaanduiding import keep_level, take_level_of_type
from api.documenten.rules.drc_008_verwijderen import (
    erase_trail,
    know_its_content,
    let_content_go,
    nothing_belongs_to_it,
)
from api.documenten.rules.drc_009_vergrendelen import unlocked_with_its_lock, unlocking_needs_its_scope
from api.documenten.rules.drc_010_bijwerken import rules_of_a_change
from api.documenten.rules.identificatie import (
    give_identificatie,
    identificatie_stays,
    identificatie_unique,
)
from api.documenten.rules.inhoud import lay_out_parts, put_content_away, settle_content, size_fits
from api.documenten.rules.integriteit import warning_about
from api.documenten.rules.ondertekening import draft_is_not_signed
from api.documenten.rules.organisatie import valid_bronorganisatie
from api.documenten.scopes import (
    BIJWERKEN,
    DOCUMENTEN_AANMAKEN,
    DOCUMENTEN_LEZEN,
    DOCUMENTEN_LOCK,
    DOCUMENTEN_VERWIJDEREN,
    UNLOCK,
)
from api.pipeline.authorise.judgement import refuse_main
from api.pipeline.commit.entry import carry_out
from api.pipeline.declare.operations import Operation, Place
from api.pipeline.declare.write import Write
from api.pipeline.http.reading import Keys, readable
from api.pipeline.sql.tree import Tree
from api.pipeline.words.refusals import Invalid, Malformed, NotFound
from api.pipeline.words.violations import Violation

LARGEST_BODY = LARGEST + AROUND
WARNED_ABOUT = {"inhoud", "integriteit_algoritme", "integriteit_waarde"}
WITH_BODY = ("create", "update", "partial_update")

REFERENCES = (informatieobjecttype_published, valid_bronorganisatie, size_fits)
OF_VALUES = (received_is_no_draft, draft_is_not_signed, indicatie_follows_the_rights)
CHANGE = Operation(
    BIJWERKEN,
    references=REFERENCES,
    derive=(keep_level, identificatie_stays),
    outside=(put_content_away,),
    rules=rules_of_a_change(*OF_VALUES, identificatie_unique),
    prepare=(versions.keep_version, settle_content),
    effects=(lay_out_parts,),
    body_limit=LARGEST_BODY,
)


class EnkelvoudigInformatieObjectResource(WithContent):
    """A document: its newest version, and under the same address those before it."""

    lock_shown: Any = None
    """What the body gives as ``lock``."""
    written: Write | None = None
    """The write that the request asked for."""
    path = "enkelvoudiginformatieobjecten"
    noun = "enkelvoudiginformatieobject"
    explanation = "Een document, met zijn inhoud en de versies die het gehad heeft."
    model = EnkelvoudigInformatieObject
    counted = True
    related = ("informatieobjecttype",)
    derived = ("indicatie_gebruiksrecht",)
    order_by = ("-volgorde",)
    ordering = ORDERING
    ordering_of_open_zaak = True
    representation = DOCUMENT
    operations = {
        "list": Operation(DOCUMENTEN_LEZEN, filters=LIST_FILTERS),
        "create": Operation(
            DOCUMENTEN_AANMAKEN,
            references=REFERENCES,
            unique=(identificatie_unique,),
            derive=(take_level_of_type,),
            outside=(put_content_away,),
            rules=OF_VALUES,
            prepare=(give_identificatie, settle_content),
            effects=(lay_out_parts,),
            body_limit=LARGEST_BODY,
            answer=schemas.WITH_LOCK,
        ),
        "retrieve": Operation(DOCUMENTEN_LEZEN, parameters=versions.asked()),
        "headers": Operation(DOCUMENTEN_LEZEN, parameters=versions.asked(experimental=True)),
        "update": replace(CHANGE, schema=schemas.put()),
        "partial_update": replace(CHANGE, schema=schemas.patch()),
        "destroy": Operation(
            DOCUMENTEN_VERWIJDEREN,
            rules=(nothing_belongs_to_it, slot.nobody_is_at_work),
            prepare=(know_its_content,),
            effects=(erase_trail, let_content_go),
        ),
        "search": Operation(
            DOCUMENTEN_LEZEN,
            filters=SEARCH_FILTERS,
            at=Place("post", "_zoek"),
            operation_id="enkelvoudiginformatieobject__zoek",
        ),
        "download": Operation(
            DOCUMENTEN_LEZEN,
            parameters=versions.asked(),
            at=Place("get", "download", on_object=True),
            gives=download.BYTES,
            answer={"type": "string", "format": "binary"},
            summary="De inhoud van een document downloaden",
            explanation="Geeft de bytes van een versie, de nieuwste tenzij u een andere noemt.",
        ),
        "lock": Operation(
            DOCUMENTEN_LOCK,
            rules=(slot.not_locked_yet,),
            at=Place("post", "lock", on_object=True),
            schema={},
            answer=schemas.LOCK,
            silent=True,
            summary="Een document vergrendelen",
            explanation="Geeft de lock, waarmee alleen u het document wijzigt totdat u het ontgrendelt.",
        ),
        "unlock": Operation(
            UNLOCK,
            outside=(ontgrendelen.merge_parts,),
            guards=(unlocking_needs_its_scope,),
            rules=(unlocked_with_its_lock, ontgrendelen.upload_is_complete),
            prepare=(ontgrendelen.settle_unlocking,),
            effects=(ontgrendelen.clear_parts,),
            at=Place("post", "unlock", on_object=True),
            schema=schemas.UNLOCKING,
            empty=True,
            silent=True,
            summary="Een document ontgrendelen",
            explanation="Maakt van de ontvangen bestandsdelen de inhoud. Zonder lock wordt het ontgrendelen"
            " afgedwongen; delen die nog niet ontvangen zijn vervallen dan.",
        ),
    }

    # -- reading -------------------------------------------------------------------------------

    def readable_at(self, keys: Keys, asked: Mapping[str, Any], tree: Tree) -> str:
        """The newest version, or the one that is asked for."""
        version = self._earlier(keys["uuid"], asked)
        if version is None:
            return super().readable_at(keys, asked, tree)
        return readable(EarlierVersion, self.bindings(), {"uuid": version}, tree)

    def download(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """200 with the bytes of a version; 404 where it has none."""
        version = self._version(uuid, self.parameters(request))
        if version.inhoud is None:
            if version.bestandsomvang == 0:
                return HttpResponse(b"", content_type=download.BYTES)
            raise NotFound("Deze versie heeft geen inhoud.")
        return download.answer(
            request._request,  # noqa: SLF001 - the framework's wrapper reads bodies itself
            version.inhoud,
            file_name=version.bestandsnaam or version.titel,
            formaat=version.formaat,
        )

    def _version(self, uuid: Any, asked: Mapping[str, Any]) -> Versie:
        document: EnkelvoudigInformatieObject = self.found(uuid)
        key = versions.earlier_version(uuid, asked)
        if key is None:
            prefetch_related_objects([document], Prefetch("inhoud", with_mark()))
            return document
        earlier = InformatieObjectVersie.objects.select_related("inhoud__ongecontroleerd").get(pk=key)
        refusal = refuse_main(type(self), self.operation.scope, self.client, earlier)
        if refusal is not None:
            raise refusal
        return earlier

    def _earlier(self, uuid: Any, asked: Mapping[str, Any]) -> int | None:
        try:
            return versions.earlier_version(uuid, asked)
        except NotFound:
            self.found(uuid)  # who may not see the document is not told how many versions it has
            raise

    # -- writing -------------------------------------------------------------------------------

    def body(self, request: Any) -> Any:
        """The parsed body; base64 is decoded while it is read."""
        if self.operation.name not in WITH_BODY:
            return super().body(request)
        limit = most_bytes(self.caller.municipality) + AROUND
        body, uploaded = read_document(request._request, limit=limit)  # noqa: SLF001
        if uploaded is not None:
            body["inhoud"] = uploaded
        self.lock_shown = body.pop("lock", None) if isinstance(body, dict) else None
        return body

    def write(self, data: dict[str, Any], keys: Keys) -> Write:
        """The write that the request asks for, with the lock that it shows."""
        write = super().write(data, keys)
        given = self.lock_shown
        if given is not None and not isinstance(given, str):
            raise Invalid([Violation("lock", "invalid", "Verwachtte een tekst.")])
        write.aside = {locks.LOCK: given or ""}
        self.written = write
        return write

    @classmethod
    def told(cls, write: Write, kept: str) -> str:
        """With the lock of its parts, for the client that holds it; of a new document with its own too."""
        document: EnkelvoudigInformatieObject = write.instance
        held = document.lock if document.lock_houder == write.client.client_id else ""
        told = cls.document(document.pk, write.client, tells=True) if held else kept
        return f'{told[:-1]},"lock":{json.dumps(held)}}}' if write.creating else told

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Further, with a warning where the checksum is not that of the content: it has been kept by now."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        done = self.written if answer.status_code < 300 else None  # noqa: PLR2004
        if done is not None and done.data.keys() & WARNED_ABOUT and (warning := warning_about(done.instance)):
            answer["X-Warning"] = warning
        return answer

    def lock(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """200 with the lock, which nobody else is told."""
        self.check_parameters(request, set())
        write = self.write(dict(locks.new_lock(self.client)), {})
        carry_out(write, uuid, answered=False)
        return self.answer(json.dumps({"lock": write.instance.lock}))

    def unlock(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """204; what was uploaded in parts is the content from now on."""
        self.check_parameters(request, set())
        absent = request.META.get("CONTENT_LENGTH") in (None, "", "0")
        body = {} if absent else self.body(request)
        if not isinstance(body, dict):
            raise Malformed("Verwachtte een object.")  # and no forced unlock, which has no body
        if body.get("lock", "") is None:
            raise Invalid([Violation("lock", "null", "Dit veld mag niet leeg zijn.")])  # nor is this force
        self.lock_shown = body.get("lock")
        carry_out(self.write({}, {}), uuid, answered=False)
        return HttpResponse(status=204)

    @classmethod
    def kanaal_kenmerken(cls, main: Any) -> dict[str, str]:
        return kanaal_kenmerken(main)
