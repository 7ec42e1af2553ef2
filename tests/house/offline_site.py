"""Installs an unpacked bundle and begins a site with it; says what came of each step as one line of JSON.

A process of its own, so that it can be run where there is no network: offline_site.py BUNDLE FOLDER HOME
"""

import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

SET_FLAGS, UP = 0x8914, 1  # of Linux: SIOCSIFFLAGS, IFF_UP
TRIES = 240  # a quarter of a second each


def interfaces() -> list[str]:
    """The networks there are; where the machine's own loop is the only one, it is switched on."""
    found = [name for _, name in socket.if_nameindex()]
    if found == ["lo"]:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            fcntl.ioctl(one, SET_FLAGS, struct.pack("16sh", b"lo", UP))
    return found


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def said(*command: str | Path) -> list:
    """How a command ends, and what it says."""
    done = subprocess.run(command, capture_output=True, text=True)
    return [done.returncode, done.stdout.splitlines(), done.stderr.splitlines()]


def health(program: Path) -> list:
    """What the site answers when it is asked how it is, and how it ends when it is told to."""
    port = free_port()
    process = subprocess.Popen([program, "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"])
    try:
        for _ in range(TRIES):
            with suppress(URLError):
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=30) as told:
                    status = told.status
                process.terminate()
                return [status, process.wait(30)]
            with suppress(subprocess.TimeoutExpired):
                return ["ended", process.wait(0.25)]
        return ["silent", None]
    finally:
        process.kill()


def main(bundle: Path, folder: Path, home: Path) -> None:
    found = interfaces()
    os.environ["DRIPLINE_HOME"] = str(home)
    installed = said("sh", bundle / "install.sh", folder)
    told = {"interfaces": found, "installed": installed}
    program = folder / "bin" / "dripline"
    if installed[0] == 0:
        told["version"] = said(program, "--version")
        told["indicators"] = said(program, "list", "indicators", "--format", "csv")
        told["check"] = said(program, "site", "check")
        told["migrated"] = said(program, "site", "migrate")[0]
        told["begun"] = said(program, "site", "begin", "PBC-41", "中国人民银行河南省分行")
        told["health"] = health(program)
    print(json.dumps(told))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
