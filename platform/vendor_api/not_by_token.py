"""What no key does: all that asks a person who he is once more, approves, or takes two people."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

IS_NOT_UNDONE = "Wat niemand terugdraait, of wat een hele gemeente raakt, beslist een mens."
LETS_SOMEBODY_IN = "Wie ergens toegang krijgt of verliest, beslist een mens."
IS_OF_AN_ACCOUNT = "Dit is van iemands eigen account; een sleutel heeft er geen."

NOT_BY_TOKEN: Mapping[str, str] = MappingProxyType(
    {
        "change_gemeente": IS_NOT_UNDONE,
        "end_gemeente": IS_NOT_UNDONE,
        "abandon_job": IS_NOT_UNDONE,
        "administrator_of_gemeente": LETS_SOMEBODY_IN,
        "invite_administrator": LETS_SOMEBODY_IN,
        "withdraw_administrator": LETS_SOMEBODY_IN,
        "invite_person": LETS_SOMEBODY_IN,
        "withdraw_invitation": LETS_SOMEBODY_IN,
        "change_role": LETS_SOMEBODY_IN,
        "end_role": LETS_SOMEBODY_IN,
        "add_connection": LETS_SOMEBODY_IN,
        "change_connection": LETS_SOMEBODY_IN,
        "delete_connection": LETS_SOMEBODY_IN,
        "new_partner": LETS_SOMEBODY_IN,
        "invite_partner_owner": LETS_SOMEBODY_IN,
        "end_partner_of_gemeente": LETS_SOMEBODY_IN,
        "sign_handover": IS_NOT_UNDONE,
        "sign_contract": IS_NOT_UNDONE,
        "record_paper": IS_NOT_UNDONE,
        "give_notice": IS_NOT_UNDONE,
        "erase_ticket": IS_NOT_UNDONE,
        "correct_ticket": IS_NOT_UNDONE,
        "refresh_report": IS_NOT_UNDONE,
        "share_report": IS_NOT_UNDONE,
        "agree_report": IS_NOT_UNDONE,
        "correct_report": IS_NOT_UNDONE,
        "announce_maintenance": IS_NOT_UNDONE,
        "call_off_maintenance": IS_NOT_UNDONE,
        "ask_emergency": LETS_SOMEBODY_IN,
        "confirm_emergency": LETS_SOMEBODY_IN,
        "make_key": LETS_SOMEBODY_IN,
        "revoke_key": LETS_SOMEBODY_IN,
        "new_webhook": LETS_SOMEBODY_IN,
        "renew_webhook": LETS_SOMEBODY_IN,
        "end_webhook": IS_NOT_UNDONE,
        "account_set_password": IS_OF_AN_ACCOUNT,
        "mfa_activate_totp": IS_OF_AN_ACCOUNT,
        "mfa_deactivate_totp": IS_OF_AN_ACCOUNT,
        "mfa_view_recovery_codes": IS_OF_AN_ACCOUNT,
        "mfa_generate_recovery_codes": IS_OF_AN_ACCOUNT,
        "mfa_download_recovery_codes": IS_OF_AN_ACCOUNT,
        "mfa_add_webauthn": IS_OF_AN_ACCOUNT,
        "mfa_remove_webauthn": IS_OF_AN_ACCOUNT,
        "mfa_edit_webauthn": IS_OF_AN_ACCOUNT,
        "socialaccount_connections": IS_OF_AN_ACCOUNT,
    }
)
"""By the name of a page that asks who one is once more, why the API has no operation for it."""
