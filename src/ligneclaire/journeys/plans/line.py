"""What the plans of lines share: by when a line works, what departments answer, visits, and days without service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from ligneclaire.contracts.rules import compensation, no_service
from ligneclaire.contracts.rules.no_service import Credit
from ligneclaire.flow.engine import SOURCE
from ligneclaire.flow.plan import Heard, Says, Step
from ligneclaire.journeys.plans import proofs
from ligneclaire.journeys.plans.reading import View, after, day_in
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.calendar import DayKind
from ligneclaire.network.facts import BUILD_CANCELLED, BUILD_ORDERED, GIVEN
from ligneclaire.visits.facts import SET_OUT
from ligneclaire.visits.states import Purpose

CUSTOMER_SERVICE, EXCHANGE, FIELD, TECHNICAL = "customer-service", "exchange", "field", "technical-service"
BILLING = "billing"

NEW_LINE, DIAGNOSED, NUMBER_MOVED = "line.requested", "fault.diagnosed", "number.moved"
CALL, MISSED, VISIT_AT, REPAIR_AT = "call", "visit.missed", "visit.at", "visit.repair_at"
LOST, RESTORED_BY, RESTORED = "line.lost", "line.restored_by", "line.restored"
WORKS_ON, WORKS = "line.works_on", "line.works"
REMINDER, REPAIR_REMINDER, UNDER_WAY = "visit.reminder", "visit.repair_reminder", "visit.under_way"
MISSED_PAY = "compensation.missed_visit"
REMEDY, BILLED, CREDIT = "remedy.offered", "bill.issued", "credit.no_service"

REMEDIES = ("4g box", "call forwarding")
DISPATCH, RE_DATED_BY = time(8, 0), 5  # working days that are added to a day which nothing supports
CONTEXT = frozenset({*proofs.READERS, GIVEN, proofs.ENDS_ON, proofs.TAKEN_OVER})


def since_begun(view: View, facts: Iterable[Heard]) -> list[Heard]:
    """Those of these facts that the plan began with or that came after it."""
    return [fact for fact in facts if fact.recorded_at >= view.started_at]


def given_at(view: View, kinds: Iterable[str]) -> datetime | None:
    """Since when the records give something of these kinds to a line, of what they gave since the plan began."""
    given = since_begun(view, proofs.said(view.stands, GIVEN))
    return min((fact.at for fact in given if str(proofs.fields(fact)["kind"]) in kinds), default=None)


def orders(view: View) -> list[Heard]:
    """What is being built, or was: without what nobody waits for any more."""
    over = {proofs.fields(fact)["order"] for fact in view.heard if fact.kind == BUILD_CANCELLED}
    made = [fact for fact in view.heard if fact.kind == BUILD_ORDERED]
    return [fact for fact in made if proofs.fields(fact).get("order") not in over]


def is_over(view: View) -> bool:
    """Whether the contract has ended, or the line is another operator's."""
    day = proofs.ended_at(view.stands)
    return day is not None and view.has_come(after(view, day))


def visit_on(view: View, appointment: str = VISIT_AT) -> date | None:
    """The day of the visit that is booked."""
    value = view.value(appointment)
    return datetime.fromisoformat(str(value["from"])).date() if isinstance(value, dict) else None


def is_visited(view: View, appointment: str = VISIT_AT) -> datetime | None:
    """Since when a visit is over that left something in use."""
    closed = since_begun(view, proofs.said(view.stands, proofs.CLOSED))
    done = [fact for fact in closed if _is_of(fact, appointment) and "none_because" not in proofs.fields(fact)]
    return next((fact.at for fact in done), None)


def _is_of(fact: Heard, appointment: str) -> bool:
    """Whether a visit is the one that has its time there; where no purpose is named, it may be either."""
    purpose = proofs.fields(fact).get("purpose")
    return purpose is None or (purpose == Purpose.REPAIR) == (appointment == REPAIR_AT)


APPOINTMENTS = {RESTORED_BY: REPAIR_AT}  # of a repair; of all else it is the other


def works_by(view: View, key: str, first: date) -> date:
    """By when the line works: a first day, the latest that departments answered, the visit, what is being built."""
    return max([first, *_arranged(view, key)])


def _arranged(view: View, key: str) -> Iterator[date]:
    """Every day that somebody stands for."""
    yield from _answers(view, key)
    yield from (fact.effective for fact in orders(view) if fact.effective)
    if booked := visit_on(view, APPOINTMENTS.get(key, VISIT_AT)):
        yield booked


def _answers(view: View, key: str) -> Iterator[date]:
    """The newest day of each department."""
    newest: dict[str, date] = {}
    stated = [fact for fact in proofs.said(view.stands, key) if fact.source != SOURCE]
    for fact in sorted([*proofs.said(view.stands, CALL), *stated], key=lambda fact: fact.at):
        day = day_in({"by": fact.value}, "by") if fact.kind == key else day_in(proofs.fields(fact), "by")
        if day:
            newest[fact.source] = day
    yield from newest.values()


def kept_or_moved(view: View, key: str, first: date, *, works: bool) -> str | None:
    """A day to tell, moved before it is over where nothing shows that it can be kept; as it was once the line works.

    Whoever was told a day hears of another at the last dispatch before it; where none was left, once it is over.
    """
    if is_over(view):
        return None
    planned, own = works_by(view, key, first), view.own.get(key)
    if works:
        return own if isinstance(own, str) else None
    if not isinstance(own, str):
        return planned.isoformat()
    told = date.fromisoformat(own)
    if planned > told:
        return planned.isoformat()
    return _another_day(view).isoformat() if _slips(view, key, told) else own


def _slips(view: View, key: str, told: date) -> bool:
    """Whether nobody stands for a day, and it is too late for somebody to."""
    if any(view.today <= day <= told for day in _arranged(view, key)):
        return False
    said_at = max(fact.at for fact in proofs.said(view.stands, key) if fact.source == SOURCE)
    slips = slips_at(view, told)
    return view.has_come(slips if slips > said_at else after(view, told))


def _another_day(view: View) -> date:
    """The last working day of a week, so that dates which slip together are told together."""
    day = view.calendar.add(view.today, RE_DATED_BY, DayKind.OUVRE)
    monday_after = day + timedelta(days=7 - day.weekday())
    return view.calendar.subtract(monday_after, 1, DayKind.OUVRE)


def slips_at(view: View, day: date) -> datetime:
    """The last dispatch before a day."""
    return view.calendar.at(view.calendar.subtract(day, 1, DayKind.OUVRE), DISPATCH)


def _reminder(view: View, appointment: str, reminder: str) -> object:
    """The appointment once more, at the last dispatch before its day; what was said of one that is over stays."""
    slot, day, own = view.value(appointment), visit_on(view, appointment), view.own.get(reminder)
    if day is None:
        return None
    is_near = view.has_come(slips_at(view, day)) and view.today < day
    return slot if is_near else own if own == slot or view.today >= day else None


def _under_way(view: View, appointment: str) -> object:
    """Somebody set out for the appointment that stands."""
    day = visit_on(view, appointment)
    gone = [f for f in view.heard if f.kind == SET_OUT and _is_of(f, appointment)]
    on_the_way = any(view.calendar.date_of(fact.at) == day for fact in gone)
    return view.value(appointment) if on_the_way else view.own.get(UNDER_WAY)


def _missed_pay(view: View) -> object:
    """SLA-10: for each appointment to which nobody of ours came; for others than ports it is our own rule."""
    ours = {view.calendar.date_of(f.at) for f in proofs.said(view.stands, MISSED) if _is_ours(f)}
    if not ours or view.stated_by_others(MISSED_PAY, source=SOURCE):
        return view.own.get(MISSED_PAY)
    on = min(ours)
    return compensation.missed_appointment(view.terms.price, len(ours), on=on, country=view.calendar.country).as_json()


def _is_ours(missed: Heard) -> bool:
    return proofs.fields(missed).get("by") == "operator"


def credit(view: View, outages: Sequence[tuple[datetime, datetime | None]]) -> object:
    """SLA-09: what days without service are worth: up to a bill made for them, to their end, or to the contract's."""
    gone, upto = proofs.ended_at(view.stands), _counted_to(view, outages)
    if upto is None or view.stated_by_others(CREDIT, source=SOURCE):
        return view.own.get(CREDIT)
    found = no_service.credits_of(
        outages, view.terms.price, upto=min(upto, gone) if gone else upto, calendar=view.calendar
    )
    return [_as_json(one) for one in found] or None


def _as_json(one: Credit) -> dict[str, object]:
    return {"period": [one.period_from.isoformat(), one.period_to.isoformat()], "amount": one.amount.as_json()}


def _counted_to(view: View, outages: Sequence[tuple[datetime, datetime | None]]) -> date | None:
    ends = [view.calendar.date_of(until) for _, until in outages if until]
    if not outages or len(ends) == len(outages):
        return max(ends, default=None)
    return proofs.ended_at(view.stands) if is_over(view) else _last_day(asked(view, BILLED), view)


def _last_day(bill: Heard | None, view: View) -> date | None:
    """The last day that a bill asks for and that is over."""
    if bill is None:
        return None
    value = proofs.fields(bill)
    period = value["period"]
    assert isinstance(period, list)
    return min(date.fromisoformat(period[1]), view.calendar.date_of(bill.at))


def answered_by(view: View) -> str:
    """Who answered last on the telephone, and is expected to keep word."""
    calls = proofs.said(view.stands, CALL)
    return calls[-1].source if calls else CUSTOMER_SERVICE


def answer_due(view: View) -> date:
    """The day that the last answer named; else the working day after it."""
    calls = proofs.said(view.stands, CALL)
    if not calls:
        return view.today
    last = calls[-1]
    on = view.calendar.date_of(last.at)
    return day_in(proofs.fields(last), "by") or view.calendar.add(on, 1, DayKind.OUVRE)


def keep_word(*, until: Callable[[View], datetime | None]) -> Step[Terms]:
    """What somebody answered on the telephone has a day, and somebody who keeps it."""
    return Step(
        name="keep_word",
        department=answered_by,
        due=answer_due,
        closed=until,
        wanted=lambda view: bool(proofs.said(view.stands, CALL)),
        is_inside=True,
    )


def day_of(view: View, at: datetime | None) -> object:
    """The day of an instant, as a topic says it."""
    return view.calendar.date_of(at).isoformat() if at else None


def next_working_day(view: View, at: datetime, days: int = 1) -> date:
    """The working day after an instant."""
    return view.calendar.add(view.calendar.date_of(at), days, DayKind.OUVRE)


def asked(view: View, key: str) -> Heard | None:
    """The request as it was made last."""
    made = proofs.said(view.stands, key)
    return made[-1] if made else None


def of_visits(appointment: str = VISIT_AT, reminder: str = REMINDER) -> tuple[Says[Terms], ...]:
    """What a plan says of whoever comes for it."""
    return (
        Says(key=reminder, value=lambda view: _reminder(view, appointment, reminder)),
        Says(key=UNDER_WAY, value=lambda view: _under_way(view, appointment)),
        Says(key=MISSED_PAY, value=_missed_pay),
    )


def lasting(*steps: Step[Terms], over: Callable[[View], bool] = is_over) -> tuple[Step[Terms], ...]:
    """Steps that nobody needs any more once something is over; what is done stays done."""
    return tuple(replace(step, wanted=_while_it_lasts(step, over)) for step in steps)


def _while_it_lasts(step: Step[Terms], over: Callable[[View], bool]) -> Callable[[View], bool]:
    return lambda view: step.wanted(view) and (step.closed(view) is not None or not over(view))
