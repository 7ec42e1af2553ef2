"""A small province of organisations and people, and a store they work on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.utils import translation

from dripline.portal.accounts.models import Function, Kind, Organisation, Post, Role, User
from dripline.portal.accounts.viewers import Viewer, viewer_of
from tests.agree import accepted

TODAY = date(2026, 7, 10)
NOW = datetime(2026, 7, 10, 1, 0, tzinfo=UTC)
BEGUN = date(2020, 1, 1)
PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def in_chinese() -> None:
    """A page asked for in English leaves its language to the thread; each test begins in the site's own."""
    translation.activate(settings.LANGUAGE_CODE)


@dataclass
class People:
    """Organisations by a short name, and a person for each post asked for."""

    places: dict[str, Organisation]

    def user(self, place: str, *functions: str, name: str = "") -> User:
        """A person with these functions in an organisation."""
        name = name or f"{place}-{'-'.join(functions) or 'nobody'}"
        user, new = User.objects.get_or_create(
            username=name, defaults={"display_name": name, "home": self.places[place]}
        )
        if new:
            user.set_password(PASSWORD)
            user.save()
            for function in functions:
                Post.objects.create(
                    user=user,
                    organisation=self.places[place],
                    function=function,
                    from_day=BEGUN,
                )
        return user

    def viewer(self, place: str, *functions: str) -> Viewer:
        """That person as the site sees them."""
        return viewer_of(self.user(place, *functions), None, TODAY)


def _place(code: str, name: str, kind: Kind, role: Role, **more: object) -> Organisation:
    return Organisation.objects.create(
        code=code, name=name, kind=kind, role=role, from_day=BEGUN, **more
    )


@pytest.fixture
def people(db: None) -> People:
    """The branch, a city branch, two banks of two cities with a branch each, a department, an enterprise."""
    kind, role = Kind, Role
    branch = _place("pboc_henan", "河南省分行", kind.PROVINCE_BRANCH, role.AUTHORITY)
    city = _place(
        "PBC-4103", "洛阳市分行", kind.CITY_BRANCH, role.AUTHORITY, parent=branch, city="410300"
    )
    bank = {"kind": kind.BANK, "role": role.INSTITUTION}
    first = _place("BANK-A", "示例甲银行", city="410100", reporter="91410000MA00000A0A", **bank)
    second = _place("BANK-B", "示例乙银行", city="410300", reporter="91410000MA00000B0B", **bank)
    branch_of_first = _place(
        "BANK-A-1", "示例甲银行中原支行", kind.BANK_BRANCH, role.INSTITUTION, parent=first
    )
    department = _place("science", "省科技厅", kind.DEPARTMENT, role.DEPARTMENT)
    firm = _place("FIRM-1", "示例一号企业", kind.ENTERPRISE, role.ENTERPRISE, city="410100")
    return People(
        {
            "branch": branch,
            "city": city,
            "bank": first,
            "other bank": second,
            "sub-branch": branch_of_first,
            "department": department,
            "firm": firm,
        }
    )


@pytest.fixture
def browse(client: Client) -> Callable[[User], Client]:
    """The browser of a signed-in person."""

    def signed_in(user: User) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


ALL_FUNCTIONS = tuple(Function.values)


@pytest.fixture
def empty_home(tmp_path: Path, settings: LazySettings) -> Path:
    """A data home in which nothing has been accepted."""
    settings.DRIPLINE_HOME = tmp_path / "home"
    settings.MEDIA_ROOT = tmp_path / "home" / "portal" / "uploads"
    return settings.DRIPLINE_HOME


@pytest.fixture
def full_home(tmp_path: Path, settings: LazySettings) -> Path:
    """A data home with the tiny synthetic province accepted and its last month compiled; a copy for each test."""
    made = accepted.figures()
    made.compile(accepted.LAST)
    settings.DRIPLINE_HOME = tmp_path / "home"
    settings.MEDIA_ROOT = tmp_path / "home" / "portal" / "uploads"
    shutil.copytree(made.store.home.path, settings.DRIPLINE_HOME)
    return settings.DRIPLINE_HOME
