"""The command line: what a statistician or a bank's officer types. Exit 0: done, 1: findings, 2: cannot read."""

import sys

import typer
from typer.exceptions import TyperException

from dripline.cli import (  # noqa: F401  (they add their commands)
    bridges,
    checks,
    compiling,
    demo,
    figures,
    financing,
    knowledge,
    packs,
    plan,
    send,
    synthetic,
    targets,
)
from dripline.cli.app import app
from dripline.errors import DriplineError
from dripline.store import Declined


def main() -> None:
    """Runs a command; errors written for people are shown as they stand, without a stack trace."""
    sys.exit(run())


def run(arguments: list[str] | None = None) -> int:
    """Runs a command and answers its exit code."""
    try:
        result = app(args=arguments, standalone_mode=False)
    except Declined as declined:
        typer.echo(f"{declined.reason.zh}\n{declined.reason.en}", err=True)
        return 2
    except DriplineError as error:
        typer.echo(str(error), err=True)
        return 2
    except typer.Abort:
        return 130
    except TyperException as error:  # an option or argument typer does not know
        typer.echo(
            error.format_message() if hasattr(error, "format_message") else str(error), err=True
        )
        return 2
    return result if isinstance(result, int) else 0
