"""The base of every job: it runs inside the municipality that its message names."""

from __future__ import annotations

from typing import Any

import structlog
from celery.signals import task_postrun, task_prerun
from tenant_schemas_celery.app import get_schema_name_from_task
from tenant_schemas_celery.task import TenantTask

from tenants.registry.connection import connection
from tenants.registry.context import MunicipalityRequired, current_municipality, require_public
from tenants.registry.directory import entered
from tenants.registry.postgresql.work import Work

# That package sends the schema along, which is what we want of it. It would also switch by itself, and
# take public where a message names nothing; in_municipality() stays the only door.
task_prerun.disconnect(dispatch_uid="tenant_schemas_switch_schema")
task_postrun.disconnect(dispatch_uid="tenant_schemas_restore_schema")

logger = structlog.get_logger(__name__)


class MunicipalTask(TenantTask):
    """A job of one municipality; with ``for_vendor=True`` a job of the deployment, in public."""

    abstract = True
    for_vendor = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # the job's own signature
        with structlog.contextvars.bound_contextvars(task=self.name, task_id=self.request.id):
            if self.for_vendor:
                require_public()
                connection.take_on(Work.JOB)
                return self.run(*args, **kwargs)
            schema = get_schema_name_from_task(self, kwargs)
            with entered(lambda directory: directory.by_schema.get(schema), Work.JOB) as municipality:
                if municipality is None:
                    raise MunicipalityRequired(f"{self.name} came for {schema}, which is no municipality.")
                return self.run(*args, **kwargs)

    def apply_async(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401  # celery's signature
        """Raises MunicipalityRequired where the job would be sent for no municipality."""
        if not self.for_vendor:
            current_municipality()
        return super().apply_async(*args, **options)

    def on_failure(self, exc: Exception, task_id: str, *_: Any) -> None:  # celery's signature
        # Instead of celery's own line, which quotes what the exception says.
        logger.error("task_failed", task=self.name, task_id=task_id, exc_info=exc)
