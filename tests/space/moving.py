"""Somebody who has a line moved or reports a fault with a browser, and a world whose days pass, for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from ligneclaire.facts.models import Fact, Payload
from ligneclaire.journeys.plans.proofs import FAULT, MOVE
from space.conftest import a_browser_of
from world import World

FRIDAY = "2026-11-20T12:00:00+01:00"
ROUSSEL, LINE = "C-4001", "K-FIX-7"
MOVING = {
    "contract": LINE,
    "address": "3 rue du Four",
    "postcode": "63510",
    "town": "Malintrat",
    "wished_on": "11/12/2026",
    "old_line": "stays",
}
BROKEN = {"contract": LINE, "broken": "all", "details": "Plus de tonalité", "since": "19/11/2026"}


class Home:
    """A customer with a browser, in a world whose worker comes by when a test says so."""

    def __init__(self, clock_at: Callable[[datetime], None], *, customer: str = ROUSSEL) -> None:
        self.clock_at, self.world = clock_at, World()
        self.it_is(FRIDAY)
        self.client: Client = a_browser_of(customer, at=datetime.fromisoformat(FRIDAY))

    def it_is(self, when: str) -> None:
        """Let time pass, for the worker and the pages."""
        self.world.it_is(when)
        self.clock_at(self.now)

    @property
    def now(self) -> datetime:
        assert self.world.now is not None
        return self.world.now

    def opens(self, path: str) -> str:
        """The address of a form that was just opened."""
        return self.client.get(path).headers["Location"].partition("?")[0]

    def fills_in(self, form: str, **changed: str) -> Any:
        """Press the button below the form of a move."""
        return self.client.post(form, MOVING | changed)

    def moves(self, **changed: str) -> str:
        """Go all the way; the address of the page that confirms."""
        form = self.opens("/espace/demenager")
        assert self.fills_in(form, **changed).headers.get("Location") == f"{form}/resume"
        return str(self.client.post(f"{form}/resume").headers["Location"])

    def reports(self, **changed: str) -> str:
        """Report a fault; the address of the page that confirms."""
        form = self.opens("/espace/panne")
        return str(self.client.post(form, BROKEN | changed).headers["Location"])

    def reads(self, path: str) -> str:
        page = self.client.get(path)
        assert page.status_code == 200
        return page.content.decode()

    def plans(self, path: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """The plans that a page draws: their titles, and what is not over yet, with its date."""
        context = self.client.get(path).context
        found = context["home"].plans if "home" in context else context["known"].plans
        return [
            (one.drawn.title, [(step.what, step.when) for step in one.drawn.steps if step.state != "done"])
            for one in found
        ]


def stated() -> list[tuple[str, str, object]]:
    """What was stated of moves and faults: by whom, what, of which contract."""
    rows = Fact.objects.filter(kind__in=[MOVE, FAULT]).order_by("id")
    values = dict(Payload.objects.filter(fact__in=rows).values_list("fact_id", "value"))
    return [(row.source, row.subject, values[row.id]) for row in rows]
