"""Files of others lie here as they were fetched, each named with version and licence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "vendor"


def test_each_vendored_file_is_what_was_fetched_and_none_lies_here_unnamed() -> None:
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
