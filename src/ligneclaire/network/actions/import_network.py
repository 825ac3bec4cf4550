"""Bring what exists in a network, and who holds what of it, in line with an outside list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from ligneclaire.facts.sql import named
from ligneclaire.kernel.actor import Actor
from ligneclaire.kernel.rows import Tally, upsert
from ligneclaire.network.models import Line, Resource, Site
from ligneclaire.network.values import HoldingEntry, LineEntry, ResourceEntry, SiteEntry

SQL = named(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A holding on the list that was not written, and what stands against it: another line, or another resource."""

    resource: str
    line: str
    holds: str
    held_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import changed, and what it left alone because the records say otherwise."""

    tallies: dict[str, Tally]
    contested: tuple[Contested, ...]


@transaction.atomic
def import_network(
    *,
    sites: Sequence[SiteEntry] = (),
    resources: Sequence[ResourceEntry] = (),
    lines: Sequence[LineEntry] = (),
    holdings: Sequence[HoldingEntry] = (),
    by: Actor,
    at: datetime,
) -> Imported:
    """Import sites, resources, lines and holdings; what is not listed stays, and nothing changes hands by an import."""
    tallies = {
        "sites": upsert(Site, [_site(row) for row in _parents_first(sites)], key=["code"], by=by, at=at),
        "resources": upsert(Resource, [_resource(row) for row in resources], key=["code"], by=by, at=at),
        "lines": upsert(Line, [_line(row) for row in lines], key=["code"], by=by, at=at),
    }
    new, contested = _hold(holdings, by=by, at=at)
    same = len(holdings) - new - len(contested)
    return Imported(tallies=tallies | {"holdings": Tally(new=new, same=same)}, contested=contested)


def _parents_first(sites: Sequence[SiteEntry]) -> list[SiteEntry]:
    return sorted(sites, key=lambda row: (row.parent is not None, row.code))


def _site(row: SiteEntry) -> dict[str, object]:
    return {
        "code": row.code,
        "kind": row.kind,
        "commune": row.commune,
        "territory_id": row.territory,
        "parent_id": row.parent,
    }


def _resource(row: ResourceEntry) -> dict[str, object]:
    return {
        "code": row.code,
        "kind": row.kind,
        "site_id": row.site,
        "condition": row.condition,
        "wear": row.wear,
        "imsi": row.imsi,
        "imei": row.imei,
    }


def _line(row: LineEntry) -> dict[str, object]:
    return {
        "code": row.code,
        "customer_id": row.customer,
        "contract": row.contract,
        "technology": row.technology,
        "place": row.place,
        "site_id": row.site,
        "since": row.since.isoformat(),
        "until": row.until and row.until.isoformat(),
    }


def _hold(rows: Sequence[HoldingEntry], *, by: Actor, at: datetime) -> tuple[int, tuple[Contested, ...]]:
    if not rows:
        return 0, ()
    listed = [{"resource": row.resource, "line": row.line, "since": row.since.isoformat()} for row in rows]
    values: dict[str, str | datetime] = {"rows": json.dumps(listed), "by": str(by), "at": at}
    with connection.cursor() as cursor:
        cursor.execute(SQL["hold"], values)
        new = cursor.rowcount
        cursor.execute(SQL["contested"], values)
        contested = tuple(
            Contested(resource=resource, line=line, holds=holds, held_by=held_by)
            for resource, line, holds, held_by in cursor.fetchall()
        )
    return new, contested
