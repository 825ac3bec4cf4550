"""Pages that everybody may read without asking us: where to begin, how to move, how to leave."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ligneclaire import law
from ligneclaire.contracts.rules import complaints, repair
from ligneclaire.contracts.states import RequestKind
from ligneclaire.journeys.plans.move_home import DAYS_TO_BUILD
from ligneclaire.law import Parameter
from ligneclaire.space import visit
from ligneclaire.space.reasons import REASONS
from ligneclaire.space.visit import show


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """The start for everybody, with and without an account."""
    here = visit.of(request, RequestKind.TERMINATION)
    return show(request, here, "space/help/welcome.html", {})


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """Everything about leaving, with the values of the law as of today."""
    here = visit.of(request, RequestKind.TERMINATION)
    on, country = here.today, here.house.country
    context = {
        "law": _values(on, country),
        "rio": law.value("POR-01.number", on=on, country=country).of(str),
        "ombudsman": complaints.ombudsman(on=on, country=country).site,
        "reasons": REASONS.values(),
    }
    return show(request, here, "space/help/leaving.html", context)


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """How a move goes, and what becomes of a fault, with the days as of today."""
    here = visit.of(request, RequestKind.TERMINATION)
    restored_by = repair.restored_on(here.at, calendar=here.calendar)
    context = {"usual_days": DAYS_TO_BUILD, "restored_by": restored_by}
    return show(request, here, "space/help/lines.html", context)


def _values(on: date, country: str) -> dict[str, int]:
    """What the law says today, of a contract that is concluded today where it goes by that."""
    return {
        "notice_days": law.value("TER-01", on=on, country=country).of(int),
        "longest_months": law.value("TER-10", on=on, country=country).of(int),
        "capped_after": law.value("TER-11.capped_after", on=on, concluded_on=on, country=country).of(int),
        "cap_without": _percent(law.value("TER-11.cap_without_handset", on=on, concluded_on=on, country=country)),
        "cap_with": _percent(law.value("TER-11.cap_with_handset", on=on, concluded_on=on, country=country)),
        "advance_days": law.value("TER-19.advance_days", on=on, country=country).of(int),
        "deposit_days": law.value("TER-19.deposit_days", on=on, country=country).of(int),
        "late_percent": _percent(law.value("TER-20", on=on, country=country)) - 100,
        "mailbox_months": law.value("TER-22", on=on, country=country).of(int),
        "port_days": law.value("TER-23.port_days", on=on, country=country).of(int),
        "port_working_days": law.value("POR-05.consumer_days", on=on, country=country).of(int),
        "withdrawal_days": law.value("WDR-01", on=on, country=country).of(int),
        "withdrawal_refund_days": law.value("WDR-03", on=on, country=country).of(int),
        "answer_months": law.value("complaint.customer_service", on=on, country=country).of(int),
        "silence_months": law.value("complaint.silence", on=on, country=country).of(int),
        "within_years": law.value("complaint.ombudsman_within", on=on, country=country).of(int),
        "result_days": law.value("complaint.ombudsman_result", on=on, country=country).of(int),
    }


def _percent(parameter: Parameter) -> int:
    return int(parameter.of(Fraction) * 100)
