from django.apps import AppConfig


class VendorApiConfig(AppConfig):
    name = "vendor_api"
    label = "vendor_api"
