"""Addresses of people, organisations and oneself. None lies under /accounts/: that is the login's."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from dripline.portal.accounts import own_views, tree_views, views


class AccountDeed(StringConverter):
    """What is done to an account."""

    regex = "close|open|factor|unlock|withdraw"


class Decided(StringConverter):
    """How a proposal is decided."""

    regex = "approve|refuse|withdraw"


register_converter(AccountDeed, "account_deed")
register_converter(Decided, "decision")
app_name = "accounts"
urlpatterns = [
    path("people/", views.people_list, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/invitation/", views.invite_again, name="invite_again"),
    path("people/<int:pk>/post/", views.give_post, name="give_post"),
    path("people/<int:pk>/identity/", views.add_identity, name="add_identity"),
    path("people/<int:pk>/<account_deed:deed>/", views.change_account, name="change_account"),
    path("posts/<int:pk>/end/", views.end_post, name="end_post"),
    path("identities/<int:pk>/remove/", views.remove_identity, name="remove_identity"),
    path("proposals/", views.waiting, name="proposals"),
    path("proposals/<int:pk>/<decision:decision>/", views.decide, name="decide"),
    path("organisations/", tree_views.organisations, name="organisations"),
    path("organisations/add/", tree_views.organisation, name="add_organisation"),
    path("organisations/<int:pk>/", tree_views.organisation, name="organisation"),
    path("settings/", tree_views.site_settings, name="settings"),
    path("me/sessions/", own_views.sessions, name="sessions"),
    path("me/sessions/<int:pk>/end/", own_views.end_session, name="end_session"),
    path("me/activity/", own_views.activity, name="activity"),
    path("me/organisation/", own_views.act_for, name="act_for"),
    path("looks/", own_views.looks, name="looks"),
    path("invitation/", own_views.accept, name="accept"),
    path("invitation/<str:token>/", own_views.invitation, name="invitation"),
]
