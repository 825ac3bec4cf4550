"""The network of a world file: pairs at sites, and the lines of contracts that have one, or a SIM."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from ligneclaire.kernel.actor import Actor
from ligneclaire.network.actions.import_network import Imported, import_network
from ligneclaire.network.states import ResourceKind, SiteKind, Technology
from ligneclaire.network.values import HoldingEntry, LineEntry, ResourceEntry, SiteEntry
from ligneclaire.simulation.world_file import Contract, Customer, World


def import_network_of(world: World, *, by: Actor, at: datetime) -> Imported:
    """Import what the file says of the network."""
    held = [(customer, row) for customer in world.customers for row in customer.contracts if row.pair or row.sim]
    home = {pair: site.code for site in world.network.sites for pair in site.pairs}
    return import_network(
        sites=_sites(world),
        resources=_resources(home, [row for _, row in held]),
        lines=[_line(customer, row, home) for customer, row in held],
        holdings=[
            *(HoldingEntry(resource=row.pair, line=None, since=at) for row in world.network.in_use),
            *(_holding(row, world.operator.zone) for _, row in held),
        ],
        by=by,
        at=at,
    )


def _sites(world: World) -> list[SiteEntry]:
    territory = {name: row.code for row in world.territories for name in row.communes}
    return [
        SiteEntry(code=row.code, kind=SiteKind(row.kind), commune=row.commune, territory=territory[row.commune])
        for row in world.network.sites
    ]


def _resources(home: Mapping[str, str], rows: Sequence[Contract]) -> list[ResourceEntry]:
    pairs = [ResourceEntry(code=pair, kind=ResourceKind.PAIR, site=site) for pair, site in home.items()]
    return pairs + [ResourceEntry(code=row.sim.iccid, kind=ResourceKind.SIM) for row in rows if row.sim]


def _line(customer: Customer, row: Contract, home: Mapping[str, str]) -> LineEntry:
    return LineEntry(
        code=row.id,
        customer=customer.id,
        contract=row.id,
        technology=Technology.COPPER if row.pair else Technology.MOBILE,
        since=row.since,
        place=row.place or ", ".join(customer.address[1:]),
        site=home.get(row.pair),
    )


def _holding(row: Contract, zone: str) -> HoldingEntry:
    since = datetime.combine(row.since, time(), ZoneInfo(zone))
    return HoldingEntry(resource=row.sim.iccid if row.sim else row.pair, line=row.id, since=since)
