"""What may leave a site: letters by a mail server, calls to programs of hosts the operator named. Both are off at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dripline.errors import CannotRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """The mail server, and the hosts that may be called."""

    mail_host: str
    mail_port: int
    mail_user: str
    mail_password: str
    mail_from: str
    webhook_hosts: frozenset[str]

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Outgoing:
        """As the variables say; CannotRead names the one that cannot be."""
        port = variables.get("DRIPLINE_MAIL_PORT") or "587"
        if not port.isdecimal():
            raise CannotRead(f"DRIPLINE_MAIL_PORT is {port!r}; it is a number.")
        hosts = (variables.get("DRIPLINE_WEBHOOK_HOSTS") or "").split(",")
        return cls(
            mail_host=variables.get("DRIPLINE_MAIL_HOST") or "",
            mail_port=int(port),
            mail_user=variables.get("DRIPLINE_MAIL_USER") or "",
            mail_password=variables.get("DRIPLINE_MAIL_PASSWORD") or "",
            mail_from=variables.get("DRIPLINE_MAIL_FROM") or "",
            webhook_hosts=frozenset(host.strip() for host in hosts if host.strip()),
        )
