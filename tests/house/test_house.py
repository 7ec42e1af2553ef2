"""What holds for the repository as a whole, on any machine."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.house.measure import ROOT, own_files, too_long

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
# A folder of somebody's machine. The first slash must not follow a letter, so that a path inside
# the project (var/work/x) and an address of the web (example.org/home/) do not count.
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:work|root|tmp|home|Users|opt|mnt)/[\w.-]+")
# What an index of packages, a mirror or a link to a single package looks like. Not the folder an installer lies in.
REGISTRY = re.compile(
    r'--(?:extra-)?index-url|--find-links(?! "\$here/)|files\.pythonhosted\.org|pypi\.org|/simple\b'
    r"|registry\.npmjs\.org|\b(?:mirrors?|nexus|artifactory|devpi)\.[\w-]+\.\w+",
    re.IGNORECASE,
)
# These speak of such addresses in order to forbid them.
SPEAKS_OF_THEM = {"tests/house/test_house.py"}


def faults_of(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match.group() for match in pattern.finditer(text)]


def texts() -> list[tuple[str, str]]:
    """Each text file of the project by name; a file that is no UTF-8 holds data, not words."""
    found = []
    for path in own_files():
        name = path.relative_to(ROOT).as_posix()
        if name in SPEAKS_OF_THEM or path.stat().st_size > 5_000_000:
            continue
        try:
            found.append((name, path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


# Units, container files and installers for an operator's own machine say where things lie on it.
EXAMPLES_OF_MACHINES = ("docs/examples/", "scripts/bundled/")


def test_no_file_holds_a_path_of_a_machine() -> None:
    ours = [(name, text) for name, text in texts() if not name.startswith(EXAMPLES_OF_MACHINES)]
    faults = {name: faults_of(MACHINE_PATH, text) for name, text in ours}
    assert {name: found for name, found in faults.items() if found} == {}


def test_no_file_holds_the_address_of_a_registry() -> None:
    faults = {
        name: faults_of(REGISTRY, text.replace("--no-emit-find-links", ""))
        for name, text in texts()
    }
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    "line",
    ["open('~work/shared/x.csv')", "cd ~root/x", "PATH=~home/li/bin", "see ~Users/li/x"],
)
def test_a_path_of_a_machine_is_recognised(line: str) -> None:
    # Written with ~ for the slash, so that this file holds none itself.
    assert len(faults_of(MACHINE_PATH, line.replace("~", "/"))) == 1


@pytest.mark.parametrize(
    "line", ["var/work/x", "example.org/home/page", "tmp/ and work", "./tmp/a"]
)
def test_a_path_inside_the_project_is_no_path_of_a_machine(line: str) -> None:
    assert faults_of(MACHINE_PATH, line) == []


def test_there_is_a_lock_for_users_sites_developers_and_benchmarks() -> None:
    assert [lock.name for lock in LOCKS] == ["bench.lock", "core.lock", "dev.lock", "site.lock"]


def entries(lock: Path) -> list[str]:
    """The requirements of a lock, each with its continuation lines, comments left out."""
    lines = [line for line in lock.read_text("utf-8").splitlines() if "#" not in line]
    return [entry for entry in re.split(r"\n(?=\S)", "\n".join(lines)) if entry.strip()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_each_entry_of_a_lock_is_one_exact_version_with_hashes_and_no_address(lock: Path) -> None:
    version, marker = r"[\w.-]+==[\w.]+", r"(?: ; [^\\\n]+)?"
    exact = re.compile(version + marker + r" \\(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+")
    assert [entry for entry in entries(lock) if not exact.fullmatch(entry)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_speaks_of_no_address_or_path_even_in_comments(lock: Path) -> None:
    assert faults_of(re.compile(r"://|file:|@ |(?<![\w.-])/"), lock.read_text("utf-8")) == []


def test_the_locks_agree_on_every_version() -> None:
    core, site, dev, bench = (
        {entry.split(" ")[0] for entry in entries(ROOT / "requirements" / f"{name}.lock")}
        for name in ("core", "site", "dev", "bench")
    )
    assert (core - site, site - dev, dev - bench) == (set(), set(), set())


def test_every_dependency_stands_in_its_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "core": project["dependencies"],
        "site": extras["portal"] + extras["publish"] + extras["postgresql"],
        "dev": extras["dev"],
        "bench": extras["bench"],
    }
    for name, requirements in wanted.items():
        locked = {entry.split("==")[0] for entry in entries(ROOT / f"requirements/{name}.lock")}
        assert {re.split(r"[\[><=]", one)[0].lower() for one in requirements} - locked == set()


def test_no_piece_of_the_project_is_too_long() -> None:
    assert [str(piece) for piece in too_long(own_files()) if piece.fails] == []


def test_a_long_function_and_a_long_file_are_found(tmp_path: Path) -> None:
    def piece(name: str, lines: int) -> Path:
        path = tmp_path / name
        path.write_text("def f() -> None:\n" + "    pass\n" * (lines - 1), "utf-8")
        return path

    paths = [piece("a.py", 40), piece("b.py", 41), piece("c.py", 61), piece("d.py", 601)]
    found = [(p.where, p.length.kind, p.fails) for p in too_long(paths, tmp_path)]
    assert found == [
        ("b.py:1 f", "function", False),
        ("c.py:1 f", "function", True),
        ("d.py", "file", True),
        ("d.py:1 f", "function", True),
    ]


def test_the_hook_runs_the_check_and_nothing_else() -> None:
    lines = (ROOT / "hooks" / "pre-commit").read_text("utf-8").splitlines()
    assert lines == ["#!/bin/sh", "exec make check"]


def test_what_a_machine_makes_for_itself_is_ignored() -> None:
    made = [".venv/x", "var/x", "dist/x", "build/x", ".mypy_cache/x", "src/dripline/__pycache__/x"]
    answer = subprocess.run(
        ["git", "check-ignore", *made], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == made
