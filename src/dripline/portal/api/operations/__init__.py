"""The operations, a file for each matter; loading them adds them to the interface."""

from dripline.portal.api.operations import (  # noqa: F401
    definitions,
    deliveries,
    figures,
    files,
    findings,
    general,
)
