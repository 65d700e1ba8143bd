from tenants.accounts.models.group_role import GroupRole
from tenants.accounts.models.invitation import Invitation
from tenants.accounts.models.log_line import LogLine
from tenants.accounts.models.membership import Membership
from tenants.accounts.models.sign_in import SignIn
from tenants.accounts.models.user import User, UserManager

__all__ = ["GroupRole", "Invitation", "LogLine", "Membership", "SignIn", "User", "UserManager"]
