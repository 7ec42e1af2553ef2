"""How people come in: by invitation alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):
    """Nobody signs up; the security administrator invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
