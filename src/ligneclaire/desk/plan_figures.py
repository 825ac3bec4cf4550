"""What supervisors look at about plans: dates that slipped, how old what is open is, how long it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ligneclaire.desk import words
from ligneclaire.desk.figures import Table, percent
from ligneclaire.figures.queries.report import Report
from ligneclaire.figures.rules import BUCKETS, Figure, fastest, share

FEW_HOURS, DAY = 96, 24  # up to so many, a time is said in hours
PERCENTS = (50, 95, 99)
PLANS: Mapping[str, Promise] = {
    "termination": _("end of a contract"),
    "withdrawal": _("renunciation"),
    "move_home": _("move"),
    "new_line": _("new line"),
    "fix_fault": _("repair"),
}
AGES: Mapping[str, Promise] = {
    "4": _("up to 4 days"),
    "8": _("up to 8"),
    "14": _("up to 14"),
    "30": _("up to 30"),
    "365": _("up to a year"),
    "more": _("older"),
}


def tables(report: Report, departments: Mapping[str, str]) -> list[Table]:
    """All about plans, in order."""
    return [_slips(report, departments), *(_ages(report, *one) for one in _AGED), _times(report)]


def plan_name(kind: str) -> str:
    """How a kind of plan is called."""
    return str(PLANS.get(kind, kind))


def _slips(report: Report, departments: Mapping[str, str]) -> Table:
    figures = (Figure.SLIPS_TOLD, Figure.SLIPS_BROKEN)

    def row(about: str) -> tuple[str, Sequence[str]]:
        kind, _colon, department = about.partition(":")
        told, broken = (report.total(figure, about=about) for figure in figures)
        name = f"{plan_name(kind)}, {departments.get(department) or words.source(department)}"
        return name, [str(told), str(broken), percent(share(told, told + broken))]

    return Table(
        name="slips",
        heading=gettext("Promised dates that slipped"),
        columns=[_("plan and department"), _("told in time"), _("not told"), _("told in time, of all")],
        rows=[row(about) for about in dict.fromkeys(about for one in figures for about in report.abouts(one))],
        meanings=[
            (_("told in time"), _("The customer was told a later date before the first one had passed.")),
            (_("not told"), _("The date passed, or another was told only then.")),
        ],
    )


_AGED = (
    (Figure.OPEN_PLANS_BY_AGE, "plan_ages", _("Open plans by age"), PLANS),
    (Figure.OPEN_CASES_BY_AGE, "case_ages", _("Open cases by age"), words.CASE_KINDS),
)


def _ages(report: Report, figure: Figure, name: str, heading: Promise, kinds: Mapping[str, Promise]) -> Table:
    known = dict.fromkeys(about.partition(":")[0] for about in report.abouts(figure))
    return Table(
        name=name,
        heading=str(heading),
        columns=[_("about what"), *AGES.values()],
        rows=[
            (str(kinds.get(kind, kind)), [str(report.total(figure, about=f"{kind}:{age}")) for age in BUCKETS])
            for kind in known
        ],
        meanings=[(_("age"), _("Days since it began, as the last counted day ended; each counts in one column."))],
    )


def _times(report: Report) -> Table:
    def row(kind: str) -> tuple[str, Sequence[str]]:
        prefix = f"{kind}:"
        timed = [about for about in report.abouts(Figure.PLANS_TIMED) if about.startswith(prefix)]
        times = {int(about.removeprefix(prefix)): report.total(Figure.PLANS_TIMED, about=about) for about in timed}
        done = report.total(Figure.PLANS_DONE, about=kind)
        kept = report.total(Figure.COMMITMENTS_KEPT, about=kind)
        within = percent(share(kept, report.total(Figure.COMMITMENTS, about=kind)))
        spans = [_span(fastest(one, times)) for one in PERCENTS]
        return plan_name(kind), [str(done), str(done - sum(times.values())), *spans, within]

    return Table(
        name="times",
        heading=gettext("How long plans took"),
        columns=[
            *(_("plan"), _("done"), _("left out")),
            *(_("fastest half"), _("fastest 95 of 100"), _("fastest 99 of 100"), _("by the first dates told")),
        ],
        rows=[row(kind) for kind in report.abouts(Figure.PLANS_DONE)],
        meanings=[
            (_("left out"), _("The customer had asked for a later day: how long it took says nothing of ours.")),
            (
                _("fastest half"),
                _("From the beginning to the end, within so long; in hours up to four days, then in whole days."),
            ),
            (
                _("by the first dates told"),
                _("Every step was over by the date that was told first; left out where the customer then chose later."),
            ),
        ],
    )


def _span(hours: int | None) -> str:
    if hours is None:
        return ""
    if hours <= FEW_HOURS:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(days)d days") % {"days": hours // DAY}
