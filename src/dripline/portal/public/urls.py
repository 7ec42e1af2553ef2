"""Addresses for everybody."""

from django.urls import path

from dripline.portal.public import views

app_name = "public"
urlpatterns = [path("public/", views.front, name="front")]
