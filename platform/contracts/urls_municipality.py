"""Contract, on the console of a municipality."""

from django.urls import path

from contracts.views import municipality, municipality_acting, own_hours

VERSION = "<int:pk>/versies/<int:number>/"

urlpatterns = [
    path("", municipality.contract_home, name="contract_home"),
    path("<int:pk>/", municipality.contract, name="contract"),
    path("<int:pk>/uren/", own_hours.own_hours, name="contract_hours"),
    path("<int:pk>/opzeggen/", municipality_acting.give_notice_inside, name="give_notice"),
    path("<int:pk>/bijlagen/<int:annex>/", municipality.annex_inside, name="annex_file"),
    path("<int:pk>/bijlagen/<int:annex>/akkoord/", municipality_acting.agree_annex, name="agree_annex"),
    path("<int:pk>/handtekeningen/<int:signature>/", municipality.signed_inside, name="signed_pdf"),
    path(VERSION, municipality.contract_version, name="contract_version"),
    path(f"{VERSION}brief/", municipality.letter_inside, name="contract_letter"),
    path(f"{VERSION}bewijs/", municipality.proof_inside, name="contract_proof"),
    path(f"{VERSION}tekenen/", municipality_acting.sign_contract_inside, name="sign_contract"),
    path(f"{VERSION}afwijzen/", municipality_acting.decline_contract, name="decline_contract"),
]
