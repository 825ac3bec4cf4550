"""A street: a box with three pairs, of which others use two, and lines that want one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.network.actions.assign_resource import FreeAt, Named, assign_resource
from ligneclaire.network.actions.import_network import Imported, import_network
from ligneclaire.network.queries import resources
from ligneclaire.network.states import ResourceKind, Technology
from ligneclaire.network.values import LineEntry, ResourceEntry

NOW = datetime(2015, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
LAST_YEAR = datetime(2014, 3, 2, 9, 0, tzinfo=UTC)
FIELD = Actor(ActorKind.DEPARTMENT, "field")
HER_PAIR = "63510-D4-017"
BOX = "63510-D4"


def a_line(code: str, *, customer: str = "C-4002", technology: Technology = Technology.COPPER) -> str:
    """A line of a customer that has nothing yet."""
    import_network(
        lines=[
            LineEntry(
                code=code,
                customer=customer,
                contract="K-FIX-9" if customer == "C-4002" else "K-FIX-7",
                technology=technology,
                since=date(2015, 3, 1),
                place="5 RUE DU FOUR, 63510 MALINTRAT",
                site=BOX,
            )
        ],
        by=SYSTEM,
        at=NOW,
    )
    return code


def more_pairs(*codes: str, wear: int = 0) -> Imported:
    """Pairs that are there besides."""
    rows = [ResourceEntry(code=code, kind=ResourceKind.PAIR, site=BOX, wear=wear) for code in codes]
    return import_network(resources=rows, by=SYSTEM, at=NOW)


def gives(line: str, resource: str, *, at: datetime = NOW) -> str:
    """Give a line a certain resource."""
    return assign_resource(line=line, choice=Named(resource=resource), because="order", by=FIELD, at=at)


def finds(line: str, *, site: str = BOX, kind: ResourceKind = ResourceKind.PAIR, at: datetime = NOW) -> str:
    """Give a line the best of what is free."""
    return assign_resource(line=line, choice=FreeAt(site=site, kind=kind), because="order", by=FIELD, at=at)


def holder(resource: str) -> str:
    """Which line has a resource now."""
    card = resources.card(resource)
    assert card is not None
    return card.line
