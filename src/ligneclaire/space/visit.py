"""Who asks here and now, and what they could end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from ligneclaire.contracts.queries import household, requests
from ligneclaire.contracts.queries.household import Holding
from ligneclaire.contracts.rules.notice import ends_on
from ligneclaire.contracts.rules.withdrawal import NewContract, may_withdraw
from ligneclaire.contracts.states import RequestKind
from ligneclaire.flow.queries import steps
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.kernel.clock import now
from ligneclaire.kernel.ref import Ref
from ligneclaire.people.queries import addressees
from ligneclaire.people.queries.operator import OperatorCard
from ligneclaire.space import door
from ligneclaire.space.forms.leaving import Setting
from ligneclaire.space.queries.contracts import ENDED_BY

ENDS = {RequestKind.TERMINATION: ENDED_BY, RequestKind.RENUNCIATION: ("withdrawal",)}
"""The plans that leave nothing to ask for, however the request came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request for a page: when, and by whom; a guest has neither number nor name nor holdings."""

    at: datetime
    house: OperatorCard
    language: str
    customer: str | None = None
    numbers: tuple[str, ...] = ()
    """All of theirs: what was merged into their number is theirs too."""
    name: str = ""
    email: str = ""
    holdings: tuple[Holding, ...] = ()
    ending: Mapping[str, str | None] = field(default_factory=dict)
    """The contracts that end already, each with the reference of the request made here, if it was made here."""

    @property
    def asked_here(self) -> frozenset[str]:
        """Those of them whose end was asked for here, so that it can be seen and taken back here."""
        return frozenset(contract for contract, reference in self.ending.items() if reference)

    @property
    def calendar(self) -> Calendar:
        """The operator's calendar."""
        return self.house.calendar

    @property
    def today(self) -> date:
        """The day where the operator is."""
        return self.calendar.date_of(self.at)

    def setting(self, kind: RequestKind) -> Setting:
        """What a form has to know; what can be ticked is what is not being ended, and for some forms what is new."""
        holdings = tuple(one for one in self.holdings if one.contract not in self.ending and self._may(one, kind))
        return Setting(today=self.today, country=self.house.country, holdings=holdings if self.customer else None)

    def latest_end(self, wished_on: date | None) -> date:
        """The last day of a contract that is ended now."""
        return ends_on(self.today, wished_on=wished_on, calendar=self.calendar)

    def _may(self, holding: Holding, kind: RequestKind) -> bool:
        if kind is RequestKind.TERMINATION:
            return True
        new = NewContract(concluded_on=holding.concluded_on, informed_on=holding.concluded_on)
        return may_withdraw(new, on=self.today, calendar=self.calendar)


def of(request: HttpRequest, kind: RequestKind) -> Visit:
    """Look at who asks."""
    at, house, me = now(), door.house_of(request), door.visitor_of(request)
    guest = Visit(at=at, house=house, language=(get_language() or "fr")[:2])
    if me is None:
        return guest
    number = me.customer
    [known] = addressees.of([number], on=guest.today).values()
    holdings = tuple(held for own in household.of(me.numbers).values() for held in own)
    return Visit(
        at=at,
        house=house,
        language=me.language,
        customer=number,
        numbers=me.numbers,
        name=known.name,
        email=known.email or "",
        holdings=holdings,
        ending=_ending([one.contract for one in holdings], kind),
    )


def _ending(contracts: Sequence[str], kind: RequestKind) -> dict[str, str | None]:
    subjects = {str(Ref("contract", contract)): contract for contract in contracts}
    plans = frozenset[str]().union(*(steps.under_way(plan, subjects) for plan in ENDS[kind]))
    elsewhere = dict.fromkeys(contract for subject, contract in subjects.items() if subject in plans)
    return elsewhere | requests.open_of(contracts, kind=kind)


def show(
    request: HttpRequest, visit: Visit, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Render a page with what all of them show."""
    return door.show(request, template, {"visit": visit, "house": visit.house, **context}, status=status)
