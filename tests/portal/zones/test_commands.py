"""What a person types before bundles go between two zones."""

import os
import subprocess
import sys
from pathlib import Path


def zone_key(home: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "dripline", "zone", "key"],
        env=os.environ
        | {"DRIPLINE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "dripline.portal.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_a_site_shows_the_same_public_key_and_fingerprint_each_time_it_is_asked(
    tmp_path: Path,
) -> None:
    first = zone_key(tmp_path / "home")
    assert [line.split()[:1] for line in first] == [["public"], ["fingerprint"]]
    assert zone_key(tmp_path / "home") == first
    assert (tmp_path / "home/portal/zone-key.pem").stat().st_mode & 0o777 == 0o600
    assert zone_key(tmp_path / "other") != first
