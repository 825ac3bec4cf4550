"""Read a network from JSON as NetBox writes and takes it, into the rows of our own files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ligneclaire.network.states import ResourceKind
from ligneclaire.ops import netbox
from ligneclaire.ops.network_files import KINDS, Entry, FileRefused, Wrong, entry

Thing = Mapping[str, object]
Row = dict[str, str]


class NotReadable(ValueError):
    """A thing lacks what ours needs; the message says what."""


@dataclass(kw_only=True)
class Network:
    """The rows of a file by the kind of our own, each with its place; `places` says where a place is in the file."""

    places: list[str] = field(default_factory=list)
    rows: dict[str, list[tuple[int, Entry | Wrong]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    other: tuple[str, ...] = ()  # what the file has besides


def read(path: Path, *, region: str, at: datetime) -> Network:
    """Read the whole file; raises `FileRefused`. What is connected without a line or a day is in use from now on."""
    document = _document(path)
    names = {
        kind: _names(document.get(kind, [])) for kind in (netbox.REGION, netbox.SITE, netbox.LOCATION, netbox.TENANT)
    }
    territories = dict(_territories(document, names))
    found = Network(other=tuple(sorted(set(document) - set(netbox.FIRST))))
    readers: dict[str, Callable[[Thing], Iterator[tuple[str, Row]]]] = {
        netbox.SITE: lambda thing: _site(thing, names),
        netbox.LOCATION: lambda thing: _location(thing, names, territories),
        netbox.REAR_PORT: lambda thing: _port(thing, _rear_port_kind(thing), at),
        netbox.INTERFACE: lambda thing: _port(thing, ResourceKind.PORT, at),
        netbox.OURS: lambda thing: _own(thing, at),
        netbox.CIRCUIT: lambda thing: _circuit(thing, names),
    }
    for name, reader in readers.items():
        for index, thing in enumerate(document.get(name, [])):
            _add(found, f"{name}[{index}]", name, thing, reader, region)
    return found


def _document(path: Path) -> dict[str, list[object]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as wrong:
        raise FileRefused(f"it is no JSON: {wrong}") from None
    if not isinstance(document, dict) or not set(document) & set(netbox.FIRST):
        raise FileRefused(f"it is no object with lists under {', '.join(netbox.FIRST)}")
    lists = {
        str(name): value["results"] if isinstance(value, dict) and "results" in value else value
        for name, value in document.items()
    }
    if odd := next((name for name, value in lists.items() if not isinstance(value, list)), ""):
        raise FileRefused(f"{odd} is no list")
    return lists


def _add(
    found: Network,
    place: str,
    name: str,
    thing: object,
    reader: Callable[[Thing], Iterator[tuple[str, Row]]],
    region: str,
) -> None:
    number = len(found.places)
    found.places.append(place)
    try:
        rows = list(reader(_object(thing)))
    except NotReadable as wrong:
        kind = {netbox.SITE: "sites", netbox.LOCATION: "sites", netbox.CIRCUIT: "lines"}.get(name, "resources")
        rows, found.rows[kind] = [], [*found.rows[kind], (number, Wrong(number, str(wrong)))]
    for kind, row in rows:
        found.rows[kind].append((number, entry(KINDS[kind], row, number, region)))


def _object(thing: object) -> Thing:
    if not isinstance(thing, Mapping):
        raise NotReadable("an object is needed")
    return thing


def _site(thing: Thing, names: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Row]]:
    territory = _related(thing, "region", names[netbox.REGION])
    yield "sites", _site_row(thing, territory=territory, parent="")


def _location(
    thing: Thing, names: Mapping[str, Mapping[str, str]], territories: Mapping[str, str]
) -> Iterator[tuple[str, Row]]:
    site = _related(thing, "site", names[netbox.SITE])
    parent = _related(thing, "parent", names[netbox.LOCATION]) if thing.get("parent") else site
    territory = _custom(thing, "territory") or territories.get(site, "")
    yield "sites", _site_row(thing, territory=territory, parent=parent)


def _site_row(thing: Thing, *, territory: str, parent: str) -> Row:
    return {
        "code": _text(thing, "name"),
        "kind": _custom(thing, "kind"),
        "commune": _text(thing, "description"),
        "territory": territory,
        "parent": parent,
    }


def _rear_port_kind(thing: Thing) -> ResourceKind:
    kind = netbox.KIND_OF_PORT.get(_text(thing, "type"))
    if kind is None:
        raise NotReadable(f"type: of rear ports only {' and '.join(netbox.KIND_OF_PORT)} are pairs and paths")
    return kind


def _port(thing: Thing, kind: ResourceKind, at: datetime) -> Iterator[tuple[str, Row]]:
    row = {
        "kind": kind.value,
        "code": _text(thing, "name"),
        "site": _related(thing, "device", {}),
        "condition": _custom(thing, "condition"),
        "wear": _custom(thing, "wear"),
    }
    yield "resources", row
    if thing.get("mark_connected") or _custom(thing, "line"):
        yield "holdings", _holding(row["code"], _custom(thing, "line"), _custom(thing, "since"), at)


def _own(thing: Thing, at: datetime) -> Iterator[tuple[str, Row]]:
    yield "resources", {name: _text(thing, name) for name in ("kind", "code", "condition", "wear", "imsi", "imei")}
    if thing.get("is_held") or thing.get("line"):
        yield "holdings", _holding(_text(thing, "code"), _text(thing, "line"), _text(thing, "since"), at)


def _holding(resource: str, line: str, since: str, at: datetime) -> Row:
    return {"resource": resource, "line": line, "since": since or ("" if line else at.isoformat())}


def _circuit(thing: Thing, names: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Row]]:
    yield (
        "lines",
        {
            "code": _text(thing, "cid"),
            "customer": _related(thing, "tenant", names[netbox.TENANT]),
            "contract": _custom(thing, "contract"),
            "technology": _related(thing, "type", {}, key="slug"),
            "since": _text(thing, "install_date"),
            "until": _text(thing, "termination_date"),
            "place": _text(thing, "description"),
            "site": _custom(thing, "place_site"),
        },
    )


def _text(thing: Thing, name: str) -> str:
    """A value as text; a choice may come as NetBox writes it, with a label."""
    value = thing.get(name)
    if isinstance(value, Mapping):
        value = value.get("value")
    return "" if value is None else str(value)


def _custom(thing: Thing, name: str) -> str:
    fields = thing.get("custom_fields")
    return _text(fields, name) if isinstance(fields, Mapping) else ""


def _related(thing: Thing, name: str, known: Mapping[str, str], *, key: str = "name") -> str:
    """What a thing belongs to, by its name or its slug; a bare number says nothing outside its NetBox."""
    value = thing.get(name)
    if not isinstance(value, Mapping) or not (value.get(key) or value.get("slug")):
        raise NotReadable(f"{name}: an object with a name or a slug is needed")
    given = str(value.get(key) or value["slug"])
    return given if value.get(key) else known.get(given, given.upper())


def _names(things: list[object]) -> dict[str, str]:
    return {_text(one, "slug"): _text(one, "name") for one in things if isinstance(one, Mapping)}


def _territories(
    document: Mapping[str, list[object]], names: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """The territory of each site, for locations that do not say theirs."""
    for thing in document.get(netbox.SITE, []):
        if isinstance(thing, Mapping) and isinstance(thing.get("region"), Mapping):
            yield _text(thing, "name"), _related(thing, "region", names[netbox.REGION])
