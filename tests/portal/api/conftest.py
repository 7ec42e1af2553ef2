"""A bank's program: a token, and a client that shows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dripline.portal.accounts.viewers import viewer_of
from dripline.portal.api import actions
from dripline.store.entries import day_in_china
from tests.portal.conftest import People
from tests.portal.submissions.conftest import Desk

ROOT = "/api/v1/"
KEYS = count()


@dataclass
class Program:
    """What a bank's scheduler does."""

    token: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """One request; a new idempotency key for each, unless one is named."""
        sent = {"Authorization": f"Bearer {self.token}", "Accept-Language": "en"}
        if method == "POST":
            sent["Idempotency-Key"] = headers.pop("key", f"key-{next(KEYS)}")
        content = body if isinstance(body, bytes) else json.dumps({} if body is None else body)
        data = "" if method in ("GET", "DELETE") else content
        return self.client.generic(
            method, path if path.startswith("/") else ROOT + path, data,
            content_type="application/json", headers=sent | headers,
        )  # fmt: skip

    def get(self, path: str) -> Any:
        return self.ask("GET", path)

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: bytes) -> Any:
        return self.ask("PUT", path, body)


Programs = Callable[..., Program]


@pytest.fixture
def program(people: People) -> Programs:
    """A program of an institution whose token may be used for these functions."""

    def made(place: str = "bank", *functions: str) -> Program:
        now = timezone.now()
        on = day_in_china(now)
        by = viewer_of(people.user(place, "approve"), None, on)
        asked = functions or ("read", "entry", "approve")
        _, text = actions.make("core", asked, on, on + timedelta(days=30), by=by, now=now)
        return Program(text)

    return made


@pytest.fixture
def desk(people: People, empty_home: Path, tmp_path: Path) -> Desk:
    folder = tmp_path / "packages"
    folder.mkdir()
    return Desk(people, folder)
