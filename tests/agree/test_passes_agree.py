"""A large table is checked in several passes, a small one in one: the outcome is the same."""

from dripline.engines.duck import connected
from dripline.engines.duck_checks import run_checks
from dripline.law import Law
from dripline.standards import RULES
from tests.agree.accepted import LAST, figures


def test_rules_run_apart_find_what_rules_run_together_find() -> None:
    data = figures().snapshot.data(figures().scope, institutions=LAST)
    reporters = tuple(sorted(data.received("CLDWDK", LAST)))
    found = []
    for apart_from in (0, 1_000_000):
        with connected(data, Law.load()) as duck:
            checks = RULES.values()
            tallies, broken = run_checks(checks, duck, LAST, reporters, apart_from=apart_from)
            found.append((tallies, sorted(broken, key=repr)))
    apart, together = found
    assert sum(tally.applied for tally in apart[0]) > 10_000
    assert apart == together
