"""The move of a contract: whether it is under way, whether the customer may still stay, and when they said so."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ligneclaire.facts.models import Fact, Payload
from ligneclaire.flow.plan import Heard, Stands
from ligneclaire.journeys.plans import proofs
from ligneclaire.journeys.plans.line import CONTEXT
from ligneclaire.kernel.ref import Ref
from ligneclaire.visits.queries import visits
from ligneclaire.visits.states import Purpose, VisitState
from ligneclaire.voice.queries import rules
from ligneclaire.voice.rules.state import SETTLEMENT, WITHDRAWAL
from ligneclaire.voice.rules.weigh import weigh


class WhyNot(enum.StrEnum):
    """Why a move cannot be taken back."""

    NONE = "no move is under way"
    WORKS = "the new line works already"
    CUT = "the old line was cut for this move already"
    ON_THE_WAY = "the technician is on the way"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCard:
    """The last move of a contract; `why_not` where it cannot be taken back, `taken_back_at` where it was."""

    to: str
    request: str
    why_not: WhyNot | None
    taken_back_at: datetime | None


def last_of(contract: str, *, customers: Collection[str]) -> MoveCard:
    """What was asked for last and not taken back, as all that is known by now has it."""
    stands = weigh(_heard(contract, customers), rules=rules.current())
    moves = proofs.told(stands).moves
    taken_back_at = _taken_back_at(stands, moves)
    if taken_back_at or not moves:
        return MoveCard(to="", request="", why_not=WhyNot.NONE, taken_back_at=taken_back_at)
    request = moves[-1].request
    to = str(proofs.fields(request).get("to") or "")
    return MoveCard(to=to, request=request.name, why_not=_why_not(moves[-1], contract), taken_back_at=None)


def _taken_back_at(stands: Mapping[str, Stands], moves: Sequence[proofs.Move]) -> datetime | None:
    """When the last request was taken back, if it was and nothing was asked for since."""
    asked, back = proofs.said(stands, proofs.MOVE), proofs.said(stands, proofs.TAKEN_BACK)
    if not asked or not back or any(move.request == asked[-1] for move in moves):
        return None
    return back[-1].at


def _why_not(move: proofs.Move, contract: str) -> WhyNot | None:
    if move.proof:
        return WhyNot.WORKS
    if move.cut:
        return WhyNot.CUT
    coming = [card for card in visits.of_contracts([contract]) if card.state is VisitState.ON_THE_WAY]
    return WhyNot.ON_THE_WAY if any(card.purpose is Purpose.MOVE for card in coming) else None


def _heard(contract: str, customers: Collection[str]) -> list[Heard]:
    about = Q(subject=str(Ref("contract", contract)), kind__in=[*CONTEXT, SETTLEMENT])
    facts = list(Fact.objects.filter(about | Q(kind=WITHDRAWAL), customer__in=customers).order_by("recorded_at", "id"))
    values = dict(Payload.objects.filter(fact__in=facts).values_list("fact_id", "value"))
    return [
        Heard(
            id=fact.id,
            source=fact.source,
            source_id=fact.source_id,
            kind=fact.kind,
            value=values[fact.id],
            effective=fact.effective,
            at=fact.at,
            recorded_at=fact.recorded_at,
        )
        for fact in facts
    ]
