"""What can go wrong, by who has to mend it (style.md, Errors)."""


class DriplineError(Exception):
    """Any error whose message is written for a person; shown as it stands, without a stack trace."""


class DefinitionError(DriplineError):
    """A table, check or indicator contradicts itself or another; raised at import."""


class LawError(DriplineError):
    """The lawbook cannot be loaded, or has no value on the day asked."""


class PlanError(DriplineError):
    """A plan's file cannot be loaded, or no plan is called so."""


class CannotRead(DriplineError):
    """A file, folder or data home cannot be read at all (exit code 2); findings are never raised."""


class Refused(DriplineError):
    """What was asked is not allowed or has no meaning, with the reason and what to ask instead."""
