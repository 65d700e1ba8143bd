"""Webhooks: an organisation is told at an address of its own that something happened, and reads what here."""
