"""Addresses of plans."""

from django.urls import path

from dripline.portal.plan import views

app_name = "plan"
urlpatterns = [
    path("plan/", views.cockpit, name="cockpit"),
    path("plan/<str:code>/report/<str:kind>/", views.progress_report, name="report"),
    path("plan/documents/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("plan/documents/<int:pk>/scan/", views.scan, name="scan"),
    path("plan/<str:code>/<str:id>/", views.measure, name="measure"),
    path("plan/<str:code>/<str:id>/account/", views.write, name="write"),
    path("plan/<str:code>/<str:id>/documents/", views.register, name="register"),
    path("plan/<str:code>/<str:id>/by-hand/", views.by_hand, name="by_hand"),
]
