from tenants.accounts.views.forged import forged

__all__ = ["forged"]
