"""Addresses of definitions. They are open to everybody: a figure whose meaning is hidden is no statistic."""

from django.urls import path, register_converter

from dripline.portal.catalogue import views


class Code:
    """The code of a rule may hold a slash; no code holds a space or a backslash."""

    regex = r"[A-Za-z0-9._/-]{1,80}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Code, "definition_code")
app_name = "catalogue"
urlpatterns = [
    path("catalogue/", views.indicators, name="indicators"),
    path("catalogue/indicators/<definition_code:code>/", views.indicator, name="indicator"),
    path("catalogue/breakdowns/<definition_code:code>/", views.breakdown, name="breakdown"),
    path("catalogue/rules/", views.rules, name="rules"),
    path("catalogue/rules/<definition_code:code>/", views.rule, name="rule"),
    path("catalogue/tables/", views.tables, name="tables"),
    path("catalogue/tables/<definition_code:code>/", views.table, name="table"),
    path("lawbook/", views.lawbook, name="lawbook"),
    path("lawbook/documents/<str:name>/", views.document, name="document"),
    path("lawbook/<str:name>/", views.entry, name="entry"),
    path("search/", views.search, name="search"),
]
