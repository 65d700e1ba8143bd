"""The API, the pages of its keys, and its documentation."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter

from api.pipeline.describe.documentation.assets import PLACE, serve
from vendor_api.http.viewset import Resource
from vendor_api.pages import documentation, keys, webhooks
from vendor_api.resources.access_grants import AccessGrants
from vendor_api.resources.calendars import Calendars
from vendor_api.resources.contract_drafts import ContractDrafts
from vendor_api.resources.contract_hours import ContractHours
from vendor_api.resources.contracts import Contracts
from vendor_api.resources.hand_overs import HandOvers
from vendor_api.resources.incidents import Incidents
from vendor_api.resources.jobs import Jobs
from vendor_api.resources.log_lines import LogLines
from vendor_api.resources.municipalities import Municipalities
from vendor_api.resources.people import Memberships, People
from vendor_api.resources.price_lists import PriceLists
from vendor_api.resources.service_levels import ServiceLevels
from vendor_api.resources.service_reports import ServiceReports
from vendor_api.resources.ticket_acts import TicketActs
from vendor_api.resources.ticket_keeping import TicketKeeping
from vendor_api.resources.tickets import Tickets
from vendor_api.resources.webhooks import Webhooks

ROOT = "platform/api/v1"


class RowNumber(IntConverter):
    """As many digits as a row of the database can have; for more there is no such path."""

    regex = "[0-9]{1,18}"


register_converter(RowNumber, "row")

OPERATIONS: list[tuple[str, type[Resource], dict[str, Any], str]] = [
    ("municipalities", Municipalities, {"get": "list", "post": "create"}, "api_municipalities"),
    ("municipalities/<row:pk>", Municipalities, {"get": "retrieve"}, "api_municipality"),
    ("municipalities/<row:pk>/environments", Municipalities, {"get": "environments"}, "api_environments"),
    ("municipalities/<row:pk>/domains", Municipalities, {"get": "domains"}, "api_domains"),
    ("people", People, {"get": "list"}, "api_people"),
    ("people/<row:pk>", People, {"get": "retrieve"}, "api_person"),
    ("memberships", Memberships, {"get": "list"}, "api_memberships"),
    ("memberships/<row:pk>", Memberships, {"get": "retrieve"}, "api_membership"),
    ("jobs", Jobs, {"get": "list"}, "api_jobs"),
    ("jobs/<uuid:pk>", Jobs, {"get": "retrieve"}, "api_job"),
    ("jobs/<uuid:pk>/attempts", Jobs, {"post": "repeat"}, "api_attempts"),
    ("access-grants", AccessGrants, {"get": "list", "post": "create"}, "api_access_grants"),
    ("access-grants/<row:pk>", AccessGrants, {"get": "retrieve"}, "api_access_grant"),
    ("access-grants/<row:pk>/endings", AccessGrants, {"post": "end"}, "api_endings"),
    ("hand-overs", HandOvers, {"get": "list"}, "api_hand_overs"),
    ("hand-overs/<row:pk>", HandOvers, {"get": "retrieve"}, "api_hand_over"),
    ("calendars", Calendars, {"get": "list", "post": "create"}, "api_calendars"),
    ("calendars/<row:pk>", Calendars, {"get": "retrieve"}, "api_calendar"),
    (
        "calendars/<row:pk>/versions",
        Calendars,
        {"get": "versions", "post": "publish"},
        "api_calendar_versions",
    ),
    ("service-levels", ServiceLevels, {"get": "list", "post": "create"}, "api_service_levels"),
    ("service-levels/<row:pk>", ServiceLevels, {"get": "retrieve"}, "api_service_level"),
    (
        "service-levels/<row:pk>/versions",
        ServiceLevels,
        {"get": "versions", "post": "publish"},
        "api_service_level_versions",
    ),
    ("price-lists", PriceLists, {"get": "list", "post": "create"}, "api_price_lists"),
    ("price-lists/<row:pk>", PriceLists, {"get": "retrieve"}, "api_price_list"),
    (
        "price-lists/<row:pk>/versions",
        PriceLists,
        {"get": "versions", "post": "publish"},
        "api_price_list_versions",
    ),
    ("price-lists/<row:pk>/offers", PriceLists, {"post": "offer"}, "api_price_list_offers"),
    ("contracts", Contracts, {"get": "list", "post": "create"}, "api_contracts"),
    ("contracts/<row:pk>", Contracts, {"get": "retrieve"}, "api_contract"),
    (
        "contracts/<row:pk>/versions",
        Contracts,
        {"get": "versions", "post": "amend"},
        "api_contract_versions",
    ),
    ("contracts/<row:pk>/offers", Contracts, {"post": "offer"}, "api_contract_offers"),
    ("contracts/<row:pk>/withdrawals", Contracts, {"post": "withdraw"}, "api_contract_withdrawals"),
    ("contracts/<row:pk>/notices", Contracts, {"post": "notice"}, "api_contract_notices"),
    ("contracts/<row:pk>/terms", ContractDrafts, {"post": "write_terms"}, "api_contract_terms"),
    ("contracts/<row:pk>/coverages", ContractDrafts, {"post": "cover"}, "api_contract_coverages"),
    ("contracts/<row:pk>/lines", ContractDrafts, {"post": "price"}, "api_contract_lines"),
    (
        "contracts/<row:pk>/price-list-lines",
        ContractDrafts,
        {"post": "price_by_list"},
        "api_contract_price_list_lines",
    ),
    ("contracts/<row:pk>/annexes", ContractDrafts, {"post": "annex"}, "api_contract_annexes"),
    (
        "contracts/<row:pk>/annex-removals",
        ContractDrafts,
        {"post": "remove_annex"},
        "api_contract_annex_removals",
    ),
    ("contracts/<row:pk>/discards", ContractDrafts, {"post": "discard"}, "api_contract_discards"),
    ("contracts/<row:pk>/indexations", ContractDrafts, {"post": "index"}, "api_contract_indexations"),
    ("contracts/<row:pk>/hours", ContractHours, {"get": "hours", "post": "book"}, "api_contract_hours"),
    ("contracts/<row:pk>/hour-purchases", ContractHours, {"post": "buy"}, "api_contract_hour_purchases"),
    (
        "contracts/<row:pk>/hour-corrections",
        ContractHours,
        {"post": "correct"},
        "api_contract_hour_corrections",
    ),
    ("tickets", Tickets, {"get": "list", "post": "create"}, "api_tickets"),
    ("tickets/<row:pk>", Tickets, {"get": "retrieve"}, "api_ticket"),
    ("tickets/<row:pk>/events", Tickets, {"get": "events"}, "api_ticket_events"),
    ("tickets/<row:pk>/clocks", Tickets, {"get": "clocks"}, "api_ticket_clocks"),
    ("tickets/<row:pk>/attachments", Tickets, {"get": "attachments"}, "api_ticket_attachments"),
    (
        "tickets/<row:pk>/attachments/<row:file>",
        Tickets,
        {"get": "attachment"},
        "api_ticket_attachment",
    ),
    ("tickets/<row:pk>/answers", TicketActs, {"post": "answer"}, "api_ticket_answers"),
    ("tickets/<row:pk>/questions", TicketActs, {"post": "ask"}, "api_ticket_questions"),
    ("tickets/<row:pk>/notes", TicketActs, {"post": "note"}, "api_ticket_notes"),
    ("tickets/<row:pk>/work-arounds", TicketActs, {"post": "work_around"}, "api_ticket_work_arounds"),
    ("tickets/<row:pk>/hand-overs", TicketActs, {"post": "hand_over"}, "api_ticket_hand_overs"),
    ("tickets/<row:pk>/priorities", TicketActs, {"post": "prioritise"}, "api_ticket_priorities"),
    ("tickets/<row:pk>/waits", TicketActs, {"post": "wait"}, "api_ticket_waits"),
    ("tickets/<row:pk>/plans", TicketActs, {"post": "plan"}, "api_ticket_plans"),
    ("tickets/<row:pk>/resumptions", TicketActs, {"post": "resume"}, "api_ticket_resumptions"),
    ("tickets/<row:pk>/solutions", TicketActs, {"post": "solve"}, "api_ticket_solutions"),
    ("tickets/<row:pk>/merges", TicketActs, {"post": "merge"}, "api_ticket_merges"),
    ("tickets/<row:pk>/replies", TicketKeeping, {"post": "reply"}, "api_ticket_replies"),
    ("tickets/<row:pk>/details", TicketKeeping, {"post": "change_details"}, "api_ticket_details"),
    ("tickets/<row:pk>/links", TicketKeeping, {"post": "link"}, "api_ticket_links"),
    ("tickets/<row:pk>/hotfixes", TicketKeeping, {"post": "record_hotfix"}, "api_ticket_hotfixes"),
    ("tickets/<row:pk>/closings", TicketKeeping, {"post": "close"}, "api_ticket_closings"),
    ("tickets/<row:pk>/hours", TicketKeeping, {"post": "book"}, "api_ticket_hours"),
    ("incidents", Incidents, {"get": "list", "post": "create"}, "api_incidents"),
    ("incidents/<row:pk>", Incidents, {"get": "retrieve"}, "api_incident"),
    ("incidents/<row:pk>/updates", Incidents, {"get": "updates", "post": "say"}, "api_incident_updates"),
    (
        "incidents/<row:pk>/municipalities",
        Incidents,
        {"get": "concerned", "post": "concern"},
        "api_incident_municipalities",
    ),
    ("incidents/<row:pk>/releases", Incidents, {"post": "release"}, "api_incident_releases"),
    ("service-reports", ServiceReports, {"get": "list"}, "api_service_reports"),
    ("service-reports/<row:pk>", ServiceReports, {"get": "retrieve"}, "api_service_report"),
    (
        "service-reports/<row:pk>/files/<slug:form>",
        ServiceReports,
        {"get": "file"},
        "api_service_report_file",
    ),
    ("webhooks", Webhooks, {"get": "list"}, "api_webhooks"),
    ("webhooks/<row:pk>", Webhooks, {"get": "retrieve"}, "api_webhook"),
    ("webhooks/<row:pk>/tests", Webhooks, {"post": "test"}, "api_webhook_tests"),
    ("log-lines", LogLines, {"get": "list"}, "api_log_lines"),
    ("log-lines/<row:pk>", LogLines, {"get": "retrieve"}, "api_log_line"),
]
"""Every path, what serves it, which action each method is, and the name by which it is found."""

RESOURCES: list[URLPattern] = [
    path(f"{ROOT}/{route}", resource.as_view(actions), name=name)
    for route, resource, actions, name in OPERATIONS
]

urlpatterns = [
    path("sleutels/", keys.keys, name="sleutels"),
    path("sleutels/nieuw/", keys.make_key, name="make_key"),
    path("sleutels/<int:pk>/intrekken/", keys.revoke_key, name="revoke_key"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/nieuw/", webhooks.new_webhook, name="new_webhook"),
    path("webhooks/<int:pk>/", webhooks.show_webhook, name="webhook"),
    path("webhooks/<int:pk>/geheim/", webhooks.renew_webhook, name="renew_webhook"),
    path("webhooks/<int:pk>/beeindigen/", webhooks.end_this_webhook, name="end_webhook"),
    path("webhooks/<int:pk>/test/", webhooks.test_webhook, name="test_webhook"),
    path("webhooks/<int:pk>/aanzetten/", webhooks.switch_webhook_on, name="switch_webhook_on"),
    path("webhooks/<int:pk>/bezorgingen/<int:delivery>/", webhooks.show_delivery, name="webhook_delivery"),
    path("webhooks/<int:pk>/bezorgingen/<int:delivery>/opnieuw/", webhooks.send_again, name="send_again"),
    path("platform/api", documentation.to_page),
    path("platform/api/", documentation.page, name="api_documentation"),
    path(f"{ROOT}/openapi.json", documentation.openapi, name="api_openapi"),
    *RESOURCES,
    path(ROOT, documentation.nothing_here),
    path(f"{ROOT}/", documentation.nothing_here),
    path(f"{ROOT}/<path:_>", documentation.nothing_here),
    path(f"{PLACE.lstrip('/')}<str:name>", serve),
]
