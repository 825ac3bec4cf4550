"""A network to NetBox and back, and what cannot be read of one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.import_network import import_network
from ligneclaire.network.models import Assignment, Line, Resource, Site
from ligneclaire.network.queries import inventory
from ligneclaire.network.states import Condition, ResourceKind, SiteKind, Technology
from ligneclaire.network.values import HoldingEntry, LineEntry, ResourceEntry, SiteEntry
from ligneclaire.ops import netbox
from network.street import BOX, HER_PAIR, NOW, a_line, gives
from ops.test_network import run, said

pytestmark = pytest.mark.django_db
PTO, NUMBER, SIM, OLT = "AB-1234-CD56", "+33465710403", "8933012345678901231", "NRO63/1"
Things = dict[str, list[dict[str, object]]]


@pytest.fixture(autouse=True)
def network() -> None:
    """A box in a cabinet of an exchange, a fibre, a line that ended, and a number."""
    a_world()
    import_network(
        sites=[
            SiteEntry(code="NRO-63", kind=SiteKind.EXCHANGE, commune="63000 Clermont-Ferrand", territory="63"),
            SiteEntry(code="PM.1", kind=SiteKind.PM, commune="63510 Malintrat", territory="63", parent="NRO-63"),
            SiteEntry(code="PBO-1", kind=SiteKind.PBO, commune="63510 Malintrat", territory="63", parent="PM.1"),
        ],
        resources=[
            ResourceEntry(code=PTO, kind=ResourceKind.PATH, site="PBO-1", wear=2),
            ResourceEntry(code=OLT, kind=ResourceKind.PORT, site="NRO-63", condition=Condition.FAULTY),
            ResourceEntry(code=NUMBER, kind=ResourceKind.NUMBER),
        ],
        lines=[
            LineEntry(
                code="L-0",
                customer="C-4002",
                contract="K-FIX-9",
                technology=Technology.FIBRE,
                since=date(2011, 1, 1),
                until=date(2012, 1, 1),
            )
        ],
        holdings=[HoldingEntry(resource=PTO, line=None, since=NOW)],
        by=SYSTEM,
        at=NOW,
    )
    gives(a_line("L-1"), HER_PAIR)
    gives("L-1", NUMBER)


def exported(folder: Path) -> tuple[Path, Things]:
    path = folder / "out" / "netbox.json"
    assert said(run("export", folder / "out", "--format", "netbox")) == [str(path)]
    return path, json.loads(path.read_text(encoding="utf-8"))


def a_file(folder: Path, **things: object) -> Path:
    path = folder / "some.json"
    path.write_text(json.dumps({name.replace("_", "."): value for name, value in things.items()}), encoding="utf-8")
    return path


def everything() -> list[list[inventory.Row]]:
    return [list(inventory.rows(kind)) for kind in ("sites", "resources", "lines")]


def one(things: Things, kind: str, name: str, value: str) -> dict[str, object]:
    [found] = [thing for thing in things[kind] if thing[name] == value]
    return found


def test_what_is_exported_is_what_netbox_takes(tmp_path: Path) -> None:
    path, things = exported(tmp_path)

    assert tuple(things) == netbox.FIRST
    assert one(things, "dcim.site", "name", "NRO-63") == {
        "name": "NRO-63",
        "slug": "nro-63",
        "status": "active",
        "region": {"slug": "63"},
        "description": "63000 Clermont-Ferrand",
        "custom_fields": {"kind": "exchange"},
    }
    assert one(things, "dcim.location", "name", "PBO-1") == {
        "name": "PBO-1",
        "slug": "pbo-1",
        "site": {"slug": "nro-63"},
        "parent": {"slug": netbox.slug("PM.1")},
        "status": "active",
        "description": "63510 Malintrat",
        "custom_fields": {"kind": "pbo", "territory": "63"},
    }
    assert one(things, "dcim.location", "name", "PM.1")["parent"] is None
    assert one(things, "dcim.device", "name", "PBO-1")["location"] == {"slug": "pbo-1"}
    assert one(things, "dcim.rearport", "name", HER_PAIR) == {
        "device": {"name": BOX},
        "name": HER_PAIR,
        "type": "110-punch",
        "positions": 1,
        "mark_connected": True,
        "custom_fields": {
            "condition": "usable",
            "wear": "0",
            "line": "L-1",
            "since": "2015-03-02T09:00:00.000000Z",
        },
    }
    assert one(things, "dcim.interface", "name", OLT)["enabled"] is False
    assert one(things, "circuits.circuit", "cid", "L-0") == {
        "cid": "L-0",
        "provider": {"slug": "operator"},
        "type": {"slug": "fibre"},
        "status": "decommissioned",
        "tenant": {"slug": "c-4002"},
        "install_date": "2011-01-01",
        "termination_date": "2012-01-01",
        "description": "",
        "custom_fields": {"contract": "K-FIX-9", "place_site": None},
    }
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert "Garnier" not in path.read_text(encoding="utf-8")  # customers go by their number


def test_what_was_exported_comes_back_as_it_was(tmp_path: Path) -> None:
    path, _ = exported(tmp_path)
    before = everything()

    assert said(run("import", path)) == [
        f"{path}: sites: 5 as before",
        f"{path}: resources: 9 as before",
        f"{path}: lines: 4 as before",
        f"{path}: holdings: 7 as before",
    ]
    Assignment.objects.all().delete()
    for model in (Line, Resource):
        model.objects.all().delete()
    for code in ("PBO-1", "PM.1", "NRO-63"):
        Site.objects.get(code=code).delete()
    result = run("import", path)

    assert result.exit_code == 0
    assert everything() == before
    assert set(Resource.objects.filter(is_held=True).values_list("code", flat=True)) == {
        *(str(row["code"]) for row in before[1] if row["is_held"])
    }


def test_what_netbox_itself_writes_is_read_too(tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        dcim_site={
            "count": 1,
            "results": [
                {
                    "id": 7,
                    "name": "NRO-64",
                    "slug": "nro-64",
                    "status": {"value": "active", "label": "Active"},
                    "region": {"id": 3, "name": "63", "slug": "auvergne"},
                    "description": "63000 Clermont-Ferrand",
                    "custom_fields": {"kind": {"value": "exchange", "label": "Exchange"}},
                }
            ],
        },
        dcim_location=[
            {
                "name": "PBO-64",
                "site": {"name": "NRO-64"},
                "parent": None,
                "description": "63510 Malintrat",
                "custom_fields": {"kind": "pbo"},
            }
        ],
        dcim_rearport=[
            {"device": {"name": "PBO-64"}, "name": "ab1234cd57", "type": {"value": "sc-apc"}, "mark_connected": True}
        ],
        dcim_rack=[{"name": "x"}],
    )

    result = run("import", path)

    assert said(result) == [
        f"{path}: sites: 2 new",
        f"{path}: resources: 1 new",
        f"{path}: lines: nothing in it",
        f"{path}: holdings: 1 wrong",
        "  dcim.rearport[0]: resource: there is no resource ab1234cd57",
        "not read: dcim.rack",
    ]
    assert Site.objects.get(code="PBO-64").territory_id == "63"


def test_what_is_connected_without_a_line_is_given_to_nobody(tmp_path: Path) -> None:
    pair = {"device": {"name": BOX}, "name": f"{BOX}-020", "type": "110-punch", "mark_connected": True}

    run("import", a_file(tmp_path, dcim_rearport=[pair]))

    assert said(run("where", f"{BOX}-020"))[4] == "holder     taken"


def test_bad_things_are_named_by_their_place_and_the_others_are_imported(tmp_path: Path) -> None:
    good = {"device": {"name": BOX}, "name": f"{BOX}-020", "type": "110-punch"}
    circuit = {"cid": "L-5", "type": {"slug": "copper"}, "install_date": "2015-01-01"}
    path = a_file(
        tmp_path,
        dcim_site=[{"name": "S-1", "region": 3}, "x", {"name": "S-2", "region": {"slug": "99"}, "description": "X"}],
        dcim_location=[{"name": "S-3", "site": {"slug": "s-9"}, "description": "X", "custom_fields": {"kind": "pbo"}}],
        dcim_rearport=[
            good,
            good,
            {**good, "type": "8p8c"},
            {**good, "name": "P-1", "device": None},
            {**good, "name": f"{BOX}-021", "custom_fields": {"line": "L-1"}},
        ],
        circuits_circuit=[{**circuit, "tenant": {"slug": "c-4002"}, "custom_fields": {"contract": "K"}}, circuit],
    )

    result = run("import", path)

    assert result.exit_code == 1
    assert said(result) == [
        f"{path}: sites: 4 wrong",
        "  dcim.site[0]: region: an object with a name or a slug is needed",
        "  dcim.site[1]: an object is needed",
        "  dcim.site[2]: kind: Field required",
        "  dcim.location[0]: territory: Field required",
        f"{path}: resources: 2 new, 3 wrong",
        f"  dcim.rearport[1]: {BOX}-020 stands in this file already",
        "  dcim.rearport[2]: type: of rear ports only 110-punch and sc-apc are pairs and paths",
        "  dcim.rearport[3]: device: an object with a name or a slug is needed",
        f"{path}: lines: 1 new, 1 wrong",
        "  circuits.circuit[1]: tenant: an object with a name or a slug is needed",
        f"{path}: holdings: 1 wrong",
        "  dcim.rearport[4]: since: Field required",
    ]
    assert not Site.objects.filter(code__startswith="S-").exists()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "it is no JSON: "),
        ("[]", "it is no object with lists under extras.customfield, "),
        ('{"dcim.rack": []}', "it is no object with lists under extras.customfield, "),
        ('{"dcim.site": {}}', "dcim.site is no list"),
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")

    result = run("import", path)

    assert (result.exit_code, result.output.startswith(f"Error: {path}: {why}")) == (1, True)


def test_codes_that_would_look_alike_have_names_of_their_own() -> None:
    assert [netbox.slug(code) for code in ("NRO-63", "PM.1", "PM-1")] == ["nro-63", "pm-1-fa8f43", "pm-1"]
