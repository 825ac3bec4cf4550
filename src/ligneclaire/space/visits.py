"""What the page of a visit shows: what it is for, what stands, and the times that are free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ligneclaire.kernel.calendar import ONE_DAY, Calendar
from ligneclaire.kernel.refusal import Refused
from ligneclaire.space.words import short_name
from ligneclaire.visits.actions.book_visit import HasOne, NotHeld
from ligneclaire.visits.actions.cancel_visit import TooLateToCancel
from ligneclaire.visits.actions.hold_slot import SlotGone
from ligneclaire.visits.actions.move_visit import NotBooked, TooLateToMove
from ligneclaire.visits.locked import NoSuchVisit
from ligneclaire.visits.queries import slots
from ligneclaire.visits.queries import visits as known
from ligneclaire.visits.queries.needs import NeedCard
from ligneclaire.visits.queries.slots import Slot
from ligneclaire.visits.queries.visits import VisitCard
from ligneclaire.visits.rules.times import first_day, may_still_move
from ligneclaire.visits.states import TO_COME, Gone, MissedBy, Purpose, VisitState
from ligneclaire.visits.values import Window

SHOWN = timedelta(days=14)
PURPOSES: dict[Purpose, Promise] = {
    Purpose.NEW_LINE: _("To connect your new line"),
    Purpose.MOVE: _("To connect your line at your new address"),
    Purpose.REPAIR: _("To repair your line"),
    Purpose.EQUIPMENT: _("For your equipment"),
}
GONE: dict[Gone, Promise] = {
    Gone.TAKEN: _("Somebody else has just taken this time. Please choose another one."),
    Gone.TOO_SOON: _("This is too soon for somebody to come. Please choose a later time."),
    Gone.NOT_OFFERED: _("Nobody can come at this time. Please choose another one."),
    Gone.OVER: _("This time was not confirmed in time, and somebody else has it now. Please choose another one."),
}
REFUSALS: dict[type[Refused], Promise] = {
    HasOne: _("Your visit is booked already: this page was older."),
    NotHeld: _("This time was given up meanwhile. Please choose another one."),
    NotBooked: _("This visit can no longer be moved: the technician is on the way, or it is over."),
    TooLateToMove: _("It is too late to move this visit here. Please call us: we still can."),
    TooLateToCancel: _("This visit can no longer be cancelled here: the technician is on the way, or it is over."),
    NoSuchVisit: _("This time was given up meanwhile. Please choose another one."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, and its windows that are free."""

    day: date
    windows: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that stands of a need: what is held now, what is to come, and what was last where nothing is."""

    purpose: Promise
    place: str
    held: VisitCard | None
    to_come: VisitCard | None
    last: VisitCard | None
    may_move: bool
    is_closed: bool

    @property
    def technician(self) -> str:
        """Who comes, as customers know them."""
        return short_name(self.to_come.technician_name) if self.to_come else ""

    @property
    def is_missed_by_us(self) -> bool:
        """Whether we owe the customer an excuse."""
        return self.last is not None and self.last.missed_by is MissedBy.OPERATOR


def standing(need: NeedCard, *, at: datetime) -> Standing:
    """What stands of a need now."""
    cards = known.of_need(need.reference)
    held = _one(cards, [VisitState.HELD])
    to_come = _one(cards, TO_COME)
    over = [card for card in cards if card.state not in {VisitState.HELD, *TO_COME}]
    return Standing(
        purpose=PURPOSES[need.purpose],
        place=need.place,
        held=held if held and held.held_until and held.held_until > at else None,
        to_come=to_come,
        last=max(over, key=lambda card: card.changed_at, default=None),
        may_move=bool(to_come and to_come.state == VisitState.BOOKED and may_still_move(to_come.starts, at=at)),
        is_closed=need.closed_at is not None,
    )


def days(need: NeedCard, first: date | None, *, calendar: Calendar, at: datetime) -> tuple[Day, ...]:
    """Two weeks of free windows, from a day or from the first that is possible; days without any are left out."""
    begins = max(first or date.min, first_day(at, calendar))
    found = slots.free(territory=need.territory, skill=need.skill, from_=begins, to=begins + SHOWN - ONE_DAY, at=at)
    return tuple(
        Day(day=day, windows=tuple(windows))
        for day, windows in groupby(found, key=lambda slot: calendar.date_of(slot.starts))
    )


def read_window(text: str) -> Window | None:
    """What the button of a window sends."""
    try:
        starts, ends = (datetime.fromisoformat(part) for part in text.split("/"))
    except ValueError:
        return None
    return Window(starts=starts, ends=ends) if starts.tzinfo and ends.tzinfo and starts < ends else None


def why(refused: Refused) -> str:
    """What a customer reads who cannot have what they asked for."""
    return str(GONE[refused.reason] if isinstance(refused, SlotGone) else REFUSALS[type(refused)])


def _one(cards: Sequence[VisitCard], states: Sequence[VisitState]) -> VisitCard | None:
    return next((card for card in cards if card.state in states), None)
