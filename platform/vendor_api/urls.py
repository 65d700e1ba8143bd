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
from vendor_api.resources.hand_overs import HandOvers
from vendor_api.resources.jobs import Jobs
from vendor_api.resources.log_lines import LogLines
from vendor_api.resources.municipalities import Municipalities
from vendor_api.resources.people import Memberships, People
from vendor_api.resources.service_levels import ServiceLevels

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
