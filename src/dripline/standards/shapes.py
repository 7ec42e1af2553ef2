"""Shapes of values that several rules ask for, as regular expressions of the whole value."""

FILLER = (
    r"[\d\s?？!！.。,，、;；:：/*#_+=~-]*"
    r"|无|无此项|暂无|没有|未知|不详|不清楚|略|同上|待补|其他|其它|测试|空"
    r"|(?i:null|none|n/?a|nil|test|x+)"
)
"""Digits and signs only, or one of the words that stand for nothing (CLDWDK-23, FTYKHX-08)."""

FOREIGN = r"000\d{3}"
"""A place outside the mainland: 000 and the country's number."""

NOT_A_COUNTY = r"\d{2}0000|(71|81|82)\d{4}|000\d{3}"
"""Whole provinces, Taiwan, Hong Kong and Macao under mainland codes, and places abroad."""
