"""Write the network as NetBox's REST API takes it: a list for each kind of thing, related things by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import IO

from ligneclaire.network.queries import inventory
from ligneclaire.network.queries.inventory import Row
from ligneclaire.network.states import ResourceKind
from ligneclaire.ops import netbox
from ligneclaire.ops.netbox import slug
from ligneclaire.people.queries import operator

Thing = Mapping[str, object]
Lists = dict[str, Callable[[], Iterator[Thing]]]
GENERIC = {"name": "Generic", "slug": "generic"}
FRAME = {"slug": netbox.FRAME}


def write(file: IO[bytes]) -> None:
    """Write everything, a thing on a line."""
    sites = {str(row["code"]): row for row in inventory.rows("sites")}
    lists = _places(sites) | _ports(sites) | _lines()
    assert tuple(lists) == netbox.FIRST
    for place, (name, listed) in enumerate(lists.items()):
        file.write((("],\n" if place else "{\n") + json.dumps(name) + ": [").encode())
        for number, thing in enumerate(listed()):
            file.write(((",\n" if number else "\n") + json.dumps(thing, ensure_ascii=False)).encode())
    file.write(b"]\n}\n")


def _places(sites: Mapping[str, Row]) -> Lists:
    return {
        "extras.customfield": _fields,
        netbox.REGION: lambda: _named({str(row["territory"]) for row in sites.values()}),
        netbox.SITE: lambda: (_site(row) for row in sites.values() if not row["parent"]),
        netbox.LOCATION: lambda: (_location(row) for row in sites.values() if row["parent"]),
    }


def _ports(sites: Mapping[str, Row]) -> Lists:
    return {
        "dcim.manufacturer": lambda: iter([GENERIC]),
        "dcim.devicetype": lambda: iter(
            [{"manufacturer": {"slug": "generic"}, "model": "Distribution frame", **FRAME}]
        ),
        "dcim.devicerole": lambda: iter([{"name": "Distribution frame", **FRAME}]),
        netbox.DEVICE: lambda: map(_frame, sites.values()),
        netbox.REAR_PORT: lambda: map(_rear_port, _resources(*netbox.PORTS)),
        netbox.INTERFACE: lambda: map(_interface, _resources(ResourceKind.PORT)),
    }


def _lines() -> Lists:
    return {
        netbox.TENANT: lambda: _named({str(row["customer"]) for row in inventory.rows("lines")}),
        "circuits.provider": lambda: iter([{"name": operator.current().name, "slug": "operator"}]),
        "circuits.circuittype": lambda: ({"name": name.capitalize(), "slug": name} for name in netbox.TYPES),
        netbox.CIRCUIT: lambda: map(_circuit, inventory.rows("lines")),
        netbox.OURS: lambda: (_own(row) for row in inventory.rows("resources") if not row["site"]),
    }


def _resources(*kinds: ResourceKind) -> Iterator[Row]:
    return (row for row in inventory.rows("resources") if row["kind"] in kinds)


def _fields() -> Iterator[Thing]:
    for name, stands_on in netbox.FIELDS.items():
        yield {"name": name, "label": name.replace("_", " "), "type": "text", "object_types": list(stands_on)}


def _named(names: set[str]) -> Iterator[Thing]:
    return ({"name": name, "slug": slug(name)} for name in sorted(names))


def _site(row: Row) -> Thing:
    return {
        "name": row["code"],
        "slug": slug(str(row["code"])),
        "status": netbox.ACTIVE,
        "region": {"slug": slug(str(row["territory"]))},
        "description": row["commune"],
        "custom_fields": {"kind": row["kind"]},
    }


def _location(row: Row) -> Thing:
    hangs_on_a_location = row["parent"] != row["top"]
    return {
        "name": row["code"],
        "slug": slug(str(row["code"])),
        "site": {"slug": slug(str(row["top"]))},
        "parent": {"slug": slug(str(row["parent"]))} if hangs_on_a_location else None,
        "status": netbox.ACTIVE,
        "description": row["commune"],
        "custom_fields": {"kind": row["kind"], "territory": row["territory"]},
    }


def _frame(row: Row) -> Thing:
    code = str(row["code"])
    return {
        "name": code,
        "device_type": FRAME,
        "role": FRAME,
        "site": {"slug": slug(str(row["top"]))},
        "location": {"slug": slug(code)} if row["parent"] else None,
        "status": netbox.ACTIVE,
    }


def _rear_port(row: Row) -> Thing:
    kind = ResourceKind(str(row["kind"]))
    return {**_port(row), "type": netbox.PORTS[kind], "positions": 1}


def _interface(row: Row) -> Thing:
    return {**_port(row), "type": "other", "enabled": row["condition"] == "usable"}


def _port(row: Row) -> dict[str, object]:
    fields = {"condition": row["condition"], "wear": str(row["wear"])}
    held = {"line": row["line"] or None, "since": row["since"] or None}
    return {
        "device": {"name": row["site"]},
        "name": row["code"],
        "mark_connected": row["is_held"],
        "custom_fields": {**fields, **held},
    }


def _circuit(row: Row) -> Thing:
    return {
        "cid": row["code"],
        "provider": {"slug": "operator"},
        "type": {"slug": row["technology"]},
        "status": netbox.OVER if row["until"] else netbox.ACTIVE,
        "tenant": {"slug": slug(str(row["customer"]))},
        "install_date": row["since"],
        "termination_date": row["until"] or None,
        "description": row["place"],
        "custom_fields": {"contract": row["contract"], "place_site": row["site"] or None},
    }


def _own(row: Row) -> Thing:
    return {
        name: row[name] for name in ("kind", "code", "condition", "wear", "imsi", "imei", "line", "is_held", "since")
    }
