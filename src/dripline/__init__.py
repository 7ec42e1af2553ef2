"""Dripline 滴灌: policy funding for technology enterprises, from the loan row to the measure of the plan."""

__version__ = "0.1.0"
