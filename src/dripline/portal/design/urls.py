"""Addresses of this room, mounted only where the program is built."""

from django.urls import path

from dripline.portal.design import views

app_name = "design"
urlpatterns = [path("patterns/", views.patterns, name="patterns")]
