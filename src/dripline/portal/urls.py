"""Every address of the site."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from dripline.portal import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("language/", views.language, name="set_language"),
    path("", include("dripline.portal.catalogue.urls")),
    path("", include("dripline.portal.notices.urls")),
    path("", include("dripline.portal.plan.urls")),
    path("", include("dripline.portal.statistics.urls")),
    path("", include("dripline.portal.public.urls")),
    path("accounts/", include("dripline.portal.accounts.login_urls")),
    path("", include("dripline.portal.accounts.urls")),
    path("", include("dripline.portal.audit.urls")),
    path("submissions/", include("dripline.portal.submissions.urls")),
    path("", include("dripline.portal.api.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("design/", include("dripline.portal.design.urls")))
