"""The pages, on every municipality's host."""

from django.urls import path

from api.pipeline.describe.documentation.assets import PLACE, serve
from api.pipeline.describe.documentation.pages import PAGE, api_page, index, root, without_slash

urlpatterns = [
    path("", index),
    path("<slug:name>/api/v1", root),
    path("<slug:name>/api/v1/", root),
    path(f"<slug:name>/api/v1{PAGE}", api_page),
    path(f"<slug:name>/api/v1{PAGE}/", without_slash),
    path(f"{PLACE.lstrip('/')}<str:name>", serve),
]
