"""Addresses of this room. Deliveries, files and imports have names that cannot be guessed."""

from django.urls import path

from dripline.portal.submissions import finding_views, import_views, upload_views, views

app_name = "submissions"
urlpatterns = [
    path("", views.board, name="board"),
    path("begin/", views.begin, name="begin"),
    path("reporters/<int:pk>/", views.reporter, name="reporter"),
    path("imports/", import_views.imports, name="imports"),
    path("imports/<uuid:uid>/", import_views.brought_in, name="import"),
    path("imports/<uuid:uid>/accept/", import_views.accept_all, name="accept_all"),
    path("templates/", import_views.templates, name="templates"),
    path("templates/<str:code>/", import_views.template, name="template"),
    path("uploads/<uuid:uid>/", upload_views.piece, name="upload"),
    path("uploads/<uuid:uid>/remove/", upload_views.remove, name="remove"),
    path("<uuid:uid>/", views.delivery, name="delivery"),
    path("<uuid:uid>/progress/", views.progress, name="progress"),
    path("<uuid:uid>/files/", upload_views.files, name="files"),
    path("<uuid:uid>/uploads/", upload_views.announce, name="announce"),
    path("<uuid:uid>/check/", views.check, name="check"),
    path("<uuid:uid>/findings/", finding_views.findings, name="findings"),
    path("<uuid:uid>/findings.<str:format>", finding_views.download, name="download"),
    path("<uuid:uid>/explain/", views.explain, name="explain"),
    path("<uuid:uid>/explanations/<int:pk>/", views.take_back, name="take_back"),
    path("<uuid:uid>/unmatched.xlsx", import_views.unmatched_of, name="unmatched"),
    path("<uuid:uid>/compare/", views.compare, name="compare"),
    path("<uuid:uid>/send/", views.send, name="send"),
    path("<uuid:uid>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:uid>/accept/", views.accept, name="accept"),
    path("<uuid:uid>/return/", views.give_back, name="return"),
]
