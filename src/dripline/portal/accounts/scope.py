"""The one place that says what a viewer sees: records of the site, and rows of the store (FN 12, 13).

A model whose records belong to an organisation says so by ``owner``, the path to it; one that everybody signed in
may read says ``owner = None``. A model that says nothing is shown to nobody.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from dripline.errors import Refused
from dripline.portal.accounts.models import Function, Organisation, Post, Role, User
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.language import said
from dripline.store import Scope
from dripline.words import Text

M = TypeVar("M", bound=Model)
SHARED = None
"""What ``owner`` is where every signed-in person may read a record."""


def visible(model: type[M], viewer: Viewer) -> QuerySet[M]:
    """The records of a model that a viewer may see; all reading of scoped models begins here."""
    if not hasattr(model, "owner"):
        raise TypeError(f"{model.__name__} does not say whose its records are (owner)")
    records = model._default_manager.all()
    if not viewer.signed_in or viewer.organisation is None:
        return records.none()
    if model.owner is SHARED or viewer.whole_province:
        return records
    return records.filter(_theirs(model.owner, viewer))


def _theirs(path: str, viewer: Viewer) -> Q:
    """Records of organisations inside the viewer's own; for a city branch also of those of its city."""
    at = f"{path}__" if path else ""
    if viewer.administers:
        return Q(pk__in=[])
    own = Q(**{f"{at}pk__in": viewer.within})
    if viewer.role == Role.AUTHORITY and viewer.organisation is not None:
        # A city branch looks after the institutions of its city, not after departments or firms.
        city = {f"{at}city": viewer.organisation.city, f"{at}role": Role.INSTITUTION}
        return own | Q(**city)
    return own


def organisations(viewer: Viewer) -> QuerySet[Organisation]:
    """The organisations a viewer may see."""
    if not viewer.signed_in or viewer.organisation is None:
        return Organisation.objects.none()
    if viewer.whole_province or viewer.administers:
        return Organisation.objects.all()
    return Organisation.objects.filter(_theirs("", viewer))


def people(viewer: Viewer) -> QuerySet[User]:
    """The people whose accounts a security administrator looks after: those of the own organisation and below it,
    as long as none of their posts lies outside (who resets a password could act in every post of its person)."""
    if not viewer.may(Function.SECURITY):
        return User.objects.none()
    if viewer.of_province:
        return User.objects.all()
    outside = Post.objects.exclude(organisation__in=viewer.within).values("user")
    return User.objects.filter(home__in=viewer.within).exclude(pk__in=outside)


NO_ROWS = Text(
    zh="贷款逐笔数据只向中国人民银行和报送机构本身开放（统计法）。",
    en="Loan rows are open to the central bank and to the institution that reported them only (Statistics Law).",
)


def rows(viewer: Viewer, *, purpose: str) -> Scope:
    """The store's scope of a viewer for a purpose; Refused, with the reason, where no row is open at all."""
    if viewer.administers or viewer.role not in (Role.AUTHORITY, Role.INSTITUTION):
        raise Refused(said(NO_ROWS))
    if viewer.whole_province:
        return Scope.all_rows(purpose=purpose)
    named = organisations(viewer).exclude(reporter="").values_list("reporter", flat=True)
    return Scope.of_reporters(named, purpose=purpose)
