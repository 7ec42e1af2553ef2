"""A hasher that counts how often it worked."""

from __future__ import annotations

from django.contrib.auth.hashers import MD5PasswordHasher


class Counting(MD5PasswordHasher):
    times = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).times += 1
        return super().encode(password, salt)

    def harden_runtime(self, password: str, encoded: str) -> None:
        pass
