"""The site's addresses and the page of patterns, as where the program is built."""

from django.urls import include, path

from dripline.portal.urls import urlpatterns as site

urlpatterns = [*site, path("design/", include("dripline.portal.design.urls"))]
