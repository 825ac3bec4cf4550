"""A customer who moves, for tests of plans of lines."""

from __future__ import annotations

from collections.abc import Mapping

from journeys.contract import Contract

MOVE = {"from": "12 rue Blatin", "to": "3 rue du Four", "date": "2026-03-16", "signed": True}
WORKS: Mapping[str, object] = {"result": "line works", "pair": "63510-D4-017", "address": "3 rue du Four"}
OLD_WORKS: Mapping[str, object] = {"result": "line works", "pair": "63000-A1-104"}
GIVEN: Mapping[str, object] = {"resource": "63510-D4-017", "kind": "pair", "line": "K-1-2", "place": "3 rue du Four"}
SLOT = {"from": "2026-03-12T08:00:00+01:00", "to": "2026-03-12T10:00:00+01:00"}


def asks_to_move(**more: object) -> Contract:
    return Contract().it_is("2026-03-02 10:30").states("shop", "move.requested", MOVE | more)


def alarms(contract: Contract) -> list[tuple[str, str]]:
    return [(one.trigger, f"{one.started_at:%Y-%m-%d %H:%M}") for one in contract.all_of("fix_fault")]
