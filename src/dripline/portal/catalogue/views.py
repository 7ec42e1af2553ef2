"""Pages of definitions: read, look up, render."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dripline.docs import NATURES, REQUIRED, shown
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.law import Law
from dripline.law.entries import STATUSES
from dripline.portal.accounts.access import EVERYBODY, EVERYWHERE, open_to
from dripline.portal.catalogue import kinds, queries
from dripline.portal.catalogue import search as searching
from dripline.portal.language import said
from dripline.tables import TABLES
from dripline.wording.code_lists import CODE_LISTS
from dripline.wording.rules import SEVERITIES

public = open_to(*EVERYBODY, zones=EVERYWHERE)


@public
def indicators(request: HttpRequest) -> HttpResponse:
    """The catalogue by chapters; of one measure of the plan if asked."""
    measure = request.GET.get("measure", "")[:8]
    chapters = [
        (code, said(title), [each for each in found if not measure or measure in each.serves])
        for code, title, found in kinds.chapters()
    ]
    measures = sorted({measure for each in CATALOGUE.values() for measure in each.serves})
    return render(
        request,
        "catalogue/indicators.html",
        {
            "chapters": [
                (code, title, [(one, said(one.label), queries.unit_of(one)) for one in found])
                for code, title, found in chapters
                if found
            ],
            "count": sum(len(found) for _, _, found in chapters),
            "measures": measures,
            "measure": measure,
        },
    )


@public
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """What a figure means, what it meant, what it may be divided by, and which measures it serves."""
    found = CATALOGUE.get(code)
    if found is None:
        raise Http404
    return render(
        request,
        "catalogue/indicator.html",
        {
            "code": code,
            "indicator": found,
            "label": said(found.label),
            "lines": queries.explained(found),
            "unit": queries.unit_of(found),
            "source": queries.source_of(found),
            "cited": queries.cited(found.source),
            "meanings": queries.meanings(found),
            "ways": queries.ways_of(found),
        },
    )


@public
def breakdown(request: HttpRequest, code: str) -> HttpResponse:
    """What a way of dividing means."""
    found = BREAKDOWNS.get(code)
    if found is None:
        raise Http404
    using = [
        (each.code, said(each.label)) for each in CATALOGUE.values() if code in each.breakdowns
    ]
    context = {"code": code, "label": said(found.label), "lines": queries.explained(found)}
    return render(request, "catalogue/breakdown.html", context | {"using": using})


@public
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, by table."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for code, rule in kinds.rules().items():
        table = getattr(rule, "table", "")
        groups.setdefault(table, []).append((code, rule.severity, said(rule.says)))
    titled = [
        (table, said(TABLES[table].label) if table in TABLES else "", found)
        for table, found in groups.items()
    ]
    severities = [(each, said(words)) for each, words in SEVERITIES.items()]
    context = {"groups": titled, "severities": severities, "count": len(kinds.rules())}
    return render(request, "catalogue/rules.html", context)


@public
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """What a rule demands, how to mend what it finds, and where it stands."""
    found = kinds.rules().get(code)
    if found is None:
        raise Http404
    return render(
        request,
        "catalogue/rule.html",
        {
            "code": code,
            "rule": found,
            "says": said(found.says),
            "remedy": said(found.remedy),
            "severity": said(SEVERITIES[found.severity]),
            "lines": queries.explained(found),
            "table": queries.table_named(getattr(found, "table", "")),
        },
    )


@public
def tables(request: HttpRequest) -> HttpResponse:
    """Every table and register."""
    listed = [
        (table.code, said(table.label), said(NATURES[table.nature]), len(table.columns))
        for table in TABLES.values()
    ]
    return render(request, "catalogue/tables.html", {"tables": listed})


@public
def table(request: HttpRequest, code: str) -> HttpResponse:
    """A table: its columns, key, legal basis, rules."""
    found = TABLES.get(code)
    if found is None:
        raise Http404
    columns = [
        (
            column,
            said(column.label),
            said(REQUIRED[column.required]),
            said(CODE_LISTS[column.codes]) if column.codes in CODE_LISTS else "",
            said(column.note) if column.note is not None else "",
        )
        for column in found.columns.values()
    ]
    return render(
        request,
        "catalogue/table.html",
        {
            "table": found,
            "label": said(found.label),
            "grain": said(found.grain),
            "nature": said(NATURES[found.nature]),
            "handling": found.handling,
            "basis": said(found.handling.basis) if found.handling else "",
            "columns": columns,
            "rules": queries.rules_of(found),
            "cited": queries.cited(found.source),
        },
    )


@public
def lawbook(request: HttpRequest) -> HttpResponse:
    """Every policy number with the value in force last, by field; how much of it stands in documents."""
    status, question = request.GET.get("status", ""), request.GET.get("q", "").strip()[:60]
    status = status if status in STATUSES else ""
    found = [
        (
            field,
            [
                (entry.name, said(entry.label), shown(latest.amount), latest, len(entry.values))
                for entry, latest in entries
            ],
        )
        for field, entries in queries.law_by_field(status, question)
    ]
    context = {"fields": found, "statuses": queries.statuses(), "status": status, "q": question}
    return render(request, "catalogue/lawbook.html", context | {"law": Law.load()})


@public
def entry(request: HttpRequest, name: str) -> HttpResponse:
    """A policy number with all its values, each with document, article and status."""
    if name not in Law.load().names():
        raise Http404
    found = Law.load().entry(name)
    values = [
        (
            value,
            shown(value.amount),
            said(STATUSES[value.status]),
            [said(words) for words in (value.reason, value.note) if words is not None],
        )
        for value in reversed(found.values)
    ]
    context = {"entry": found, "label": said(found.label), "values": values}
    note = said(found.note) if found.note is not None else ""
    context |= {"unit": queries.law_unit(found), "note": note}
    return render(request, "catalogue/entry.html", context)


@public
def document(request: HttpRequest, name: str) -> HttpResponse:
    """A document and what rests on it."""
    source = Law.load().sources.get(name)
    if source is None:
        raise Http404
    context = {
        "source": source,
        "note": said(source.note) if source.note is not None else "",
        "entries": list(queries.resting_on(source)),
        "indicators": list(queries.defined_by(source)),
    }
    return render(request, "catalogue/document.html", context)


@public
def search(request: HttpRequest) -> HttpResponse:
    """What a question finds."""
    question = request.GET.get("q", "").strip()[: searching.LONGEST]
    found = searching.search(question)
    groups = [
        (said(kinds.KINDS[kind]), [(one, said(one.label), said(one.about)) for one in these], more)
        for kind, these, more in searching.first_of(found)
    ]
    count = sum(len(these) for these in found.values())
    context = {"q": question, "groups": groups, "count": count}
    return render(request, "catalogue/search.html", context)
