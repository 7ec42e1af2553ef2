"""The interface itself: its operations, who may use each, and what it answers where something cannot be."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import PathView
from ninja.security import HttpBearer

from dripline import __version__
from dripline.errors import DriplineError, Refused
from dripline.portal.accounts.access import EVERYBODY, EVERYWHERE, INSIDE, Access
from dripline.portal.accounts.models import Function, Role
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.api.door import through
from dripline.portal.api.faults import Fault, answer
from dripline.portal.submissions.storage import Misplaced

ROOT = "api/v1/"
logger = logging.getLogger(__name__)


class By(HttpBearer):
    """An operation for tokens with any of these functions; without any, the operation is open to everybody."""

    def __init__(self, *functions: str) -> None:
        super().__init__()
        self.functions = functions

    def __call__(self, request: HttpRequest) -> Viewer:
        """The viewer that the door found behind the token."""
        if not request.viewer.signed_in:
            raise Fault("no_token")
        if not request.viewer.may(*self.functions):
            needed = _("This needs a token with the function: %(functions)s.")
            named = " / ".join(str(Function(one).label) for one in self.functions)
            raise Fault("no_function", str(needed) % {"functions": named})
        return request.viewer

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Never asked: the door knows the token."""
        raise NotImplementedError


reads = By(Function.READ)
follows = By(Function.READ, Function.ENTRY, Function.APPROVE)
hands_over = By(Function.ENTRY)
sends = By(Function.APPROVE)

api = NinjaAPI(
    title="Dripline",
    version="1",
    description="Deliveries of institutions, figures of their own rows, and definitions. docs/api.md tells how.",
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-operations",
)


@api.exception_handler(Fault)
def _fault(request: HttpRequest, fault: Fault) -> HttpResponse:
    return answer(fault)


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(Fault("not_found"))


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return answer(Fault("no_token"))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return answer(Fault("no_json" if error.status_code == 400 else "broken"))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [
        {
            "field": ".".join(str(part) for part in one["loc"] if part not in WHERE),
            "says": one["msg"],
        }
        for one in error.errors
    ]
    return answer(Fault("invalid", fields=fields))


WHERE = ("body", "query", "path", "header", "asked")
"""Where a field stands says nothing that its name does not."""


@api.exception_handler(Misplaced)
def _misplaced(request: HttpRequest, error: Misplaced) -> HttpResponse:
    return answer(Fault("misplaced", str(error)))


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return answer(Fault("refused", str(error)))


@api.exception_handler(DriplineError)
def _unfit(request: HttpRequest, error: DriplineError) -> HttpResponse:
    return answer(Fault("invalid", str(error)))


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    # The kind alone: its words might hold what was sent.
    logger.error("api.broken %s %s", request.method, type(error).__name__)
    return answer(Fault("broken"))


def schema() -> dict[str, Any]:
    """The OpenAPI document."""
    from dripline.portal.api import operations  # noqa: F401  (they add themselves)

    return {**api.get_openapi_schema(path_prefix=f"/{ROOT}"), "x-program": __version__}


def access_of(view: PathView) -> Access:
    """Who may use an address: tokens of institutions with a function of one of its operations, or everybody."""
    by = [one for operation in view.operations for one in operation.auth_callbacks]
    if not by:
        return Access(EVERYBODY, (), EVERYWHERE)
    functions = dict.fromkeys(name for one in by for name in one.functions)
    return Access((Role.INSTITUTION.value,), tuple(str(one) for one in functions), INSIDE)


def urls() -> Iterator[URLPattern]:
    """Each operation's address, behind the door."""
    from dripline.portal.api import operations  # noqa: F401  (they add themselves)

    for router in api._get_bound_routers():
        views = {}
        for pattern, view in _patterns(router):
            views.setdefault(str(pattern.pattern), (pattern, view))
        for route, (pattern, view) in views.items():
            yield path(ROOT + route, through(pattern.callback, access_of(view)), name=pattern.name)


def _patterns(router: Any) -> Iterator[tuple[URLPattern, PathView]]:
    """The library yields an address once for each of its operations, in the order of its views."""
    patterns = iter(router.urls_paths(router.prefix))
    for view in router.path_operations.values():
        for _operation in view.operations:
            yield next(patterns), view
