from importlib import import_module

from allauth.account.apps import AccountConfig
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tenants.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("tenants.accounts.sign_ins")  # it listens to allauth
        import_module("tenants.accounts.log")  # it listens to the registry


class SignInConfig(AccountConfig):
    """Of allauth itself, which will not start unless its middleware is of every request of the APIs too.

    Ours runs it, on the paths of a console alone: tenants.accounts.middleware.
    """

    def ready(self) -> None:
        import_module("allauth.account.checks")
