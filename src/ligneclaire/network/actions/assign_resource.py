"""Give a line a resource: a certain one, or the least worn that is free at a site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from ligneclaire.facts.record import hold, record
from ligneclaire.facts.sql import named
from ligneclaire.facts.stated import Statement
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.refusal import Refused
from ligneclaire.network.actions.cancel_builds import cancel_builds
from ligneclaire.network.facts import GIVEN
from ligneclaire.network.models import Line
from ligneclaire.network.queries import lines, resources
from ligneclaire.network.queries.lines import LineCard
from ligneclaire.network.queries.resources import Holding
from ligneclaire.network.states import ACCESS, ONE_FOR_A_LINE, ResourceKind
from ligneclaire.network.stating import about_line

Values = dict[str, str | datetime]
SQL = named(Path(__file__).with_suffix(".sql"))


class NoSuchLine(Refused):
    """The records know no line of this code, or it has ended."""


class NoSuchResource(Refused):
    """The records know no resource of this code."""


class ResourceHeld(Refused):
    """Somebody else has it: another line with a contract that goes on, a number's last holder, or nobody known."""

    def __init__(self, held: Holding) -> None:
        super().__init__(
            resource=held.resource,
            use=held.use,
            line=held.line,
            customer=held.customer,
            contract=held.contract,
            since=held.since,
        )
        self.held = held


class ResourceUnfit(Refused):
    """It is faulty or retired."""


class LineHasOne(Refused):
    """The line has another of this kind already, which must be released first."""


class OfAnotherTechnology(Refused):
    """A pair carries no fibre, a path no copper."""


class NothingFree(Refused):
    """Nothing of this kind is free at the site: it has to be built."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A certain resource and no other."""

    resource: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeAt:
    """The least worn of this kind that is free at this site."""

    site: str
    kind: ResourceKind


@transaction.atomic
def assign_resource(*, line: str, choice: Named | FreeAt, because: str, by: Actor, at: datetime) -> str:
    """Return the resource that the line has from now on; what it has already, it keeps without a word.

    What was ordered in its place is not built any more.
    Raises `NoSuchLine`, `LineHasOne`, `OfAnotherTechnology`; for a named one also `NoSuchResource`, `ResourceHeld`,
    `ResourceUnfit`; otherwise `NothingFree`. PostgreSQL refuses a second holder whoever tries; here it is explained.
    """
    card = _line(line)
    hold({card.customer})
    Line.objects.select_for_update().get(code=line)
    kind = choice.kind if isinstance(choice, FreeAt) else _kind(choice.resource)
    _check_technology(card, kind)
    has = _has(line, kind, choice)
    if has and (isinstance(choice, FreeAt) or has == choice.resource):
        return has
    if has:
        raise LineHasOne(line=line, has=has, kind=kind)
    values: Values = {"line": line, "kind": kind, "because": because, "by": str(by), "at": at}
    given = _free(choice, values) if isinstance(choice, FreeAt) else _named(choice, values)
    cancel_builds(line=line, kinds={kind}, by=by, at=at)
    record([_given(card, given, kind, at)], by=by, at=at)
    return given


def _line(code: str) -> LineCard:
    card = lines.card(code)
    if card is None or card.until is not None:
        raise NoSuchLine(line=code)
    return card


def _kind(resource: str) -> ResourceKind:
    card = resources.card(resource)
    if card is None:
        raise NoSuchResource(resource=resource)
    return card.kind


def _has(line: str, kind: ResourceKind, choice: Named | FreeAt) -> str:
    """What the line has already in the place of what it wants: of boxes only that box itself."""
    if isinstance(choice, FreeAt) or kind in ONE_FOR_A_LINE:
        return lines.held_by(line, kind)
    card = resources.card(choice.resource)
    return choice.resource if card and card.line == line else ""


def _check_technology(line: LineCard, kind: ResourceKind) -> None:
    if kind in ACCESS.values() and kind != ACCESS[line.technology]:
        raise OfAnotherTechnology(line=line.code, technology=line.technology, kind=kind)


def _free(choice: FreeAt, values: Values) -> str:
    passing_by = " SKIP LOCKED"
    while True:
        found, given = _best(SQL["best"].replace(" SKIP LOCKED", passing_by), values | {"site": choice.site})
        if given:
            return given
        if not found and not passing_by:
            raise NothingFree(site=choice.site, kind=choice.kind)
        passing_by = passing_by if found else ""  # what others are about to be given may come back: wait for them


def _best(statement: str, values: Values) -> tuple[str, str]:
    """What was free, and whether it is given now: somebody else may have been quicker."""
    before = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        [(found, given)] = cursor.fetchall()
    if given:
        transaction.savepoint_commit(before)
    else:
        transaction.savepoint_rollback(before)  # lets go of what was found, so that nobody waits for each other
    return found or "", given or ""


def _named(choice: Named, values: Values) -> str:
    with connection.cursor() as cursor:
        cursor.execute(SQL["this"], values | {"resource": choice.resource})
        if cursor.fetchall():
            return choice.resource
    card = resources.card(choice.resource)
    if card is None or card.holding is None:
        raise ResourceUnfit(resource=choice.resource, condition=card and card.condition)
    raise ResourceHeld(card.holding)


def _given(line: LineCard, resource: str, kind: ResourceKind, at: datetime) -> Statement:
    value = {"resource": resource, "kind": kind.value, "line": line.code, "place": line.place}
    return about_line(GIVEN, customer=line.customer, contract=line.contract, value=value, at=at)
