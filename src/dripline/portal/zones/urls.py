"""Addresses of this room."""

from django.urls import path

from dripline.portal.zones import views

app_name = "zones"
urlpatterns = [
    path("", views.board, name="board"),
    path("take/", views.take, name="take"),
    path("<slug:name>/write/", views.write, name="write"),
    path("<slug:name>/<int:number>/", views.file, name="file"),
]
