"""Loans guaranteed by the US Small Business Administration, defined with Dripline's own language.

An example of definitions from outside. The loans are real and Californian; nothing here is about Henan.
"""

from dripline.words import Text

from .breakdowns import BREAKDOWNS
from .indicators import INDICATORS
from .rules import RULES

PREFIX = "SBA"
UNITS = {
    "dollars": Text(zh="美元", en="US dollars"),
    "loans": Text(zh="笔", en="loans"),
    "lenders": Text(zh="家", en="lenders"),
    "months": Text(zh="个月", en="months"),
    "jobs": Text(zh="个岗位", en="jobs"),
}

__all__ = ["BREAKDOWNS", "INDICATORS", "PREFIX", "RULES", "UNITS"]
