"""The report of a replay for people: what was said, held, contested and promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from ligneclaire.kernel.counted import counted

Json = Mapping[str, object]


def in_words(report: Mapping[str, object]) -> str:
    """Write a report as plain text, messages whole."""
    return "\n".join(chain(_messages(report), _lists(report), _counts(report)))


def _messages(report: Mapping[str, object]) -> Iterator[str]:
    for message in _rows(report, "messages"):
        copy = " (copy)" if message["copy_of"] else ""
        yield f"=== {message['sent_at']}  {message['channel']}{copy} to {message['customer']}  {message['file']}"
        yield str(message["text"])


def _lists(report: Mapping[str, object]) -> Iterator[str]:
    for row in _rows(report, "contradictions"):
        values = " or ".join(f"{claim['value']} ({claim['source']})" for claim in _rows(row, "values"))
        settled = "open" if row["settled"] is None else f"settled: {row['settled']}"
        yield f"contradiction  {row['subject']} {row['key']}: {values}; asked of {row['owner']}; {settled}"
    for row in _rows(report, "held"):
        yield f"held           {row['reason']}; until {row['until'] or 'settled'}"
    for row in _rows(report, "promises"):
        yield f"promise        {row['customer']} {row['what']} due {row['due_on'] or 'without date'}: {row['state']}"
    yield from _plans(report)
    yield from _lines_of_customers(report)
    for row in _rows(report, "outcomes"):
        yield f"fact           {row['fact']}: {row['outcome']} ({row['reason']})"
    for row in _rows(report, "refused"):
        yield f"refused        line {row['line']}: {row['reason']}"


def _lines_of_customers(report: Mapping[str, object]) -> Iterator[str]:
    for row in _rows(report, "alarms"):
        steps = ", ".join(f"{one['step']} ({one['department']}) by {one['expected_on']}" for one in _rows(row, "steps"))
        whose = f"{row['customer']} {row['contract']}, case {row['case']}, {row['owner']}"
        yield f"alarm          {row['at']}  {row['fact']}: {whose}: {steps}"
    for row in _rows(report, "differences"):
        whose = f"{row['customer']}, case {row['case']}, {row['owner']}, by {row['due_on']}"
        yield f"difference     {row['resource']} {row['kind']}: {whose}"
    for row in _rows(report, "credits"):
        first, last = _texts(row, "period")
        yield f"credit         {row['contract']} from {first} to {last}: {_amount(row)}"
    for row in _rows(report, "refused_by_database"):
        yield f"database says  {row['fact']}: no ({row['constraint']}): {row['reason']}"


def _plans(report: Mapping[str, object]) -> Iterator[str]:
    for row in _rows(report, "plan"):
        told = f", told {row['promised_on']}" if row["promised_on"] else ""
        step = f"{row['journey']}: {row['step']} ({row['department']})"
        yield f"step           {step}, {row['expected_on']}{told}: {row['state']}"


def _counts(report: Mapping[str, object]) -> Iterator[str]:
    messages, refused = len(_rows(report, "messages")), len(_rows(report, "refused"))
    duplicates = int(str(report["duplicates"]))
    yield f"{counted(messages, 'message')}, {counted(duplicates, 'duplicate')}, {refused} refused"


def _rows(report: Mapping[str, object], name: str) -> Sequence[Json]:
    rows = report[name]
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _texts(row: Json, name: str) -> Sequence[str]:
    texts = row[name]
    return [str(text) for text in texts] if isinstance(texts, list) else []


def _amount(row: Json) -> str:
    amount = row["amount"]
    return f"{amount['amount']} {amount['currency']}" if isinstance(amount, dict) else ""
