"""Instances of the site in different zones: homes and databases of their own, and no line between them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

OURS = ("DRIPLINE_", "DJANGO_")


class Instance:
    """A site of a zone on a machine of its own, as it were: one process, and everything it knows lies in its home."""

    def __init__(self, zone: str, home: Path) -> None:
        self.zone, self.home = zone, home
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        own = {"DRIPLINE_HOME": str(home), "DRIPLINE_ZONE": zone}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.portal.zones.deeds"],
            env=kept | own,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def does(self, deed: str, *arguments: object) -> Any:
        """What comes of a deed (``deeds.py``) of somebody at this instance."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps([deed, *map(str, arguments)]), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        assert "failed" not in answer, answer["failed"]
        return answer["came"]

    def run(self, *command: str) -> Any:
        """A command of the command line, however it ends: its code, what it says, what it complains of."""
        return self.does("command", *command)

    def dripline(self, *command: str) -> str:
        """What a command says that must end well."""
        done = self.run(*command)
        assert done["code"] == 0, done
        return done["out"]

    def end(self) -> None:
        """The machine is switched off."""
        self.process.communicate()

    def key(self) -> str:
        """The public key, as its line says it."""
        return self.dripline("zone", "key").splitlines()[0].split()[-1]


def joined(channel: str, one: Instance, other: Instance) -> None:
    """Two people exchange the keys of their sites."""
    one.dripline("zone", "trust", channel, other.zone, other.key())
    other.dripline("zone", "trust", channel, one.zone, one.key())


def carried(channel: str, source: Instance, into: Instance, medium: Path) -> str:
    """Somebody walks over with a bundle; what the other site says."""
    said = source.dripline("zone", "write", channel, "--out", str(medium))
    return into.dripline("zone", "take", str(medium / said.split()[0]))
