"""Applicaties that own their client id and may do nothing yet."""

from factory.declarations import RelatedFactory, Sequence, SubFactory
from factory.django import DjangoModelFactory

from api.clients.models import Applicatie, ClientId


class ClientIdFactory(DjangoModelFactory[ClientId]):
    class Meta:
        model = ClientId

    client_id = Sequence(lambda n: f"applicatie-{n}")
    applicatie = SubFactory("tests.factories.autorisaties.ApplicatieFactory", client_ids=None)


class ApplicatieFactory(DjangoModelFactory[Applicatie]):
    class Meta:
        model = Applicatie
        skip_postgeneration_save = True

    label = "Zaaksysteem"
    client_ids = RelatedFactory(ClientIdFactory, factory_related_name="applicatie")
