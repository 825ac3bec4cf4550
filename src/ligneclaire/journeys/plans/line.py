"""What the plans of lines read alike: that a line works, when it was cut and whether it might be, by when it works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from ligneclaire.contracts.rules import compensation
from ligneclaire.flow.engine import SOURCE
from ligneclaire.flow.plan import Heard, Says, Stands
from ligneclaire.journeys.plans.reading import View, after, day_in
from ligneclaire.journeys.terms import Terms
from ligneclaire.kernel.calendar import DayKind
from ligneclaire.network.facts import BUILD_ORDERED
from ligneclaire.visits.facts import SET_OUT

CUSTOMER_SERVICE, EXCHANGE, FIELD, TECHNICAL = "customer-service", "exchange", "field", "technical-service"
BILLING = "billing"

MOVE, NEW_LINE, FAULT = "move.requested", "line.requested", "fault.reported"
CUT, PROVEN, DIAGNOSED, NUMBER_MOVED = "line.cut", "line.proven", "fault.diagnosed", "number.moved"
CALL, CLOSED, MISSED, VISIT_AT = "call", "visit.closed", "visit.missed", "visit.at"
LOST, RESTORED_BY, WORKS_ON, WORKS = "line.lost", "line.restored_by", "line.works_on", "line.works"
REMINDER, UNDER_WAY, MISSED_PAY = "visit.reminder", "visit.under_way", "compensation.missed_visit"
REMEDY, BILLED, CREDIT = "remedy.offered", "bill.issued", "credit.no_service"
ENDS_ON, TAKEN_OVER = "contract.ends_on", "line.taken_over_by"

SHOWS_THAT_IT_WORKS = frozenset({"line works", "works", "repaired", "la ligne fonctionne", "réparé"})
REMEDIES = ("4g box", "call forwarding")
DISPATCH, RE_DATED_BY = time(8, 0), 5  # working days that are added to a day which nothing supports


def said(stands: Mapping[str, Stands], key: str) -> tuple[Heard, ...]:
    """Everything that was said of a topic and not taken back, in order."""
    found = stands.get(key)
    return found.said if found else ()


def proofs(stands: Mapping[str, Stands]) -> list[Heard]:
    """What shows that the line works: that somebody says so, or a visit that ended well; in order."""
    visits = [fact for fact in said(stands, CLOSED) if _ended_well(fact.value)]
    return sorted([*said(stands, PROVEN), *visits], key=lambda fact: fact.at)


def proven(view: View) -> Heard | None:
    """The first proof."""
    return next(iter(proofs(view.stands)), None)


def proven_at(view: View) -> datetime | None:
    """Since when the line is known to work."""
    proof = proven(view)
    return proof.at if proof else None


def _ended_well(value: object) -> bool:
    return isinstance(value, dict) and " ".join(str(value.get("result")).casefold().split()) in SHOWS_THAT_IT_WORKS


def cuts_outside(stands: Mapping[str, Stands]) -> list[Heard]:
    """Cuts that no plan allows: before its day, before the new line is proven to work, or of what nobody ended."""
    return [cut for cut in said(stands, CUT) if not (_is_of_a_move(cut, stands) or _is_of_an_end(cut, stands))]


def _is_of_a_move(cut: Heard, stands: Mapping[str, Stands]) -> bool:
    """Make before break; the other way round only as the customer chose in writing, and not before their day."""
    asked = [fact for fact in said(stands, MOVE) if fact.at <= cut.at]
    if not asked:
        return False
    move = asked[-1]
    if any(move.at <= proof.at <= cut.at for proof in proofs(stands)):
        return True
    value = move.value if isinstance(move.value, dict) else {}
    day, chose = day_in(value, "date"), value.get("cut_first") is True and value.get("signed") is True
    return chose and day is not None and day <= cut.at.date()


def _is_of_an_end(cut: Heard, stands: Mapping[str, Stands]) -> bool:
    found, taken_over = stands.get(ENDS_ON), stands.get(TAKEN_OVER)
    ends_on = date.fromisoformat(found.value) if found and isinstance(found.value, str) else None
    leaves_on = taken_over.effective if taken_over else None
    return any(day is not None and day <= cut.at.date() for day in (ends_on, leaves_on))


def visit_on(view: View) -> date | None:
    """The day of the visit that is booked."""
    value = view.value(VISIT_AT)
    return datetime.fromisoformat(str(value["from"])).date() if isinstance(value, dict) else None


def is_visited(view: View) -> datetime | None:
    """Since when a visit is over that left something in use."""
    done = [fact for fact in said(view.stands, CLOSED) if "none_because" not in _fields(fact)]
    return done[0].at if done else None


def works_by(view: View, key: str, first: date) -> date:
    """By when the line works: a first day, the latest that departments answered, the visit, what is being built."""
    return max([first, *_arranged(view, key)])


def _arranged(view: View, key: str) -> Iterator[date]:
    """Every day that somebody stands for."""
    yield from _answers(view, key)
    yield from (fact.effective for fact in view.heard if fact.kind == BUILD_ORDERED and fact.effective)
    if booked := visit_on(view):
        yield booked


def _answers(view: View, key: str) -> Iterator[date]:
    """The newest day of each department."""
    newest: dict[str, date] = {}
    stated = [fact for fact in said(view.stands, key) if fact.source != SOURCE]
    for fact in sorted([*said(view.stands, CALL), *stated], key=lambda fact: fact.at):
        day = day_in({"by": fact.value}, "by") if fact.kind == key else day_in(_fields(fact), "by")
        if day:
            newest[fact.source] = day
    yield from newest.values()


def kept_or_moved(view: View, key: str, first: date) -> str | None:
    """A day to tell, moved before it is over where nothing shows that it can be kept; None once the line works.

    Whoever was told a day hears of another at the last dispatch before it; where none was left, once it is over.
    """
    if proven(view):
        return None
    planned, own = works_by(view, key, first), view.own.get(key)
    if not isinstance(own, str):
        return planned.isoformat()
    told = date.fromisoformat(own)
    if planned > told:
        return planned.isoformat()
    is_arranged = any(view.today <= day <= told for day in _arranged(view, key))
    said_at = max(fact.at for fact in said(view.stands, key) if fact.source == SOURCE)
    slips = slips_at(view, told)
    if is_arranged or not view.has_come(slips if slips > said_at else after(view, told)):
        return own
    return _another_day(view).isoformat()


def _another_day(view: View) -> date:
    """The last working day of a week, so that dates which slip together are told together."""
    day = view.calendar.add(view.today, RE_DATED_BY, DayKind.OUVRE)
    monday_after = day + timedelta(days=7 - day.weekday())
    return view.calendar.subtract(monday_after, 1, DayKind.OUVRE)


def slips_at(view: View, day: date) -> datetime:
    """The last dispatch before a day."""
    return view.calendar.at(view.calendar.subtract(day, 1, DayKind.OUVRE), DISPATCH)


def _reminder(view: View) -> object:
    """The appointment once more, at the last dispatch before its day; what was said of one that is over stays."""
    slot, day, own = view.value(VISIT_AT), visit_on(view), view.own.get(REMINDER)
    if day is None or proven(view):
        return None
    is_near = view.has_come(slips_at(view, day)) and view.today < day
    return slot if is_near else own if own == slot or view.today >= day else None


def _under_way(view: View) -> object:
    """Somebody set out for the appointment that stands."""
    slot = view.value(VISIT_AT)
    day = visit_on(view)
    on_the_way = any(f.kind == SET_OUT and view.calendar.date_of(f.at) == day for f in view.heard)
    return slot if on_the_way else view.own.get(UNDER_WAY)


def _missed_pay(view: View) -> object:
    """SLA-10: for each appointment to which nobody of ours came; for others than ports it is our own rule."""
    ours = [f for f in said(view.stands, MISSED) if _fields(f).get("by") == "operator"]
    if not ours or view.stated_by_others(MISSED_PAY, source=SOURCE):
        return view.own.get(MISSED_PAY)
    on = view.calendar.date_of(ours[0].at)
    return compensation.missed_appointment(view.terms.price, len(ours), on=on, country=view.calendar.country).as_json()


def works_since(view: View) -> object:
    """That the line works, and since when."""
    at = proven_at(view)
    return view.calendar.date_of(at).isoformat() if at else None


def answered_by(view: View) -> str:
    """Who answered last on the telephone, and is expected to keep word."""
    calls = said(view.stands, CALL)
    return calls[-1].source if calls else CUSTOMER_SERVICE


def answer_due(view: View) -> date:
    """The day that the last answer named; else the working day after it."""
    calls = said(view.stands, CALL)
    if not calls:
        return view.today
    last = calls[-1]
    on = view.calendar.date_of(last.at)
    return day_in(_fields(last), "by") or view.calendar.add(on, 1, DayKind.OUVRE)


def next_working_day(view: View, at: datetime, days: int = 1) -> date:
    """The working day after an instant."""
    return view.calendar.add(view.calendar.date_of(at), days, DayKind.OUVRE)


def asked(view: View, key: str) -> Heard | None:
    """The request as it was made last."""
    made = said(view.stands, key)
    return made[-1] if made else None


def _fields(fact: Heard) -> Mapping[str, object]:
    return fact.value if isinstance(fact.value, dict) else {}


OF_VISITS: tuple[Says[Terms], ...] = (
    Says(key=REMINDER, value=_reminder),
    Says(key=UNDER_WAY, value=_under_way),
    Says(key=MISSED_PAY, value=_missed_pay),
)
