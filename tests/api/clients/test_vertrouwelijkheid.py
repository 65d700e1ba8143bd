from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding


def test_the_order_is_that_of_the_standard() -> None:
    assert [level.label for level in sorted(Vertrouwelijkheidaanduiding)] == [
        "openbaar",
        "beperkt_openbaar",
        "intern",
        "zaakvertrouwelijk",
        "vertrouwelijk",
        "confidentieel",
        "geheim",
        "zeer_geheim",
    ]
