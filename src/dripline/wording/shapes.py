"""What the shapes that rules and indicators ask for mean; another shape is shown as its regular expression."""

from dripline.words import Text

FILLER = (
    r"[\d\s?？!！.。,，、;；:：/*#_+=~-]*"
    r"|无|无此项|暂无|没有|未知|不详|不清楚|略|同上|待补|其他|其它|测试|空"
    r"|(?i:null|none|n/?a|nil|test|x+)"
)
SHAPES: dict[str, Text] = {
    FILLER: Text(
        zh="只有数字和符号，或“无”“不详”“测试”一类的填充词",
        en="digits and signs only, or a word that stands for nothing",
    ),
    "A.*|C": Text(
        zh="贴息（A类）或联合贴息（C）", en="an interest subsidy (A..) or a joint one (C)"
    ),
    r"\d{14}[0-9a-f]{32}": Text(
        zh="14位数字加32位小写MD5", en="14 digits and 32 lower-case hex digits of MD5"
    ),
    r"[0-9a-f]{32}": Text(zh="32位小写MD5", en="32 lower-case hex digits of MD5"),
    r"\d{2}0000|(71|81|82)\d{4}|000\d{3}": Text(
        zh="省级、港澳台或境外的地区代码",
        en="the code of a whole province, of Hong Kong, Macao or Taiwan, or of a place abroad",
    ),
    r"000\d{3}": Text(
        zh="境外地区代码（000加3位数字）", en="the code of a place abroad (000 and 3 digits)"
    ),
    r"F021\d*|F03|F06\d": Text(
        zh="产品代码F021类、F03或F06类", en="one of the products F021.., F03, F06.."
    ),
    r"\d{4}00|419001": Text(
        zh="设区的市（或济源419001）的代码", en="the code of a city (or of Jiyuan, 419001)"
    ),
    r"\d{4}00|419001|000000": Text(
        zh="设区的市（或济源419001）的代码，或代表省外的000000",
        en="the code of a city (or of Jiyuan, 419001), or 000000 for all outside Henan",
    ),
    r"\d{4}([1-9]\d|0[1-9])": Text(zh="县级地区代码", en="the code of a county"),
    r"[A-T]\d{2,4}": Text(
        zh="门类字母加2至4位数字的行业代码", en="an industry's letter and two to four digits"
    ),
    r"\d{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12])?": Text(
        zh="年、半年、季或月（如2025、2025-H1、2025-Q2、2025-06）",
        en="a year, half-year, quarter or month (2025, 2025-H1, 2025-Q2, 2025-06)",
    ),
}
