"""What the pages of the network show, gathered before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ligneclaire.network.queries import differences, orders, resources, sites, surveys
from ligneclaire.network.queries.differences import DifferenceCard
from ligneclaire.network.queries.lines import LineCard
from ligneclaire.network.queries.orders import OrderCard
from ligneclaire.network.queries.resources import Holding, ResourceCard
from ligneclaire.network.queries.sites import Free, SiteCard
from ligneclaire.network.queries.surveys import Sight
from ligneclaire.network.states import ResourceKind

FREE, HANGING = 50, 50  # shown of a site


@dataclass(frozen=True, slots=True, kw_only=True)
class Had:
    """A resource that a line has or had: who had it besides, and what the network last saw of it."""

    holding: Holding
    others: tuple[Holding, ...]  # the newest first
    sight: Sight | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineScreen:
    """All about a line."""

    site: SiteCard | None
    has: tuple[Had, ...]
    had: tuple[Had, ...]
    differences: tuple[DifferenceCard, ...]
    orders: tuple[OrderCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceScreen:
    """All about a resource, without whose lines those are."""

    card: ResourceCard
    site: SiteCard | None
    history: tuple[Holding, ...]  # the newest first
    sight: Sight | None
    differences: tuple[DifferenceCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """How many of a kind there are at a site, and how many of those can be given."""

    kind: ResourceKind
    total: int
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteScreen:
    """A site, what is there and what can be given."""

    card: SiteCard
    stock: tuple[Stock, ...]
    free: tuple[Free, ...]
    more: int
    hanging: tuple[str, ...]


def of_line(card: LineCard, *, at: datetime) -> LineScreen:
    """What the records and the network say of a line."""
    theirs = resources.of_line(card.code)
    codes = {one.resource for one in theirs}
    known, seen = resources.histories(codes), surveys.last_seen(codes)
    rows = [
        Had(
            holding=one,
            others=tuple(other for other in known[one.resource] if other.since != one.since),
            sight=seen.get(one.resource),
        )
        for one in theirs
    ]
    return LineScreen(
        site=sites.card(card.site) if card.site else None,
        has=tuple(one for one in rows if _goes_on(one.holding, at)),
        had=tuple(reversed([one for one in rows if not _goes_on(one.holding, at)])),
        differences=differences.of_line(card.code),
        orders=orders.open_of(card.code),
    )


def of_resource(card: ResourceCard) -> ResourceScreen:
    """What the records and the network say of a resource."""
    return ResourceScreen(
        card=card,
        site=sites.card(card.site) if card.site else None,
        history=tuple(reversed(resources.history(card.code))),
        sight=surveys.last_seen([card.code]).get(card.code),
        differences=differences.of_resource(card.code),
    )


def of_site(card: SiteCard, *, at: datetime) -> SiteScreen:
    """What there is at a site, and the best of what can be given."""
    free = sites.counted_free(card.code, at=at)
    shown = sites.free(card.code, at=at, limit=FREE)
    return SiteScreen(
        card=card,
        stock=tuple(
            Stock(kind=kind, total=count, free=free.get(kind, 0)) for kind, count in sites.counted(card.code).items()
        ),
        free=shown,
        more=sum(free.values()) - len(shown),
        hanging=sites.hanging_on(card.code, limit=HANGING),
    )


def _goes_on(holding: Holding, at: datetime) -> bool:
    return holding.until is None or holding.until > at
