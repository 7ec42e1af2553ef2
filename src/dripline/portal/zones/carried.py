"""The table of what is carried, in the order in which a bundle is taken. A room that does not stand carries nothing."""

from __future__ import annotations

from functools import partial

from django.apps import apps

from dripline.portal.zone import EXTRA, INNER, PUBLIC
from dripline.portal.zones import news, organisations
from dripline.portal.zones.carriers import carries


def register() -> None:
    """Makes every kind known, once."""
    into, out = {"sender": EXTRA, "receiver": INNER}, {"sender": INNER, "receiver": EXTRA}
    carries("organisations", **out, collect=organisations.collect, receive=organisations.receive)
    if apps.is_installed("dripline.portal.submissions"):
        from dripline.portal.zones import answers, deliveries

        for kind in deliveries.KINDS:
            collect = partial(deliveries.collect, kind)
            carries(kind, **into, collect=collect, receive=deliveries.receive)
        collect, receive = answers.collect_findings, answers.receive_findings
        carries(answers.FINDINGS, **out, collect=collect, receive=receive)
        collect, receive = answers.collect_receipts, answers.receive_receipt
        carries(answers.RECEIPT, **out, collect=collect, receive=receive)
    carries(news.NOTICE, **out, collect=news.collect_notices, receive=news.receive_notice)
    collect, receive = news.collect_releases, news.receive_releases
    carries(news.RELEASES, sender=INNER, receiver=PUBLIC, collect=collect, receive=receive)
