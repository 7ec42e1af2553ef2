"""How people come in, as the surroundings say: passwords, sessions, invitations, a proxy, certificates, single sign-on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from dripline.errors import CannotRead

SHORTEST_PASSWORD = 12
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The settings of security, each from one variable."""

    proxies: tuple[Network, ...]
    """Machines whose word is taken for who is behind them: address of the client, its certificate."""
    certificate: tuple[str, str, str] | None
    """Headers in which such a proxy writes that it verified a certificate, its subject and its serial number."""
    oidc: Mapping[str, str] | None
    """Name, server, client, secret and claim of the sign-on service."""
    invitation_days: int
    idle_minutes: int
    session_hours: int
    password_length: int
    failures: int
    locked_minutes: int

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Doors:
        """The doors as the variables say; CannotRead names the variable that cannot be."""
        doors = cls(
            proxies=_networks(variables.get("DRIPLINE_PROXY") or ""),
            certificate=_headers(variables.get("DRIPLINE_CERTIFICATE_HEADER") or ""),
            oidc=_oidc(variables),
            invitation_days=_number(variables, "DRIPLINE_INVITATION_DAYS", 7),
            idle_minutes=_number(variables, "DRIPLINE_IDLE_MINUTES", 30),
            session_hours=_number(variables, "DRIPLINE_SESSION_HOURS", 8),
            password_length=_number(variables, "DRIPLINE_PASSWORD_LENGTH", SHORTEST_PASSWORD),
            failures=_number(variables, "DRIPLINE_LOGIN_FAILURES", 5),
            locked_minutes=_number(variables, "DRIPLINE_LOCKED_MINUTES", 30),
        )
        if doors.certificate and not doors.proxies:
            raise CannotRead(
                "DRIPLINE_CERTIFICATE_HEADER is set without DRIPLINE_PROXY: anybody could write that header. "
                "Name the address of the proxy that verifies certificates."
            )
        return doors

    def trusts(self, address: str) -> bool:
        """Whether a request comes from one of the proxies."""
        try:
            here = ip_address(address)
        except ValueError:
            return False
        return any(here in network for network in self.proxies)

    def providers(self) -> dict[str, object]:
        """The sign-on service in the words of the login's library; nothing where there is none."""
        if self.oidc is None:
            return {}
        app = {
            "provider_id": "sso",
            "name": self.oidc["name"],
            "client_id": self.oidc["client"],
            "secret": self.oidc["secret"],
            "settings": {"server_url": self.oidc["server"], "uid_field": self.oidc["claim"]},
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}

    def unsafe(self) -> Iterator[str]:
        """What must change before the site is in service; each names its variable."""
        if any(network.num_addresses > 256 for network in self.proxies):
            yield (
                "DRIPLINE_PROXY trusts more than 256 addresses: each of them may say who is behind it. "
                "Name the proxy's own address."
            )
        if self.certificate and not all(name.upper().startswith("X-") for name in self.certificate):
            yield (
                "DRIPLINE_CERTIFICATE_HEADER names a header that browsers send too. Use names that begin with X- "
                "and have the proxy remove them from what comes in."
            )
        if self.oidc and not self.oidc["server"].startswith("https://"):
            yield "DRIPLINE_OIDC_SERVER is not https: who is signed in could be forged on the way."
        if self.oidc and self.oidc["claim"] in ("email", "preferred_username", "name"):
            yield (
                f"DRIPLINE_OIDC_CLAIM is {self.oidc['claim']}: people may change it themselves at many services. "
                "Use sub, or a number that the service alone gives."
            )
        if self.password_length < SHORTEST_PASSWORD:
            yield f"DRIPLINE_PASSWORD_LENGTH is below {SHORTEST_PASSWORD}: short passwords are guessed."
        if self.idle_minutes > 60:
            yield "DRIPLINE_IDLE_MINUTES is above 60: a desk that was left stays open. Set it to 30 or less."
        if self.session_hours > 12:
            yield "DRIPLINE_SESSION_HOURS is above 12: a stolen session would outlast the working day."
        if self.failures > 10 or self.locked_minutes < 10:
            yield (
                "DRIPLINE_LOGIN_FAILURES is above 10 or DRIPLINE_LOCKED_MINUTES below 10: passwords could be tried out."
            )
        if self.invitation_days > 14:
            yield "DRIPLINE_INVITATION_DAYS is above 14: a forgotten invitation opens an account. Set it to 7."


def _number(variables: Mapping[str, str], name: str, usual: int) -> int:
    value = variables.get(name) or str(usual)
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 10_000:
        raise CannotRead(f"{name} is {value!r}; write a whole number above 0.")
    return int(value)


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(one.strip()) for one in value.split(",") if one.strip())
    except ValueError as error:
        raise CannotRead(
            f"DRIPLINE_PROXY: {error}. Write addresses or networks with commas, as 10.1.2.3,10.1.3.0/28."
        ) from error


def _headers(value: str) -> tuple[str, str, str] | None:
    if not value:
        return None
    names = [one.strip() for one in value.split(",")]
    if len(names) != 3 or not all(names):
        raise CannotRead(
            "DRIPLINE_CERTIFICATE_HEADER names three headers: verified, subject, serial number; as "
            "X-Client-Verify,X-Client-Subject,X-Client-Serial."
        )
    return names[0], names[1], names[2]


def _oidc(variables: Mapping[str, str]) -> Mapping[str, str] | None:
    names = ("SERVER", "CLIENT", "SECRET")
    values = {name.lower(): variables.get(f"DRIPLINE_OIDC_{name}") or "" for name in names}
    if not any(values.values()):
        return None
    if missing := [f"DRIPLINE_OIDC_{name}" for name in names if not values[name.lower()]]:
        raise CannotRead(f"{', '.join(missing)} is missing: single sign-on needs all three.")
    return {
        **values,
        "name": variables.get("DRIPLINE_OIDC_NAME") or "OIDC",
        "claim": variables.get("DRIPLINE_OIDC_CLAIM") or "sub",
    }
