"""What a program is told when something cannot be: ``code`` for it, ``says`` and ``how`` for the person behind it."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, tuple[int, Promise | str, Promise | str]] = {
    "no_token": (
        401,
        _("No token in force was shown."),
        _("Send the header Authorization: Bearer and a token that your institution made."),
    ),
    "no_function": (
        403,
        _("This token may not be used for that."),
        _("Have your institution make a token with the function that is needed."),
    ),
    "no_rows": (403, _("These rows are not open to this token."), _("Name another purpose.")),
    "not_found": (
        404,
        _("There is nothing here for you."),
        _("Look at /api/v1/openapi.json for the addresses."),
    ),
    "no_method": (
        405,
        _("This address does not take that method."),
        _("Look at /api/v1/openapi.json for the methods."),
    ),
    "refused": (
        409,
        _("It cannot be done as things stand."),
        _("Do what the sentence says first."),
    ),
    "misplaced": (
        409,
        _("These bytes belong to another place of the file."),
        _("Ask for the file; go on at the byte it names as arrived."),
    ),
    "other_body": (
        409,
        _("This idempotency key was used for something else."),
        _("Use a new key for a new request."),
    ),
    "too_large": (
        413,
        _("The request is larger than allowed."),
        _("Send files to their own address, in pieces."),
    ),
    "invalid": (
        422,
        _("Something in the request is not as it should be."),
        _("Mend the fields that are named."),
    ),
    "no_key": (
        400,
        _("A request that changes something needs an idempotency key."),
        _(
            "Send the header Idempotency-Key: 1 to 80 letters, digits or signs, new for each request."
        ),
    ),
    "no_json": (400, _("The body is not JSON."), _("Send a JSON object in UTF-8.")),
    "too_many": (429, _("Too much was asked in this minute."), _("Wait as Retry-After says.")),
    "broken": (
        500,
        _("Something went wrong inside the site."),
        _("Try again later with the same idempotency key; tell the branch if it stays so."),
    ),
}


class Fault(Exception):
    """Ends a request with one of the faults; ``says`` in place of its usual sentence."""

    def __init__(self, code: str, says: str = "", **more: Any) -> None:
        super().__init__(code)
        self.code, self.says, self.more = code, says, more


def answer(fault: Fault) -> JsonResponse:
    """The fault as an answer."""
    status, says, how = FAULTS[fault.code]
    told = {"code": fault.code, "says": fault.says or str(says), "how": str(how)}
    response = JsonResponse(
        told | fault.more, status=status, json_dumps_params={"ensure_ascii": False}
    )
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if "retry_after" in fault.more:
        response["Retry-After"] = str(fault.more["retry_after"])
    return response
