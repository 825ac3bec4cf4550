"""Which line a word is about: what shows that the old or the new one works, and which cuts somebody asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ligneclaire.flow.plan import Heard, Stands
from ligneclaire.journeys.plans.reading import day_in
from ligneclaire.network.facts import GIVEN

MOVE, FAULT, CUT, PROVEN, CLOSED = "move.requested", "fault.reported", "line.cut", "line.proven", "visit.closed"
TAKEN_BACK = "move.withdrawn"
ENDS_ON, TAKEN_OVER = "contract.ends_on", "line.taken_over_by"
SHOWS_THAT_IT_WORKS = frozenset({"line works", "works", "repaired", "la ligne fonctionne", "réparé"})
LEFT_IN_USE = ("pair", "port", "path")
BUILDS = frozenset({"move", "new line", "build"})


@dataclass(kw_only=True)
class Move:
    """A move: what was asked for last, what shows that the new line works, and the cut that left the old one."""

    request: Heard
    proof: Heard | None = None
    cut: Heard | None = None
    is_gone: bool = False
    """Whether the old line was cut already, asked for or not, and nobody restored it."""

    @property
    def can_be_taken_back(self) -> bool:
        """Whether the customer can still stay where they are."""
        return self.proof is None and self.cut is None


@dataclass(kw_only=True)
class Told:
    """What became of the lines of a contract, read in the order in which it happened."""

    moves: list[Move] = field(default_factory=list)
    troubles: list[Heard] = field(default_factory=list)
    outages: list[tuple[Heard, Heard | None]] = field(default_factory=list)
    """What began each, and what shows that it was over."""
    proof: Heard | None = None
    """The last one, unless something broke since."""
    places: Mapping[str, str] = field(default_factory=dict)
    """At which place the records gave a pair, a port or a path last."""

    @property
    def is_broken(self) -> bool:
        """Whether something broke, and nothing shows that it works again."""
        return bool(self.outages) and self.outages[-1][1] is None


def said(stands: Mapping[str, Stands], key: str) -> tuple[Heard, ...]:
    """Everything that was said of a topic and not taken back, in order."""
    found = stands.get(key)
    return found.said if found else ()


def fields(fact: Heard) -> Mapping[str, object]:
    """What a fact says, by field."""
    return fact.value if isinstance(fact.value, dict) else {}


def told(stands: Mapping[str, Stands]) -> Told:
    """Read everything that was said of the lines of a contract."""
    found, last_days = Told(places=_places(stands)), ends(stands)
    facts = [fact for key in READERS for fact in said(stands, key)]
    for fact in sorted(facts, key=_order):
        if fact.kind != CUT or not any(day <= fact.at.date() for day in last_days):
            READERS[fact.kind](found, fact)
    return found


def _places(stands: Mapping[str, Stands]) -> Mapping[str, str]:
    return {str(fields(fact)["resource"]): _plain(fields(fact).get("place")) for fact in said(stands, GIVEN)}


def ends(stands: Mapping[str, Stands]) -> list[date]:
    """The days on which the contract ends or another operator takes the line over."""
    found, taken_over = stands.get(ENDS_ON), stands.get(TAKEN_OVER)
    days = [date.fromisoformat(found.value)] if found and isinstance(found.value, str) else []
    return [*days, taken_over.effective] if taken_over and taken_over.effective else days


def ended_at(stands: Mapping[str, Stands]) -> date | None:
    """The first of these days."""
    return min(ends(stands), default=None)


def chose_to_cut_first(move: Heard) -> bool:
    """Whether the customer chose in writing to have the old line cut before the new one works."""
    return fields(move).get("cut_first") is True and fields(move).get("signed") is True


def since_cut(move: Move) -> tuple[datetime, datetime | None] | None:
    """The days between that the customer chose: from the cut until the new line works."""
    if move.cut is None or (move.proof and move.proof.at <= move.cut.at):
        return None
    return (move.cut.at, move.proof.at if move.proof else None)


def _asks(found: Told, fact: Heard) -> None:
    """A request after a finished move is another move; before that it corrects what was asked for."""
    if found.moves and found.moves[-1].proof is None:
        found.moves[-1].request = fact
    else:
        found.moves.append(Move(request=fact))


def _takes_back(found: Told, _fact: Heard) -> None:
    """As if it had never been asked for, as long as the new line does not work and the old one was not left for it."""
    if found.moves and found.moves[-1].can_be_taken_back:
        found.moves.pop()


def _cuts(found: Told, fact: Heard) -> None:
    """Make before break; the other way round only as the customer chose in writing, and not before their day.

    A move asks for one cut: whatever is cut besides, nobody asked for.
    """
    move = found.moves[-1] if found.moves else None
    if move and not move.is_gone and (move.proof or _may_come_first(move, fact)):
        move.cut, move.is_gone = fact, True
        return
    if move and move.proof is None:
        move.is_gone = True
    _breaks(found, fact)


def _may_come_first(move: Move, cut: Heard) -> bool:
    day = day_in({"day": fields(move.request).get("date")}, "day")
    return chose_to_cut_first(move.request) and day is not None and day <= cut.at.date()


def _breaks(found: Told, fact: Heard) -> None:
    found.troubles.append(fact)
    found.proof = None
    if not found.is_broken:
        found.outages.append((fact, None))


def _proves(found: Told, fact: Heard) -> None:
    move = found.moves[-1] if found.moves else None
    if move and move.proof is None:
        if _is_of_the_new_line(fact, move, found):
            move.proof = fact
        else:
            move.is_gone = False
    if found.is_broken:
        found.outages[-1] = (found.outages[-1][0], fact)
    found.proof = fact


def _is_of_the_new_line(fact: Heard, move: Move, found: Told) -> bool:
    """The place that it names; else what somebody came for; else where the records have what it names.

    A test that names nothing is of the new line while nothing is broken.
    """
    value, to = fields(fact), _plain(fields(move.request).get("to"))
    named = next((str(value[name]) for name in LEFT_IN_USE if value.get(name)), "")
    if address := _plain(value.get("address")):
        return address == to
    if named:
        return _plain(value.get("purpose")) in BUILDS or (to != "" and found.places.get(named) == to)
    return fact.kind == PROVEN and not found.is_broken


def _closes(found: Told, fact: Heard) -> None:
    if _plain(fields(fact).get("result")) in SHOWS_THAT_IT_WORKS:
        _proves(found, fact)


def _plain(text: object) -> str:
    return " ".join(str(text or "").casefold().split())


READERS = {MOVE: _asks, TAKEN_BACK: _takes_back, CLOSED: _closes, PROVEN: _proves, FAULT: _breaks, CUT: _cuts}
PLACES = {kind: place for place, kind in enumerate(READERS)}


def _order(fact: Heard) -> tuple[datetime, int, str, str]:
    """Of what is said at one instant, what shows that a line works stands before what is broken or cut."""
    return (fact.at, PLACES[fact.kind], fact.source, fact.source_id)
