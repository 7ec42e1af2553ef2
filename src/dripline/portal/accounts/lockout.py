"""The page for who typed too many wrong passwords; the same whether the account is there or not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *_: Any) -> HttpResponse:
    """Says why, for how long, and who can help."""
    minutes = settings.DRIPLINE_DOORS.locked_minutes
    response = render(request, "account/locked.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
