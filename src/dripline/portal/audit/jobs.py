"""Verifying the whole chain, beside the site: it may be long."""

from __future__ import annotations

from typing import Any

from dripline.portal.audit.chain import verify
from dripline.portal.jobs.actions import Tell, handles
from dripline.portal.jobs.models import Job

VERIFY = "audit.verify"
SHOWN = 100
"""Broken seals that the page names; more than a few mean the same."""


@handles(VERIFY)
def verified(job: Job, tell: Tell) -> dict[str, Any]:
    """What the look at every seal found."""
    found = verify(tell)
    return {
        "sealed": found.sealed,
        "waiting": found.waiting,
        "broken": list(found.broken[:SHOWN]),
        "broken_count": len(found.broken),
    }
