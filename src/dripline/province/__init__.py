"""A synthetic province in the real wire formats, with known truth and, if asked, seeded faults."""

from dripline.province.calibration import SCALES, ScaleName
from dripline.province.write import Summary, write_province

__all__ = ["SCALES", "ScaleName", "Summary", "write_province"]
