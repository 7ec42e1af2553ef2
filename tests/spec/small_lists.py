"""Seven national lists and the directory of Henan as small registers: 甲 on two lists, 乙 on one, 丙 in the directory only."""

A, B, C, D = (f"9141010000000000{number}X" for number in range(1, 5))
KINDS = ("gaoxin", "keji_sme", "chuangxin", "zhuanjing", "xiaojuren", "shifan", "danxiang")


def editions(month: str = "", edition: str = "E1") -> str:
    """Every national list and the directory adopted in one edition."""
    lines = [f"{kind} | {edition} | 2024-01-31 | national" for kind in KINDS]
    lines.append(f"henan_minglu | {edition} | 2024-01-31 | henan")
    head = ["", f"EDITION {month}".strip(), "kind | edition | adopted_from | scope"]
    return "\n".join([*head, *lines, ""])


def listed(month: str = "", edition: str = "E1", **firms: tuple[str, ...]) -> str:
    """Firms by kind of list."""
    head = ["", f"QUALIFICATION {month}".strip(), "kind | edition | name | credit_code"]
    lines = [f"{kind} | {edition} | {code} | {code}" for kind, of in firms.items() for code in of]
    return "\n".join([*head, *lines, ""])


LISTS = editions() + listed(gaoxin=(A,), keji_sme=(A, B), henan_minglu=(A, C))
