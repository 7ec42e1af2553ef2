"""Three journeys in a browser: a bank is heard, the branch gets to the ground of a figure, a department sees its own."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from dripline.intake.acceptance import Acceptor, read_explanations
from dripline.intake.receiving import receive
from dripline.law import Law
from dripline.portal.accounts.models import Organisation
from dripline.portal.jobs.worker import work_once
from dripline.portal.submissions import actions
from dripline.store import Store
from tests.agree import accepted
from tests.e2e.conftest import Visit, signed_in
from tests.portal.conftest import NOW, People
from tests.unit.intake_writer import write_package

LATE = "2025-06"
Visits = Callable[..., Visit]
pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    """The worker does all that is queued."""
    while work_once("browser", lease=False):
        pass


@pytest.fixture
def late_home(tmp_path: Path, settings: LazySettings) -> Path:
    """The province as it stands before its late bank has sent its last month, compiled."""
    settings.DRIPLINE_HOME = tmp_path / "home"
    settings.MEDIA_ROOT = tmp_path / "home" / "portal" / "uploads"
    store, packages = Store.create(settings.DRIPLINE_HOME), accepted.province()
    parts = [path for path in packages.iterdir() if path.is_dir() and path.name != "late"]
    told = tuple(
        each for path in packages.glob("explained/**/*.csv") for each in read_explanations(path)
    )
    with store.home.staging() as folder:
        handed = receive(
            parts, folder, law=Law.load(), on=date(2026, 7, 10), province="41", progress=quiet
        )
        Acceptor(store, told, folder, Law.load(), NOW, "test", quiet).accept(handed)
    accepted.of_home(settings.DRIPLINE_HOME).compile(accepted.LAST)
    return settings.DRIPLINE_HOME


def quiet(step: str, done: int, total: int) -> None:
    """Nobody watches."""


def spoilt(package: Path, folder: Path) -> Path:
    """The same package with a loan whose balance is a word."""
    bank, table, day = package.stem.split("_")
    with zipfile.ZipFile(package) as archive:
        name = next(each for each in archive.namelist() if each.endswith(".dat"))
        lines = archive.read(name).decode().split("\n")
    fields = lines[0].split("|")
    place = next(
        n for n, text in enumerate(fields) if "." in text and text.replace(".", "").isdigit()
    )
    fields[place] = "不详"
    lines[0] = "|".join(fields)
    folder.mkdir()
    return write_package(folder, "\n".join(lines), bank=bank, table=table, day=day)


def figures(page: Page) -> str:
    """The strip of figures as a person reads it: the tiny bank moves some of them beyond their rounding."""
    return page.locator(".kpis").inner_text()


def test_a_bank_mends_a_faulty_package_is_accepted_and_the_cockpit_moves(
    people: People, late_home: Path, tmp_path: Path, visit: Visits
) -> None:
    (folder,) = (accepted.province() / "late" / LATE).iterdir()
    Organisation.objects.filter(pk=people.places["bank"].pk).update(reporter=folder.name)
    people.places["bank"].refresh_from_db()
    packages = sorted(folder.glob("*.zip"))
    loans = next(path for path in packages if "_CLDWDK_" in path.name)
    rest = [str(path) for path in packages if path != loans]
    branch = visit(client=signed_in(people.user("branch", "review")))
    before = figures(branch.open("/plan/"))

    delivery = actions.begin(
        people.places["bank"], LATE, by=people.viewer("bank", "entry"), now=NOW
    )
    bank = visit(client=signed_in(people.user("bank", "entry")))
    place = f"/submissions/{delivery.uid}/"
    page = bank.open(place)
    assert bank.faults() == []
    hand_over(page, [*rest, str(spoilt(loans, tmp_path / "spoilt"))])
    page.get_by_role("button", name="校验").click()
    expect(page.locator("#progress")).to_be_visible()
    assert bank.faults() == []
    work()
    page = bank.open(place)
    expect(page.get_by_text("不详").first).to_be_visible()
    assert bank.faults() == []

    page.locator("form[action$='/begin/'] button").click()
    page.wait_for_url(lambda address: place not in address)
    mended = page.url.removeprefix(bank.address)
    hand_over(page, [str(loans)])  # the others were taken over from the attempt before
    page.get_by_role("button", name="校验").click()
    work()
    approver = visit(client=signed_in(people.user("bank", "approve")))
    approver.open(mended).locator("form[action$='/send/'] button").click()
    branch.open(mended).locator("form[action$='/accept/'] button").click()
    work()
    after = figures(branch.open("/plan/"))
    assert after != before
    assert branch.faults() == []


def hand_over(page: Page, files: list[str]) -> None:
    """Chooses files; the page loads anew when all have come."""
    with page.expect_navigation(timeout=60_000):
        page.locator("input[type=file]").set_input_files(files)


def test_the_branch_goes_from_a_figure_to_its_rows_its_meaning_its_bridge_and_a_file(
    people: People, full_home: Path, visit: Visits
) -> None:
    branch = visit(client=signed_in(people.user("branch", "review")))
    page = branch.open("/statistics/?code=TE-BAL&by=borrower_city&against=month")
    page.locator(".t tbody a.cell-a").first.click()
    page.locator("select[name=purpose]").select_option("statistics")
    page.get_by_role("button", name="查看").click()
    expect(page.locator("table tbody tr").first).to_be_visible()
    assert branch.faults() == []

    page = branch.open("/statistics/?code=TE-BAL&by=borrower_city&against=month")
    page.get_by_role("link", name="口径说明").first.click()
    expect(page.locator("h1")).to_have_text("科技型企业贷款余额")
    page.go_back()

    page.get_by_role("link", name="变动原因").click()
    expect(page.locator("#bridge")).to_be_visible()
    work()
    expect(page.locator("#bridge table")).to_be_visible(timeout=20_000)
    assert branch.faults() == []

    page = branch.open("/statistics/?code=TE-BAL&by=borrower_city")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").click()
    assert zipfile.is_zipfile(waiting.value.path())


def test_a_department_sees_what_is_its_own_and_is_told_why_not_the_rest(
    people: People, full_home: Path, visit: Visits
) -> None:
    department = visit(client=signed_in(people.user("department", "entry")))
    page = department.open("/")
    expect(page.locator("h1")).to_contain_text("工作方案")
    assert page.locator(".kpi-v").count() == 0
    page.get_by_role("button", name="本单位").click()
    shown = page.locator("#board tr[data-tags]:visible")
    assert shown.count() > 0
    for row in shown.all():
        assert "science" in (row.get_attribute("data-tags") or "")
    department.open("/statistics/")
    expect(page.locator(".lede")).to_contain_text("披露控制")
    assert department.faults() == []
    page.goto(f"{department.address}/submissions/")
    assert page.locator("h1").inner_text() != ""
    department.complaints[:] = [text for text in department.complaints if "403" not in text]
