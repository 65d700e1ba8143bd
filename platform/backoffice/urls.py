"""The pages of this console."""

from django.urls import include, path

from tenants.accounts.pages import own
from tenants.accounts.views.account import my_account

urlpatterns = [
    path("", own(my_account), name="home"),
    path("", include("tenants.accounts.urls")),
]
