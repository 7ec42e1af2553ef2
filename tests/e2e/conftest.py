"""A real browser on the site: what it complains of fails the test, and axe-core looks at every page."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from dripline.portal.accounts.models import User
from tests.portal.conftest import *  # noqa: F403  (its fixtures are ours too)

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = {1440: 900, 390: 844}
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in SIZES]
VIOLATIONS = """
document.addEventListener('securitypolicyviolation', event =>
  console.error('CSP ' + event.violatedDirective + ' ' + event.blockedURI));
"""
# Playwright keeps an event loop in the thread of the test, where Django would refuse its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser takes its time: its tests are long ones."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.long)


def chromium() -> str:
    """Where the browser is; a test without one fails and says how to get it."""
    named = os.environ.get("DRIPLINE_CHROMIUM") or shutil.which("chromium")
    found = named or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("There is no Chromium here: apt-get install chromium, or set DRIPLINE_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield opened
        opened.close()


class Visit:
    """Pages opened in one look by one person, and everything the browser complained of."""

    def __init__(self, browser: Browser, address: str, scheme: str, width: int) -> None:
        self.address, self.complaints = address, list[str]()
        self.context = browser.new_context(
            viewport={"width": width, "height": SIZES[width]},
            color_scheme=scheme,
            locale="zh-CN",
            reduced_motion="reduce",
        )
        self.context.add_init_script(VIOLATIONS)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: object) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def sign_in(self, client: Client) -> None:
        """Takes over the session of a signed-in client."""
        self.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.address}]
        )

    def open(self, path: str) -> Page:
        """Opens a page of the site."""
        self.page.goto(self.address + path)
        return self.page

    def faults(self) -> list[str]:
        """What axe-core finds on the open page (WCAG 2.2 A and AA), and whether it runs over the screen's side."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        asked = json.dumps({"runOnly": {"type": "tag", "values": TAGS}})
        found = self.page.evaluate(f"axe.run(document, {asked}).then(r => r.violations)")
        faults = [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in found
            for node in one["nodes"]
        ]
        over = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return faults + ([f"runs {over} px over the side"] if over > 0 else [])


@pytest.fixture
def visit(browser: Browser, live_server: object) -> Iterator[Callable[..., Visit]]:
    """Opens the site in a look; at the end nothing may have been complained of."""
    visits: list[Visit] = []

    def opened(scheme: str = "light", width: int = 1440, client: Client | None = None) -> Visit:
        visits.append(Visit(browser, live_server.url, scheme, width))
        if client is not None:
            visits[-1].sign_in(client)
        return visits[-1]

    yield opened
    complaints = [text for one in visits for text in one.complaints]
    for one in visits:
        one.context.close()
    assert complaints == []


def signed_in(user: User) -> Client:
    """A client with the session of a person."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
