"""Contracten, on the vendor's console."""

from django.urls import path

from contracts.views import (
    contract,
    contract_acting,
    contract_drafting,
    contract_files,
    contract_prices,
    indexing,
)
from contracts.views import contracts as listed

VERSION = "<int:pk>/versies/<int:number>/"

urlpatterns = [
    path("", listed.contracten, name="contracten"),
    path("nieuw/", contract_drafting.new_contract, name="new_contract"),
    path("<int:pk>/", contract.contract, name="contract"),
    path("<int:pk>/versies/", contract.contract_versions, name="contract_versions"),
    path("<int:pk>/logboek/", contract.contract_log, name="contract_log"),
    path("<int:pk>/addendum/", contract_drafting.amend_contract, name="amend_contract"),
    path("<int:pk>/indexeren/", indexing.index_contract, name="index_contract"),
    path("<int:pk>/opzegging/", contract_acting.note_notice_of_gemeente, name="note_notice"),
    path("<int:pk>/opzeggen/", contract_acting.give_notice, name="give_notice"),
    path("<int:pk>/bijlagen/<int:annex>/", contract_files.annex_file, name="annex_file"),
    path("<int:pk>/bijlagen/<int:annex>/verwijderen/", contract_acting.remove_annex, name="remove_annex"),
    path("<int:pk>/handtekeningen/<int:signature>/", contract_files.signed_pdf, name="signed_pdf"),
    path(VERSION, contract.contract_version, name="contract_version"),
    path(f"{VERSION}afspraken/", contract_drafting.draft_terms, name="draft_terms"),
    path(f"{VERSION}dekking/", contract_drafting.draft_coverage, name="draft_coverage"),
    path(f"{VERSION}regels/nieuw/", contract_drafting.add_line, name="add_line"),
    path(f"{VERSION}regels/<int:line>/", contract_drafting.change_line, name="change_line"),
    path(f"{VERSION}regels/<int:line>/verwijderen/", contract_drafting.delete_line, name="delete_line"),
    path(f"{VERSION}prijslijst/", contract_prices.choose_price_list, name="choose_price_list"),
    path(f"{VERSION}prijslijst/<int:price_list>/", contract_prices.fill_lines, name="fill_lines"),
    path(f"{VERSION}bijlagen/nieuw/", contract_acting.add_annex, name="add_annex"),
    path(f"{VERSION}aanbieden/", contract_acting.offer_contract, name="offer_contract"),
    path(f"{VERSION}weggooien/", contract_acting.discard_contract, name="discard_contract"),
    path(f"{VERSION}intrekken/", contract_acting.withdraw_contract, name="withdraw_contract"),
    path(f"{VERSION}tekenen/", contract_acting.sign_contract, name="sign_contract"),
    path(f"{VERSION}getekend-pdf/", contract_acting.record_signed_pdf, name="record_paper"),
    path(f"{VERSION}brief/", contract_files.contract_letter, name="contract_letter"),
    path(f"{VERSION}bewijs/", contract_files.contract_proof, name="contract_proof"),
]
