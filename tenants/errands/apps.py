from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "tenants.errands"
    label = "errands"
