"""The page that shows every pattern of the design with sample values: for who builds and tests, on no real site."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dripline.periods import Period
from dripline.portal.accounts.access import EVERYBODY, EVERYWHERE, open_to

MONTHS = (51, 53, 52, 55, 58, 57, 60, 61, 63, 62, 66, 67, 71)
CHART = {
    "grid": {"left": 4, "right": 24, "top": 8, "bottom": 4, "containLabel": True},
    "xAxis": {"type": "category", "data": ["2026-07", "2026-08", "2026-09"]},
    "yAxis": {
        "type": "value",
        "splitNumber": 4,
        "splitLine": {"lineStyle": {"color": "var(--grid)"}},
    },
    "series": [{"type": "bar", "data": [62, 66, 71], "itemStyle": {"color": "var(--c-1)"}}],
}


class Sample(forms.Form):
    """A field with a hint, one that is wrong, a choice and a long text."""

    amount = forms.DecimalField(label="合同金额", help_text="万元，两位小数。", decimal_places=2)
    city = forms.ChoiceField(label="地区", choices=[("410100", "郑州市"), ("410300", "洛阳市")])
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}))


@open_to(*EVERYBODY, zones=EVERYWHERE)
def patterns(request: HttpRequest) -> HttpResponse:
    """Every pattern once."""
    shown = {
        "period": Period.parse("2026-09"),
        "months": MONTHS,
        "chart": CHART,
        "form": Sample({"amount": "12.345", "city": "410300"}),
        "page": Paginator(range(300), 50).get_page(2),
        "states": ("done", "ok", "watch", "late", "none"),
        "headlines": [
            (
                "科技型企业贷款余额",
                Decimal(684_270_000_000),
                "yuan",
                Decimal("18.6"),
                "percent",
                "",
            ),
            ("加权平均利率", Decimal("3.42"), "percent", Decimal("-0.31"), "points", "provisional"),
            ("本年首贷户", 4216, "firms", 612, "firms", "revised"),
            ("入库企业", 38_600, "firms", None, "firms", ""),
        ],
        "bullets": [("额度使用", 936, 1200), ("签约金额", 288, 300), ("入库企业", 39, 35)],
        "grades": [(4, "优秀"), (3, "良好"), (2, "一般"), (1, "勉励")],
        "rows": [("郑州市", 2986.4), ("洛阳市", 796.3), ("新乡市", 421.5)],
    }
    return render(request, "design/patterns.html", shown)
