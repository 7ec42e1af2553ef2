"""Addresses of the trail."""

from django.urls import path

from dripline.portal.audit import views

app_name = "audit"
urlpatterns = [
    path("trail/", views.events, name="events"),
    path("trail/export/", views.export, name="export"),
    path("trail/verify/", views.verify, name="verify"),
]
