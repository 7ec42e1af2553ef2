"""Addresses of figures."""

from django.urls import path

from dripline.portal.statistics import reading_views, views

app_name = "statistics"
urlpatterns = [
    path("statistics/", views.table, name="table"),
    path("statistics/export/<str:format>/", views.export, name="export"),
    path("statistics/rows/", views.rows, name="rows"),
    path("statistics/rows.csv", views.rows_file, name="rows_file"),
    path("statistics/bridge/", views.bridge, name="bridge"),
    path("statistics/readings/", reading_views.readings, name="readings"),
    path(
        "statistics/definitions/<definition_code:code>/",
        reading_views.definition,
        name="definition",
    ),
    path("statistics/views/", views.save, name="save"),
    path("statistics/views/<int:pk>/remove/", views.forget, name="forget"),
]
