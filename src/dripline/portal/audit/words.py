"""Verbs of the trail in words. A verb that no room put into words is shown as it is kept."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise | str] = {
    "login": _("signed in"),
    "logout": _("signed out"),
    "login.failed": _("wrong password"),
    "login.locked": _("locked out"),
    "login.refused": _("turned away at the door"),
    "password.changed": _("changed the password"),
    "second_factor.added": _("added a second factor"),
    "second_factor.removed": _("removed a second factor"),
    "second_factor.failed": _("wrong second factor"),
    "second_factor.reset": _("reset somebody's second factor"),
    "session.ended": _("ended a session"),
    "viewer.acts_for": _("acts for another organisation"),
    "rows.looked": _("looked at rows"),
    "rows.refused": _("was refused rows"),
    "post.given": _("gave a post"),
    "post.ended": _("ended a post"),
    "post.give.proposed": _("proposed a post"),
    "post.give.approved": _("approved a post"),
    "post.give.refused": _("refused a post"),
    "post.give.withdrawn": _("took back a proposed post"),
    "account.closed": _("closed an account"),
    "account.opened": _("opened an account"),
    "account.unlocked": _("unlocked an account"),
    "invitation.made": _("invited somebody"),
    "invitation.withdrawn": _("withdrew an invitation"),
    "invitation.used": _("invitation used"),
    "identity.added": _("added a certificate or sign-on account"),
    "identity.removed": _("removed a certificate or sign-on account"),
    "organisation.added": _("added an organisation"),
    "organisation.changed": _("changed an organisation"),
    "site.begun": _("began the site"),
    "trail.exported": _("exported the trail"),
    "trail.verified": _("asked for the trail to be verified"),
}
"""Rooms add their own when they are loaded."""


def in_words(verb: str) -> str:
    """A verb in the language of the page."""
    return str(VERBS.get(verb, verb))
