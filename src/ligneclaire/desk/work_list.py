"""What waits for a department, in words and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ligneclaire.desk.figures import harmless
from ligneclaire.kernel.ref import Ref
from ligneclaire.voice.queries.work import Only, OpenStep
from ligneclaire.voice.topics import STATABLE

NAMES: Mapping[Only, Promise] = {
    Only.ALL: _("All"),
    Only.LATE: _("Late"),
    Only.TODAY: _("Today"),
    Only.WEEK: _("Until Sunday"),
}
COLUMNS = (*("customer", "contract", "plan", "step", "since", "expected_on", "promised_on", "late", "owner"),)
DATED = frozenset(topic.key for topic in STATABLE)


def contract_of(step: OpenStep) -> str:
    """The number of what a step is about."""
    return Ref.parse(step.subject).number


def new_date_of(step: OpenStep) -> str:
    """The topic by which a department says another date of a step, where there is one."""
    return step.tells if step.tells in DATED else ""


def as_csv(steps: Iterable[OpenStep]) -> bytes:
    """A line for each step; a file travels, so customers stand in it by their numbers only."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    for one in steps:
        cells = (one.customer, contract_of(one), one.kind, one.name, one.opened_at.isoformat(), one.expected_on)
        more = (one.promised_on or "", "yes" if one.is_late else "no", one.owner)
        writer.writerow([harmless(str(cell)) for cell in (*cells, *more)])
    return text.getvalue().encode("utf-8-sig")
