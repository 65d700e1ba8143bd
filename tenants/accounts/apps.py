from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tenants.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("tenants.accounts.sign_ins")  # it listens to allauth
