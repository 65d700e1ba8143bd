"""Background jobs: `celery -A zaakplein worker`, `celery -A zaakplein beat`."""

import os

from tenant_schemas_celery.app import CeleryApp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaakplein.settings")


class ZaakpleinCelery(CeleryApp):
    """Sends the municipality along with each job; the base of the tasks is where it is entered again."""

    task_cls = "tenants.registry.municipal_task:MunicipalTask"


app = ZaakpleinCelery("zaakplein")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
