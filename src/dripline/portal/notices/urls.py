"""Addresses of notices."""

from django.urls import path

from dripline.portal.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.board, name="board"),
    path("notices/read/", views.read, name="read"),
    path("notices/ways/", views.add, name="add"),
    path("notices/ways/<int:pk>/remove/", views.remove, name="remove"),
]
