"""The tables of supervisors: what stands in them, how it is counted in words, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ligneclaire.desk import words
from ligneclaire.figures.queries.report import Report
from ligneclaire.figures.rules import Figure, share, tenths

MEANINGS: Mapping[Figure, tuple[Promise, Promise]] = {
    Figure.PROMISES_MADE: (
        _("made"),
        _("Dates and amounts that a message told, and what one of us promised in their own words, on the day it was."),
    ),
    Figure.PROMISES_KEPT: (_("were kept"), _("Proved, or said by their owner, to have happened by their day.")),
    Figure.PROMISES_MOVED: (
        _("were moved"),
        _("The customer was told another date or amount before the day had passed."),
    ),
    Figure.PROMISES_BROKEN: (_("were broken"), _("It happened, or something else was told, after the day.")),
    Figure.PROMISES_UNCONFIRMED: (
        _("unconfirmed"),
        _("The day passed and nobody says what came of it. Once somebody does, it counts as that instead."),
    ),
    Figure.CONTRADICTIONS: (
        _("contradictions"),
        _("Different values of one topic, stated by departments in charge alike; each pair of them counts once."),
    ),
    Figure.CONTRADICTIONS_SETTLED: (_("were settled"), _("Those that an adviser settled, on the day of that.")),
    Figure.CONTACTS: (
        _("contacts"),
        _("Every call, visit, letter, e-mail or text message of a customer, when it was written down."),
    ),
    Figure.REPEATS_7: (
        _("again within 7 days"),
        _("Contacts of a customer who had contacted us in the 7 days before, about whatever."),
    ),
    Figure.REPEATS_30: (_("again within 30 days"), _("The same within 30 days; those within 7 days are among them.")),
    Figure.MATTERS_CLOSED: (_("cases closed"), _("Cases that were closed; one that is closed twice counts twice.")),
    Figure.CONTACTS_OF_CLOSED: (
        _("contacts for each"),
        _("How often customers had contacted us about the cases that were closed, from their first day on."),
    ),
    Figure.MESSAGES_SENT: (_("were sent"), _("Messages that left.")),
    Figure.UNDELIVERED: (_("not delivered"), _("Messages refused for good, until they are sent again.")),
    Figure.OPEN_CASES: (
        _("open cases"),
        _("Open as the last counted day ended, by whoever owns them now; those that rest are among them."),
    ),
    Figure.OPEN_CASES_AGE: (_("mean age, days"), _("Days since they were opened, divided by their number.")),
    Figure.WAITING_ANSWERS: (
        _("waiting answers"),
        _("What customers wrote and nobody had answered as that day ended, by the adviser of the customer."),
    ),
    Figure.WAITING_ANSWERS_AGE: (
        _("mean age of these, days"),
        _("Days since it was written down, divided by their number."),
    ),
}
COLUMNS = ("first", "last", "figure", "about", "adviser", "adviser_name", "count")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")  # office programs would take such a cell for a formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of the page; cells are texts, "" for what cannot be said."""

    name: str
    heading: str
    columns: Sequence[Promise | str]
    rows: Sequence[tuple[str, Sequence[str]]]
    meanings: Sequence[tuple[Promise, Promise]]


def tables(report: Report, departments: Mapping[str, str]) -> list[Table]:
    """All that supervisors look at, in order."""
    return [_promises(report), _effort(report), _load(report), _contradictions(report, departments), _delivery(report)]


def as_csv(report: Report) -> bytes:
    """Every count of the period, a line each; columns and codes stay as they are whatever the language."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    for row in report.rows:
        name = report.advisers.get(row.adviser, "")
        cells = (row.figure, row.about, row.adviser, name)
        writer.writerow((report.span.first, report.span.last, *map(harmless, cells), row.count))
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that no office program takes for a formula."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _promises(report: Report) -> Table:
    figures = [
        *(Figure.PROMISES_MADE, Figure.PROMISES_KEPT, Figure.PROMISES_MOVED),
        *(Figure.PROMISES_BROKEN, Figure.PROMISES_UNCONFIRMED),
    ]

    def kept(adviser: str | None) -> list[str]:
        done = report.total(Figure.PROMISES_KEPT, adviser=adviser)
        return [percent(share(done, done + report.total(Figure.PROMISES_BROKEN, adviser=adviser)))]

    more = [(_("kept of kept and broken"), _("Of the promises that were kept or broken, how many were kept."))]
    return _by_adviser(report, "promises", gettext("Promises"), figures, more, kept)


def _effort(report: Report) -> Table:
    figures = [*(Figure.CONTACTS, Figure.REPEATS_7, Figure.REPEATS_30), Figure.MATTERS_CLOSED]

    def asked(adviser: str | None) -> list[str]:
        closed = report.total(Figure.MATTERS_CLOSED, adviser=adviser)
        return [_decimal(tenths(report.total(Figure.CONTACTS_OF_CLOSED, adviser=adviser), closed))]

    heading = gettext("Effort asked of customers")
    return _by_adviser(report, "effort", heading, figures, [MEANINGS[Figure.CONTACTS_OF_CLOSED]], asked)


def _load(report: Report) -> Table:
    def row(adviser: str | None) -> list[str]:
        cells = []
        for figure, age in (
            (Figure.OPEN_CASES, Figure.OPEN_CASES_AGE),
            (Figure.WAITING_ANSWERS, Figure.WAITING_ANSWERS_AGE),
        ):
            count = report.total(figure, adviser=adviser)
            cells += [str(count), _decimal(tenths(report.total(age, adviser=adviser), count))]
        return cells

    figures = (Figure.OPEN_CASES, Figure.OPEN_CASES_AGE, Figure.WAITING_ANSWERS, Figure.WAITING_ANSWERS_AGE)
    meanings = [MEANINGS[figure] for figure in figures]
    return _by_adviser(report, "load", gettext("Load"), [], meanings, row, known_by=figures)


def _contradictions(report: Report, departments: Mapping[str, str]) -> Table:
    figures = (Figure.CONTRADICTIONS, Figure.CONTRADICTIONS_SETTLED)
    pairs = dict.fromkeys([*report.abouts(figures[0]), *report.abouts(figures[1])])
    rows = [
        (
            " + ".join(departments.get(code) or words.source(code) for code in pair.split(" + ")),
            [str(report.total(figure, about=pair)) for figure in figures],
        )
        for pair in pairs
    ]
    meanings = [MEANINGS[figure] for figure in figures]
    return Table(
        name="contradictions",
        heading=gettext("Contradictions by pair of departments"),
        columns=[_("departments"), *(name for name, _meaning in meanings)],
        rows=rows,
        meanings=meanings,
    )


def _delivery(report: Report) -> Table:
    figures = (Figure.MESSAGES_SENT, Figure.UNDELIVERED)
    channels = dict.fromkeys([*report.abouts(figures[0]), *report.abouts(figures[1])])
    rows = [
        (str(words.CHANNELS[channel][0]), [str(report.total(figure, about=channel)) for figure in figures])
        for channel in channels
    ]
    meanings = [MEANINGS[figure] for figure in figures]
    return Table(
        name="delivery",
        heading=gettext("Messages"),
        columns=[_("channel"), *(name for name, _meaning in meanings)],
        rows=rows,
        meanings=meanings,
    )


def _by_adviser(
    report: Report,
    name: str,
    heading: str,
    figures: Sequence[Figure],
    more: Sequence[tuple[Promise, Promise]],
    computed: Callable[[str | None], Sequence[str]],
    *,
    known_by: Sequence[Figure] = (),
) -> Table:
    """A line for all, then one for each adviser of whom anything is known."""

    def row(adviser: str | None) -> list[str]:
        return [*(str(report.total(figure, adviser=adviser)) for figure in figures), *computed(adviser)]

    advisers = report.those(known_by or figures)
    meanings = [*(MEANINGS[figure] for figure in figures), *more]
    return Table(
        name=name,
        heading=heading,
        columns=[_("adviser"), *(title for title, _meaning in meanings)],
        rows=[(gettext("all"), row(None)), *((report.advisers.get(one, one), row(one)) for one in advisers)],
        meanings=meanings,
    )


def percent(value: int | None) -> str:
    """A share as it is written."""
    return "" if value is None else gettext("%(percent)d%%") % {"percent": value}


def _decimal(value: float | None) -> str:
    return "" if value is None else number_format(value, 1)
