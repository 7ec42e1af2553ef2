"""What the firms of the province do: industry by GB/T 4754-2017, words for names, and the tech-industry marks of its loans."""

from __future__ import annotations

from dataclasses import dataclass

Mark = tuple[str, str, str, str]
"""Types of high-tech manufacturing, high-tech service, strategic emerging and patent-intensive industry; empty if none."""

PLAIN: Mark = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class Trade:
    """One line of business: division and group, the row of the size standard, and what its loans are marked as."""

    group: str
    row: str
    word: str
    scope: str
    mark: Mark = PLAIN
    weight: int = 1

    @property
    def division(self) -> str:
        """Letter and two digits, as the customer and loan tables hold it."""
        return self.group[:3]


TECH: tuple[Trade, ...] = (
    Trade(
        "C391", "industry", "智能终端", "计算机整机及外围设备制造", ("HTP04", "", "SE01", "PA01"), 3
    ),
    Trade(
        "C392", "industry", "通信设备", "通信系统及终端设备制造", ("HTP03", "", "SE01", "PA01"), 4
    ),
    Trade("C397", "industry", "光电器件", "显示及光电子器件制造", ("HTP03", "", "SE01", "PA01"), 4),
    Trade(
        "C398", "industry", "电子材料", "电子元件及电子专用材料制造", ("HTP03", "", "", "PA01"), 5
    ),
    Trade("C272", "industry", "制药", "化学药品制剂生产", ("HTP01", "", "SE04", "PA05"), 4),
    Trade("C276", "industry", "生物技术", "生物药品研发与生产", ("HTP01", "", "SE04", "PA05"), 3),
    Trade("C277", "industry", "医用材料", "卫生材料及医药用品制造", ("HTP01", "", "", ""), 3),
    Trade("C374", "industry", "航空装备", "航空航天器零部件制造", ("HTP02", "", "SE02", "PA03"), 1),
    Trade("C401", "industry", "仪器仪表", "工业自动控制系统装置制造", ("HTP05", "", "SE02", ""), 4),
    Trade(
        "C358", "industry", "医疗器械", "医疗仪器设备及器械制造", ("HTP05", "", "SE04", "PA05"), 3
    ),
    Trade(
        "C266", "industry", "信息化学品", "文化用信息化学品制造", ("HTP06", "", "SE03", "PA04"), 1
    ),
    Trade("C265", "industry", "高分子材料", "合成材料制造", ("", "", "SE03", "PA04"), 3),
    Trade("C308", "industry", "耐材", "耐火材料制品制造", ("", "", "SE03", ""), 3),
    Trade("C325", "industry", "铝业", "有色金属压延加工", ("", "", "SE03", "PA04"), 3),
    Trade("C342", "industry", "数控机床", "金属加工机械制造", ("", "", "SE02", "PA03"), 4),
    Trade("C345", "industry", "轴承", "轴承及传动部件制造", ("", "", "", "PA03"), 3),
    Trade(
        "C351", "industry", "矿山机械", "采矿、冶金、建筑专用设备制造", ("", "", "SE02", "PA03"), 5
    ),
    Trade("C359", "industry", "环保设备", "环境保护专用设备制造", ("", "", "SE07", "PA06"), 4),
    Trade("C361", "industry", "新能源汽车", "新能源车整车制造", ("", "", "SE05", "PA03"), 1),
    Trade("C367", "industry", "汽车零部件", "汽车零部件及配件制造", PLAIN, 4),
    Trade("C382", "industry", "输变电", "输配电及控制设备制造", ("", "", "SE06", "PA03"), 5),
    Trade("C384", "industry", "动力电池", "锂离子电池制造", ("", "", "SE05", "PA03"), 2),
    Trade(
        "I642", "information", "电子商务", "互联网平台与信息服务", ("", "HTS02", "SE01", "PA02"), 2
    ),
    Trade("I651", "software", "软件", "软件开发", ("", "HTS01", "SE01", "PA02"), 7),
    Trade(
        "I653",
        "software",
        "物联网",
        "信息系统集成和物联网技术服务",
        ("", "HTS01", "SE01", "PA02"),
        5,
    ),
    Trade(
        "M732", "other", "科学仪研", "工程和技术研究和试验发展", ("", "HTS05", "SE09", "PA07"), 3
    ),
    Trade("M745", "other", "检验检测", "质检技术服务", ("", "HTS03", "", ""), 2),
    Trade("M746", "other", "环境监测", "环境与生态监测检测服务", ("", "HTS08", "SE07", ""), 2),
    Trade("M748", "other", "工程设计", "工程技术与设计服务", ("", "HTS04", "", "PA07"), 3),
    Trade("M751", "other", "技术转移", "技术推广服务", ("", "HTS06", "", "PA07"), 2),
    Trade("M752", "other", "知识产权", "知识产权服务", ("", "HTS07", "", ""), 1),
)

GENERAL: tuple[Trade, ...] = (
    Trade("A014", "agriculture", "蔬果种植", "蔬菜、食用菌及园艺作物种植", weight=3),
    Trade("A031", "agriculture", "牧业", "牲畜饲养", weight=3),
    Trade("C135", "industry", "肉食品", "屠宰及肉类加工", weight=3),
    Trade("C137", "industry", "果蔬加工", "蔬菜、菌类、水果和坚果加工", weight=2),
    Trade("C143", "industry", "食品", "方便食品制造", weight=4),
    Trade("C171", "industry", "纺织", "棉纺织及印染精加工", weight=3),
    Trade("C223", "industry", "纸品", "纸制品制造", weight=2),
    Trade("C292", "industry", "塑业", "塑料制品制造", weight=3),
    Trade("C304", "industry", "玻璃", "玻璃制造", weight=2),
    Trade("C313", "industry", "钢铁", "钢压延加工", weight=1),
    Trade("C331", "industry", "钢构", "结构性金属制品制造", weight=3),
    Trade("C357", "industry", "农机", "农、林、牧、渔专用机械制造", weight=2),
    Trade("D441", "industry", "新能源发电", "电力生产", ("", "", "SE06", ""), 1),
    Trade("D461", "industry", "水务", "自来水生产和供应", weight=1),
    Trade("E471", "construction", "建筑", "房屋建筑业", weight=3),
    Trade("E481", "construction", "路桥", "铁路、道路、隧道和桥梁工程建筑", weight=2),
    Trade("E501", "construction", "装饰", "建筑装饰和装修业", weight=2),
    Trade("F512", "wholesale", "商贸", "食品、饮料及烟草制品批发", weight=7),
    Trade("F516", "wholesale", "建材", "矿产品、建材及化工产品批发", weight=8),
    Trade("F517", "wholesale", "机电设备", "机械设备、五金产品及电子产品批发", weight=6),
    Trade("F521", "retail", "百货", "综合零售", weight=4),
    Trade("F527", "retail", "家电", "家用电器及电子产品专门零售", weight=2),
    Trade("G543", "transport", "物流", "道路货物运输", weight=4),
    Trade("H621", "catering", "餐饮", "正餐服务", weight=2),
    Trade("L729", "leasing_business", "企业服务", "其他商务服务业", weight=4),
    Trade("N772", "other", "环境治理", "环境治理业", ("", "HTS08", "SE07", ""), 1),
)

OFFICE = Trade("S922", "other", "机关", "履行行政管理职责")
HOSPITAL = Trade("Q841", "other", "医院", "医疗、预防、保健服务")
SCHOOL = Trade("P833", "other", "中学", "中等教育教学")

MANUFACTURING = frozenset(trade.group for trade in TECH + GENERAL if trade.group.startswith("C"))

PURPOSES = (
    "采购原材料",
    "支付货款",
    "流动资金周转",
    "购买生产设备",
    "技术改造项目建设",
    "研发投入",
)
