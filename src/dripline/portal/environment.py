"""What the surroundings say about a site, and what of it would be unsafe in service."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dripline.errors import CannotRead
from dripline.portal.doors import Doors
from dripline.portal.zone import ZONES
from dripline.store import Home

LEAST_SECRET = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The settings of a site, each from one variable."""

    home: Path
    zone: str
    hosts: tuple[str, ...]
    https: bool
    debug: bool
    secret: str
    database: str
    synthetic: bool
    second_factor: bool
    doors: Doors
    variables: Mapping[str, str]

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Environment:
        """The settings as the variables say; CannotRead names the variable that cannot be."""
        home = Home.place(variables).absolute()
        zone = variables.get("DRIPLINE_ZONE") or "all"
        if zone not in ZONES:
            raise CannotRead(f"DRIPLINE_ZONE is {zone!r}; it is one of {', '.join(ZONES)}.")
        return cls(
            home=home,
            zone=zone,
            hosts=tuple(
                filter(None, (variables.get("DRIPLINE_HOSTS") or "127.0.0.1,localhost").split(","))
            ),
            https=_yes(variables, "DRIPLINE_HTTPS"),
            debug=_yes(variables, "DRIPLINE_DEBUG"),
            secret=variables.get("DRIPLINE_SECRET") or kept_secret(home),
            database=variables.get("DRIPLINE_DATABASE") or "",
            synthetic=_yes(variables, "DRIPLINE_SYNTHETIC"),
            second_factor=_yes(variables, "DRIPLINE_SECOND_FACTOR"),
            doors=Doors.read(variables),
            variables=variables,
        )

    @property
    def folder(self) -> Path:
        """What the site keeps in the data home beside the store: its own database, uploads, findings."""
        return self.home / "portal"

    def databases(self) -> dict[str, dict[str, object]]:
        """The working database: one SQLite file, or PostgreSQL by ``postgresql://user:password@host/name``."""
        if not self.database:
            return {"default": _sqlite(self.folder / "site.sqlite3")}
        parts = urlsplit(self.database)
        if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
            raise CannotRead("DRIPLINE_DATABASE is written postgresql://user:password@host/name.")
        return {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path.strip("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(parts.hostname or ""),
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
            }
        }

    def unsafe(self) -> Iterator[str]:
        """What must change before people outside this machine may use the site; each names its variable."""
        if self.debug:
            yield "DRIPLINE_DEBUG is on: pages of errors would show code and settings. Leave it out."
        if not self.https:
            yield "DRIPLINE_HTTPS is off: passwords and sessions would travel open. Set it to yes behind TLS."
        if set(self.hosts) <= {"127.0.0.1", "localhost"}:
            yield "DRIPLINE_HOSTS names this machine only. Set the names under which people reach the site."
        if "*" in self.hosts:
            yield "DRIPLINE_HOSTS is *: any name would be answered. Set the site's own names."
        if len(self.secret) < LEAST_SECRET:
            yield f"DRIPLINE_SECRET has fewer than {LEAST_SECRET} characters. `dripline serve` makes one if it is left out."
        if not self.second_factor:
            yield "DRIPLINE_SECOND_FACTOR is off: a password alone opens every account. Set it to yes."
        if self.synthetic:
            yield "DRIPLINE_SYNTHETIC is on: every page says that its data are invented. Leave it out in service."
        yield from self.doors.unsafe()


def _yes(variables: Mapping[str, str], name: str) -> bool:
    value = (variables.get(name) or "no").lower()
    if value not in ("yes", "no", "1", "0", "true", "false"):
        raise CannotRead(f"{name} is {value!r}; write yes or no.")
    return value in ("yes", "1", "true")


def _sqlite(path: Path) -> dict[str, object]:
    # IMMEDIATE: a writer waits for its turn at once, where the usual would fail in the middle.
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas},
    }


def kept_secret(home: Path) -> str:
    """The secret that the site made for itself; empty before it was started for the first time."""
    try:
        return (home / "portal" / "secret").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def make_secret(home: Path) -> None:
    """Writes a secret for this home if it has none; only its owner may read it. A new site makes its home first."""
    import secrets

    # Once the site keeps something there, the folder is no longer empty and could not become a home.
    if not home.is_dir() or not any(home.iterdir()):
        Home.create(home)
    folder = home / "portal"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(folder / "secret", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
