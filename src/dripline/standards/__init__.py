"""The reporting tables of 金融基础数据 and the registers, with the rules their rows must keep."""

from dripline.definitions import AnyCheck, by_code
from dripline.standards import (
    rules_bills,
    rules_bonds,
    rules_cross_periods,
    rules_cross_tables,
    rules_customers,
    rules_departments,
    rules_equity,
    rules_guarantees,
    rules_identifiers,
    rules_institutions,
    rules_lists,
    rules_loan_flows,
    rules_loans,
    rules_markets,
    rules_rediscounts,
    rules_registers,
    rules_targets,
    rules_tech_loans,
)

_MODULES = (
    rules_identifiers,
    rules_institutions,
    rules_customers,
    rules_loans,
    rules_loan_flows,
    rules_guarantees,
    rules_tech_loans,
    rules_bills,
    rules_rediscounts,
    rules_bonds,
    rules_equity,
    rules_cross_tables,
    rules_cross_periods,
    rules_registers,
    rules_lists,
    rules_targets,
    rules_markets,
    rules_departments,
)

RULES: dict[str, AnyCheck] = by_code(rule for module in _MODULES for rule in module.RULES)
"""Every rule by its code; what stands before the first ``/`` is the rule's id in the reference."""


def rule_id(code: str) -> str:
    """The id under which a summary counts a rule: ``ID-01`` for ``ID-01/CLDWDK``."""
    return code.partition("/")[0]
