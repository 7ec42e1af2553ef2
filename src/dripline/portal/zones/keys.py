"""A site's key pair for its bundles. Public keys are exchanged by hand and compared by their fingerprint."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from dripline.errors import CannotRead

FILE = "zone-key.pem"
GROUP = 4


def make(folder: Path) -> Ed25519PrivateKey:
    """The key of a site, made once in a folder; only its owner may read it. A key that stands is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    part = folder / f"{FILE}.{os.getpid()}"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, folder / FILE)  # whole or not at all, and never over another
    except FileExistsError:
        return load(folder)
    finally:
        part.unlink()
    return key


def load(folder: Path) -> Ed25519PrivateKey:
    """The key of a site; CannotRead says how one is made, or that others may read it."""
    path = folder / FILE
    try:
        if path.stat().st_mode & 0o077:
            raise CannotRead(f"{FILE} may be read by others than its owner: chmod 600 {FILE}.")
        key = load_pem_private_key(path.read_bytes(), None)
    except FileNotFoundError as error:
        raise CannotRead(f"This site has no {FILE} yet: its key is to be made first.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CannotRead(f"{FILE} is damaged: bring it back from the safe copy.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CannotRead(f"{FILE} holds a key of another kind than Ed25519.")
    return key


def public_text(key: Ed25519PublicKey) -> str:
    """A public key in one line, to be handed to the other zone."""
    return base64.b64encode(key.public_bytes_raw()).decode("ascii")


def public_key(text: str) -> Ed25519PublicKey:
    """The public key of such a line."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError) as error:
        raise CannotRead("This is no public key of a zone: it is one line of 44 signs.") from error


def fingerprint(key: Ed25519PublicKey) -> str:
    """What two people read to each other to know that a key is the right one: SHA-256, in groups of four."""
    digits = hashlib.sha256(key.public_bytes_raw()).hexdigest()
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))
