"""CloudEvents 1.0 as statements of ours, and what is wrong with one in its own words.

`id` is our id, `type` our event, `time` our at, `data` our data. Of `source` the last part counts, after "/" or ":",
and must be the department. `subject` is the customer, "C-2001", the contract after a slash, "/K-ADSL-1", or both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ligneclaire.voice.actions.state_facts import Taken
from ligneclaire.voice.intake import Problem

OURS = {"id": "id", "type": "event", "time": "at", "data": "data"}
THEIRS = {"event": "type", "at": "time", "customer": "subject", "contract": "subject"}
JSON_TYPE = re.compile(r"application/([^;]+\+)?json\b", re.IGNORECASE)
LAST_PART = re.compile(r"[^/:]*$")


def statement_of(event: Mapping[str, object]) -> dict[str, object] | Problem:
    """Turn a CloudEvent into what `voice.intake.parse` reads."""
    if event.get("specversion") != "1.0":
        return Problem("specversion", 'expected "1.0"')
    if not JSON_TYPE.match(str(event.get("datacontenttype", "application/json"))) or "data_base64" in event:
        return Problem("datacontenttype", "expected data as JSON")
    subject = event.get("subject", "")
    if not isinstance(subject, str):
        return Problem("subject", "expected a text like C-2001/K-ADSL-1")
    item = {ours: event[theirs] for theirs, ours in OURS.items() if theirs in event}
    if "source" in event:
        item["source"] = _department(event["source"])
    customer, _, contract = subject.partition("/")
    return item | {name: value for name, value in (("customer", customer), ("contract", contract)) if value}


def in_their_words(taken: Taken) -> Taken:
    """Name the field that is wrong as CloudEvents do."""
    if taken.problem is None:
        return taken
    field = THEIRS.get(taken.problem.field, taken.problem.field)
    return replace(taken, problem=Problem(field, taken.problem.reason))


def _department(source: object) -> object:
    found = LAST_PART.search(source) if isinstance(source, str) else None
    return found[0] if found else source
