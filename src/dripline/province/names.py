"""Made-up names and identifiers with right check characters; every name begins with 示例 so that none is taken for real."""

from __future__ import annotations

from random import Random

USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ALL_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VALUE = {sign: place for place, sign in enumerate(USCC_SIGNS)}
_POWERS = tuple(pow(3, place, 31) for place in range(17))
_SERIALS = 31**6

FIRST = "中豫嵩洛颍淮宛商汴许新鼎晟瑞恒启华金鸿博远拓卓锐创智云天海川"
SECOND = "泰源达成信康腾盛科隆德旺嘉和益辉峰宇航洋凯诚安顺丰润泽聚力同"
SYNTHETIC = "示例"
"""What every made-up name begins with."""


def organisation_code(serial: int) -> str:
    """A nine-character organisation code (GB 11714-1997) for the n-th unit."""
    scrambled = (serial * 48271 + 137) % _SERIALS
    body = ""
    for _ in range(6):
        scrambled, place = divmod(scrambled, 31)
        body = USCC_SIGNS[place] + body
    body = "MA" + body
    weighed = sum(
        ALL_SIGNS.index(sign) * weight
        for sign, weight in zip(body, ORGANISATION_WEIGHTS, strict=True)
    )
    return body + "0123456789X0"[11 - weighed % 11]


def credit_code(register_class: str, region: str, serial: int) -> str:
    """A unified social credit code (GB 32100-2015) for the n-th unit, registered in this region."""
    body = register_class + region + organisation_code(serial)
    total = sum(_VALUE[sign] * power for sign, power in zip(body, _POWERS, strict=True))
    return body + USCC_SIGNS[-total % 31]


def legal_entity_identifier(serial: int) -> str:
    """An LEI (ISO 17442) for the n-th foreign unit."""
    body = f"254900SYNTH{serial:07d}"
    number = int("".join(str(ALL_SIGNS.index(sign)) for sign in body + "00"))
    return f"{body}{98 - number % 97:02d}"


class Names:
    """Names of firms, each given once."""

    def __init__(self, luck: Random) -> None:
        self._luck, self._given = luck, set[str]()

    def firm(self, place: str, word: str, *, joint_stock: bool = False) -> str:
        """A company's full name: place, two or three characters, trade, legal form."""
        luck, form = self._luck, "股份有限公司" if joint_stock else "有限公司"
        style = luck.choice(FIRST) + luck.choice(SECOND)
        while (name := f"{SYNTHETIC}{place}{style}{word}{form}") in self._given:
            style += luck.choice(SECOND)
        self._given.add(name)
        return name

    def unit(self, place: str, word: str) -> str:
        """An office, school or hospital, numbered where a place has several."""
        number = 1
        while (name := f"{SYNTHETIC}{place}第{number}{word}") in self._given:
            number += 1
        self._given.add(name)
        return name
