"""Every address of the site, and to whom it is open: a line for each, and an address without a line fails."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from dripline.portal.accounts.access import Access
from dripline.portal.accounts.models import Function

#  address                                | roles that may open it | functions it needs (any)
OPEN = """
/                                         | everybody              |
/health/                                  | everybody              |
/public/                                  | everybody              |
/language/                                | everybody              |
/accounts/certificate/                    | everybody              |
/people/                                  | signed in              | security
/people/invite/                           | signed in              | security
/people/<int:pk>/                         | signed in              | security
/people/<int:pk>/invitation/              | signed in              | security
/people/<int:pk>/post/                    | signed in              | security
/people/<int:pk>/identity/                | signed in              | security
/people/<int:pk>/<account_deed:deed>/     | signed in              | security
/posts/<int:pk>/end/                      | signed in              | security
/identities/<int:pk>/remove/              | signed in              | security
/proposals/                               | signed in              | security
/proposals/<int:pk>/<decision:decision>/  | signed in              | security
/organisations/                           | signed in              | system, security
/organisations/add/                       | signed in              | system
/organisations/<int:pk>/                  | signed in              | system
/settings/                                | signed in              | system
/me/sessions/                             | signed in              | any
/me/sessions/<int:pk>/end/                | signed in              | any
/me/activity/                             | signed in              | any
/me/organisation/                         | signed in              | any
/looks/                                   | institution            | any
/invitation/                              | everybody              |
/invitation/<str:token>/                  | everybody              |
/zones/                                   | authority              | system
/zones/take/                              | authority              | system
/zones/<slug:name>/write/                 | authority              | system
/zones/<slug:name>/<int:number>/          | authority              | system
/trail/                                   | signed in              | audit
/trail/export/                            | signed in              | audit
/trail/verify/                            | signed in              | audit
/catalogue/                               | everybody              |
/catalogue/indicators/<definition_code:code>/ | everybody          |
/catalogue/breakdowns/<definition_code:code>/ | everybody          |
/catalogue/rules/                         | everybody              |
/catalogue/rules/<definition_code:code>/  | everybody              |
/catalogue/tables/                        | everybody              |
/catalogue/tables/<definition_code:code>/ | everybody              |
/lawbook/                                 | everybody              |
/lawbook/documents/<str:name>/            | everybody              |
/lawbook/<str:name>/                      | everybody              |
/search/                                  | everybody              |
/statistics/                              | authority, department, institution |
/statistics/export/<str:format>/          | authority, institution |
/statistics/readings/                     | authority, department, institution |
/statistics/definitions/<definition_code:code>/ | authority, department, institution |
/statistics/rows/                         | authority, institution |
/statistics/rows.csv                      | authority, institution |
/statistics/bridge/                       | authority              |
/statistics/views/                        | authority, department, institution |
/statistics/views/<int:pk>/remove/        | authority, department, institution |
/plan/                                    | authority, department  |
/plan/<str:code>/report/<str:kind>/       | authority              |
/plan/documents/<int:pk>/confirm/         | authority, department  | review, approve
/plan/documents/<int:pk>/scan/            | authority, department  |
/plan/<str:code>/<str:id>/                | authority, department  |
/plan/<str:code>/<str:id>/account/        | authority, department  | entry, review, approve
/plan/<str:code>/<str:id>/documents/      | authority, department  | entry, review, approve
/plan/<str:code>/<str:id>/by-hand/        | authority              | approve
/notices/                                 | signed in              | read, entry, review, approve, system, security, audit
/notices/read/                            | signed in              | read, entry, review, approve, system, security, audit
/notices/ways/                            | signed in              | approve, security
/notices/ways/<int:pk>/remove/            | signed in              | approve, security
/submissions/                             | authority, department, institution |
/submissions/begin/                       | authority, department, institution | entry
/submissions/reporters/<int:pk>/          | authority, department, institution |
/submissions/imports/                     | authority              | entry, review
/submissions/imports/<uuid:uid>/          | authority              | entry, review
/submissions/imports/<uuid:uid>/accept/   | authority              | review
/submissions/templates/                   | authority, department, institution |
/submissions/templates/<str:code>/        | authority, department, institution |
/submissions/uploads/<uuid:uid>/          | authority, department, institution | entry
/submissions/uploads/<uuid:uid>/remove/   | authority, department, institution | entry
/submissions/<uuid:uid>/                  | authority, department, institution |
/submissions/<uuid:uid>/progress/         | authority, department, institution |
/submissions/<uuid:uid>/files/            | authority, department, institution | entry
/submissions/<uuid:uid>/uploads/          | authority, department, institution | entry
/submissions/<uuid:uid>/check/            | authority, department, institution | entry
/submissions/<uuid:uid>/findings/         | authority, department, institution |
/submissions/<uuid:uid>/findings.<str:format> | authority, department, institution |
/submissions/<uuid:uid>/explain/          | authority, department, institution | entry
/submissions/<uuid:uid>/explanations/<int:pk>/ | authority, department, institution | entry
/submissions/<uuid:uid>/compare/          | authority, department, institution |
/submissions/<uuid:uid>/unmatched.xlsx    | authority, department, institution |
/submissions/<uuid:uid>/send/             | authority, department, institution | entry, approve
/submissions/<uuid:uid>/withdraw/         | authority, department, institution | entry, approve
/submissions/<uuid:uid>/accept/           | authority              | review
/submissions/<uuid:uid>/return/           | authority              | review
/tokens/                                  | institution            | approve, security
/tokens/<int:pk>/revoke/                  | institution            | approve, security
/api/                                     | everybody              |
/api/v1/openapi.json                      | everybody              |
/api/v1/health                            | everybody              |
/api/v1/calendar                          | institution            | read, entry, approve
/api/v1/definitions/indicators            | everybody              |
/api/v1/definitions/indicators/<code>     | everybody              |
/api/v1/definitions/rules/<path:code>     | everybody              |
/api/v1/definitions/lawbook               | everybody              |
/api/v1/definitions/lawbook/<name>        | everybody              |
/api/v1/figures/<code>                    | institution            | read
/api/v1/figures/<code>/file               | institution            | read
/api/v1/deliveries                        | institution            | read, entry, approve
/api/v1/deliveries/<uuidstr:uid>          | institution            | read, entry, approve
/api/v1/deliveries/<uuidstr:uid>/check    | institution            | entry
/api/v1/deliveries/<uuidstr:uid>/explanations | institution        | entry
/api/v1/deliveries/<uuidstr:uid>/send     | institution            | approve
/api/v1/deliveries/<uuidstr:uid>/withdraw | institution            | entry
/api/v1/deliveries/<uuidstr:uid>/files    | institution            | entry
/api/v1/deliveries/<uuidstr:uid>/files/<uuidstr:file> | institution | read, entry, approve
/api/v1/deliveries/<uuidstr:uid>/findings | institution            | read, entry, approve
/api/v1/deliveries/<uuidstr:uid>/findings/all | institution        | read, entry, approve
/api/v1/<path:rest>                       | everybody              |
"""
LOGIN = ("/accounts/",)
"""The login's own pages, which look after themselves."""
WORDS = {
    "everybody": {"public", "authority", "department", "institution", "enterprise"},
    "signed in": {"authority", "department", "institution", "enterprise"},
}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> dict[str, Access]:
    """Each address with the access its view states."""
    found = {}
    for one in patterns:
        where = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found |= addresses(one.url_patterns, where)
        elif not where.startswith(LOGIN) or hasattr(one.callback, "access"):
            found[where] = getattr(one.callback, "access", None)
    return found


def table() -> dict[str, tuple[set[str], set[str]]]:
    lines = {}
    for line in OPEN.strip().splitlines():
        where, roles, functions = (part.strip() for part in line.split("|"))
        named = WORDS.get(roles) or {role.strip() for role in roles.split(",")}
        needed = {one.strip() for one in functions.split(",") if one.strip()}
        lines[where] = (named, set(Function.values) if needed == {"any"} else needed)
    return lines


def test_each_address_is_open_to_exactly_those_its_line_names() -> None:
    found = addresses(get_resolver().url_patterns)
    stated = {
        where: (set(access.roles), set(access.functions)) if access else None
        for where, access in found.items()
    }
    assert stated == table()


@pytest.mark.django_db
def test_the_site_is_well_and_a_stranger_finds_its_door(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/health/").json()["status"] == "ok"
    assert client.get("/", follow=True).status_code == 200
