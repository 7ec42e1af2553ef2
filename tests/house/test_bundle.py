"""The offline installer: whole for each kind of machine, the same bytes again, and a site where there is no network."""

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

import dripline
from tests.house.test_house import REGISTRY, ROOT, entries, faults_of

bundle = SimpleNamespace(**run_path(str(ROOT / "scripts/bundle")))
NOWHERE = "http://127.0.0.1:9/"
UNSAFE = ["DRIPLINE_HTTPS", "DRIPLINE_HOSTS", "DRIPLINE_SECRET", "DRIPLINE_SECOND_FACTOR"]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """A folder of which nothing is kept: what a bundle holds is large."""
    yield tmp_path
    shutil.rmtree(tmp_path)


def built(machine: str, out: Path) -> Path:
    """The bundle for a machine."""
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/bundle", machine, "--out", out],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    archive = out / f"dripline-offline-{dripline.__version__}-{machine}.tar.gz"
    assert [path.name for path in out.iterdir()] == [archive.name]
    return archive


def unpacked(archive: Path, into: Path) -> Path:
    """The folder in a bundle."""
    with tarfile.open(archive) as tar:
        tar.extractall(into, filter="data")
    return into / archive.name.removesuffix(".tar.gz")


def away_from_all_networks() -> list[str]:
    """The command that runs another one without a network; none where the machine does not allow it."""
    for way in (["unshare", "-rn"], ["unshare", "-n"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*way, "true"], capture_output=True).returncode == 0
        ):
            return way
    return []


def begun_without_a_network(folder: Path, room: Path, way: list[str]) -> dict:
    """What came of installing a bundle and beginning a site, each step, away from all networks."""
    (room / "nobody").mkdir()
    proxies = {f"{kind}_proxy": NOWHERE for kind in ("http", "https", "all")}
    # The index and the folder of packages that pip is told of are not there: what asks for them fails.
    pip = {"PIP_INDEX_URL": NOWHERE, "PIP_FIND_LINKS": NOWHERE, "no_proxy": "127.0.0.1"}
    own = {"HOME": str(room / "nobody"), "PYTHON": os.path.realpath(sys.executable)}
    steps = [sys.executable, ROOT / "tests/house/offline_site.py"]
    done = subprocess.run(
        [*way, *steps, folder, room / "to", room / "home"],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | proxies | pip | own,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.long
def test_a_site_is_installed_and_answers_where_there_is_no_network(room: Path) -> None:
    folder = unpacked(built(platform.machine(), room / "out"), room)
    way = away_from_all_networks()
    told = begun_without_a_network(folder, room, way)
    if way:
        assert told["interfaces"] == ["lo"]
    assert (told["installed"][0], told["installed"][2]) == (0, []), told["installed"]
    assert told["version"] == [0, [f"dripline {dripline.__version__}"], []]
    here = [Path(sys.executable).with_name("dripline"), "list", "indicators", "--format", "csv"]
    assert told["indicators"][1] == subprocess.check_output(here, text=True).splitlines()
    code, lines, _ = told["check"]
    assert (code, [line.split(" ")[0] for line in lines]) == (1, UNSAFE)
    assert told["migrated"] == 0
    assert [line.split()[0] for line in told["begun"][1]] == [
        "system",
        "security-1",
        "security-2",
        "audit",
    ]
    assert told["health"] == [200, 0]


def tags(machine: str, python: str) -> set[Tag]:
    """What that Python takes on a Linux with the C library the bundle asks for."""
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in range(bundle.GLIBC, 4, -1)]
    platforms += [f"manylinux2014_{machine}", f"linux_{machine}"]
    of = tuple(map(int, python.split(".")))
    own = f"cp{python.replace('.', '')}"
    return {*cpython_tags(of, [own], platforms), *compatible_tags(of, own, platforms)}


def wanted(machine: str, python: str) -> set[tuple[str, str]]:
    """Names and versions that the lock asks for there."""
    there = {
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "sys_platform": "linux",
        "python_version": python,
        "python_full_version": f"{python}.0",
    }
    asked = [
        Requirement(entry.split("\\")[0]) for entry in entries(ROOT / "requirements/site.lock")
    ]
    found = {
        (canonicalize_name(one.name), str(one.specifier).removeprefix("=="))
        for one in asked
        if one.marker is None or one.marker.evaluate(there)
    }
    return found | {("dripline", dripline.__version__)}


@pytest.mark.long
def test_the_bundle_of_the_other_machine_holds_a_fitting_wheel_of_every_locked_package(
    room: Path,
) -> None:
    other = next(one for one in bundle.MACHINES if one != platform.machine())
    folder = unpacked(built(other, room / "out"), room)
    wheels = {path.name: parse_wheel_filename(path.name) for path in (folder / "wheels").iterdir()}
    fitting = {
        python: {name for name, wheel in wheels.items() if wheel[3] & tags(other, python)}
        for python in bundle.PYTHONS
    }
    for python, names in fitting.items():
        held = {(wheels[name][0], str(wheels[name][1])) for name in names}
        assert held == wanted(other, python)
    assert set.union(*fitting.values()) == set(wheels)
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert sums == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in bundle.files(folder)
        if name != "SHA256SUMS"
    }
    lock = (ROOT / "requirements/site.lock").read_text("utf-8")
    unlocked = [name for name in wheels if f"sha256:{sums[f'wheels/{name}']}" not in lock]
    assert unlocked == [f"dripline-{dripline.__version__}-py3-none-any.whl"]
    texts = [folder / name for name in bundle.files(folder) if not name.startswith("wheels/")]
    assert [faults_of(REGISTRY, path.read_text("utf-8")) for path in texts] == [[]] * len(texts)


def test_the_same_files_make_the_same_bytes_whenever_and_by_whomever(tmp_path: Path) -> None:
    for attempt, names in enumerate((["b.sh", "a"], ["a", "b.sh"])):
        folder = tmp_path / str(attempt) / "bundle"
        folder.mkdir(parents=True)
        for name in names:
            (folder / name).write_text(name, "utf-8")
            (folder / name).chmod(0o600 + attempt)
            os.utime(folder / name, (attempt, attempt))
        bundle.pack(folder, tmp_path / f"{attempt}.tar.gz")
    one, other = ((tmp_path / f"{attempt}.tar.gz").read_bytes() for attempt in (0, 1))
    assert one == other


def about(**fields: str) -> Message:
    """What a wheel says of itself."""
    message = Message()
    message["Name"] = "thing"
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"License_Expression": "LGPL-3.0-only"}, "LGPL-3.0-only"),
        ({"License": "MIT\n\nPermission is hereby granted"}, "MIT"),
        ({"License": "x", "Classifier": "License :: OSI Approved :: BSD License"}, "BSD License"),
    ],
)
def test_a_licence_is_told_as_the_package_tells_it(fields: dict[str, str], says: str) -> None:
    assert bundle.licence(about(**fields)) == says


@pytest.mark.parametrize(
    "fields",
    [
        {"License_Expression": "GPL-3.0-or-later"},
        {"License_Expression": "MIT AND AGPL-3.0-only"},
        {"License": "GNU GENERAL PUBLIC LICENSE\nVersion 3"},
        {
            "License": "MIT",
            "Classifier": "License :: OSI Approved :: GNU Affero General Public License v3",
        },
        {"License": "UNKNOWN"},
        {"Classifier": "License :: Other/Proprietary License"},
        {},
    ],
)
def test_a_package_that_binds_who_hands_it_on_or_states_no_licence_ends_the_build(
    fields: dict[str, str],
) -> None:
    with pytest.raises(bundle.CannotBuild):
        bundle.licence(about(**fields))


def empty_bundle(folder: Path, machine: str) -> Path:
    """A bundle with no wheels: for what is refused before any is needed."""
    (folder / "wheels").mkdir(parents=True)
    bundle.lay_out(folder, machine, list(bundle.PYTHONS))
    return folder


def test_no_page_of_a_bundle_names_a_file_that_it_does_not_hold(tmp_path: Path) -> None:
    folder = empty_bundle(tmp_path / "bundle", "aarch64")
    pages = [folder / name for name in bundle.files(folder) if name.endswith(".md")]
    assert {path.name for path in pages} >= {"README.md", "README.zh-CN.md", "site.md"}
    named = {
        page.parent / link.partition("#")[0]
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)", page.read_text("utf-8"))
    }
    assert [path for path in named if not path.is_file()] == []
    texts = [(folder / name).read_text("utf-8") for name in bundle.files(folder)]
    assert [re.findall("@[A-Z]+@", text) for text in texts] == [[]] * len(texts)


def refused(folder: Path, into: Path, **environment: str) -> str:
    """The last words of an installer that refuses."""
    command = ["sh", folder / "install.sh", into]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr.splitlines()[-1]


def test_a_bundle_that_was_changed_on_its_way_installs_nothing(tmp_path: Path) -> None:
    folder = empty_bundle(tmp_path / "bundle", platform.machine())
    with (folder / "site.lock").open("a", encoding="utf-8") as lock:
        lock.write("\n")
    assert refused(folder, tmp_path / "to") == (
        "The bundle is not whole or was changed (see above). Copy it again. Nothing was installed."
    )
    assert not (tmp_path / "to").exists()


def test_a_bundle_for_another_machine_a_python_that_is_none_and_a_folder_in_use_are_refused(
    tmp_path: Path,
) -> None:
    other = empty_bundle(tmp_path / "other", "riscv64")
    assert refused(other, tmp_path / "to") == (
        f"This bundle is for Linux on riscv64; here is Linux on {platform.machine()}. Take the bundle for it."
    )
    own = empty_bundle(tmp_path / "own", platform.machine())
    assert refused(own, tmp_path / "to", PYTHON="/bin/false").startswith("No fitting Python: ")
    assert not (tmp_path / "to").exists()
    said = refused(own, tmp_path / "own", PYTHON=os.path.realpath(sys.executable))
    assert said == (
        f"{tmp_path / 'own'} is not empty. Move the old version aside (data do not lie there), or name another folder."
    )


def test_what_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = empty_bundle(
        tmp_path / "bundle", platform.machine()
    )  # it holds no wheel of what its lock names
    command = ["sh", folder / "install.sh", tmp_path / "to"]
    python = {"PYTHON": os.path.realpath(sys.executable)}
    done = subprocess.run(command, env=os.environ | python, capture_output=True, text=True)
    assert (done.returncode != 0, (tmp_path / "to").exists()) == (True, False)
