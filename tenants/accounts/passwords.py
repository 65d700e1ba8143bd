"""What a password has to be, told in our words: Django's Dutch lacks them."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Neem minstens %(count)s tekens.") % {"count": self.min_length}

    def get_help_text(self) -> str:
        return _("Minstens %(count)s tekens.") % {"count": self.min_length}
