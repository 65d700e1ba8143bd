"""The smallest valid documents and what belongs to them, of a published informatieobjecttype.

None of them has content: bytes come in through the API, or by ``tests.api.documenten``.
"""

# mypy: disallow-untyped-calls=False

from datetime import UTC, date, datetime

from factory.declarations import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from api.documenten import models
from api.documenten.models.keuzes import AardRelatie, ObjectType
from tests.factories.catalogi import InformatieobjecttypeFactory

RSIN = "517439943"


class EnkelvoudigInformatieObjectFactory(DjangoModelFactory[models.EnkelvoudigInformatieObject]):
    class Meta:
        model = models.EnkelvoudigInformatieObject

    identificatie = Sequence(lambda n: f"DOCUMENT-2026-{n:010}")
    bronorganisatie = RSIN
    creatiedatum = date(2026, 1, 5)
    titel = "Foto van de losse stoeptegel"
    auteur = "Suzanne Moulin"
    taal = "nld"
    informatieobjecttype = SubFactory(InformatieobjecttypeFactory, published=True)
    vertrouwelijkheidaanduiding = SelfAttribute("informatieobjecttype.vertrouwelijkheidaanduiding")


class InformatieObjectVersieFactory(DjangoModelFactory[models.InformatieObjectVersie]):
    """An earlier version, as the document is by now but for what is given."""

    class Meta:
        model = models.InformatieObjectVersie

    document = SubFactory(EnkelvoudigInformatieObjectFactory, versie=2)
    versie = 1
    begin_registratie = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    identificatie = SelfAttribute("document.identificatie")
    bronorganisatie = RSIN
    creatiedatum = date(2026, 1, 5)
    titel = "Eerste foto van de losse stoeptegel"
    auteur = "Suzanne Moulin"
    taal = "nld"
    informatieobjecttype = SelfAttribute("document.informatieobjecttype")
    vertrouwelijkheidaanduiding = SelfAttribute("document.vertrouwelijkheidaanduiding")


class BestandsDeelFactory(DjangoModelFactory[models.BestandsDeel]):
    class Meta:
        model = models.BestandsDeel

    document = SubFactory(EnkelvoudigInformatieObjectFactory)
    volgnummer = Sequence(lambda n: n + 1)
    omvang = 5


class GebruiksrechtenFactory(DjangoModelFactory[models.Gebruiksrechten]):
    class Meta:
        model = models.Gebruiksrechten

    informatieobject = SubFactory(EnkelvoudigInformatieObjectFactory)
    startdatum = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    omschrijving_voorwaarden = "Alleen met toestemming van de maker"


class ObjectInformatieObjectFactory(DjangoModelFactory[models.ObjectInformatieObject]):
    class Meta:
        model = models.ObjectInformatieObject

    informatieobject = SubFactory(EnkelvoudigInformatieObjectFactory)
    object = Sequence(lambda n: f"http://zaken.example/zaken/api/v1/zaken/{n}")
    object_type = ObjectType.ZAAK


class VerzendingFactory(DjangoModelFactory[models.Verzending]):
    class Meta:
        model = models.Verzending

    informatieobject = SubFactory(EnkelvoudigInformatieObjectFactory)
    betrokkene = "http://partijen.example/betrokkenen/1"
    contact_persoon = "http://partijen.example/contactpersonen/1"
    aard_relatie = AardRelatie.GEADRESSEERDE
    emailadres = "suzanne@moulin.example"


class DocumentImportFactory(DjangoModelFactory[models.DocumentImport]):
    """One that waits for its table."""

    class Meta:
        model = models.DocumentImport
