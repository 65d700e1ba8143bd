"""The project: settings, urls, and what surrounds a request or job."""

from zaakplein.celery import app as celery_app

__all__ = ["celery_app"]
