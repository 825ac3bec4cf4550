from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builders import a_world
from ligneclaire.network.models import Difference, Line, Resource, Site, Survey
from ligneclaire.ops.commands import network
from network.street import HER_PAIR, a_line, gives, holder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(network.command, [str(argument) for argument in arguments], catch_exceptions=False)


def a_file(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def said(result: Result) -> list[str]:
    return result.output.splitlines()


def test_a_network_is_imported_in_the_order_in_which_it_hangs_together(tmp_path: Path) -> None:
    holdings = a_file(
        tmp_path,
        "h.csv",
        "resource,line,since",
        "AB-1234-CD56,L-1,2015-03-01T00:00:00+01:00",
        "NRO63/1,,2015-03-01T00:00:00Z",
    )
    lines = a_file(
        tmp_path,
        "l.csv",
        "code,customer,contract,technology,since,place,site",
        'L-1,C-4002,K-FIX-9,fibre,2015-03-01,"5 RUE DU FOUR, 63510 MALINTRAT",PBO-1',
    )
    resources = a_file(
        tmp_path,
        "r.csv",
        "kind,code,site,condition,wear",
        "path,ab1234cd56,PBO-1,usable,2",
        "port,NRO63/1,NRO-63,,",
        "number,04 65 71 04 03,,,",
    )
    sites = a_file(
        tmp_path,
        "s.csv",
        "code,kind,commune,territory,parent",
        "PBO-1,pbo,63510 Malintrat,63,NRO-63",
        "NRO-63,exchange,63000 Clermont-Ferrand,63,",
    )

    result = run("import", holdings, lines, resources, sites)

    assert said(result) == [f"{sites}: 2 new", f"{resources}: 3 new", f"{lines}: 1 new", f"{holdings}: 2 new"]
    assert (holder("AB-1234-CD56"), Line.objects.get(code="L-1").site_id) == ("L-1", "PBO-1")
    assert Resource.objects.get(code="AB-1234-CD56").wear == 2
    assert Resource.objects.filter(code="+33465710403").exists()
    assert said(run("import", holdings, lines, resources, sites)) == [
        f"{sites}: 2 as before",
        f"{resources}: 3 as before",
        f"{lines}: 1 as before",
        f"{holdings}: 2 as before",
    ]


def test_wrong_lines_are_named_and_the_others_are_imported(tmp_path: Path) -> None:
    sites = a_file(
        tmp_path,
        "s.csv",
        "code,kind,commune,territory,parent",
        "S-1,pbo,63510 Malintrat,63,S-9",
        "S-2,tree,63510 Malintrat,63,",
        "S-3,pbo,63510 Malintrat,99,",
        "S-4,pbo,63510 Malintrat,63,",
        "S-4,pbo,63510 Malintrat,63,",
    )

    result = run("import", sites)

    assert result.exit_code == 1
    kinds = "'exchange', 'cabinet', 'pm', 'distribution box' or 'pbo'"
    assert said(result) == [
        f"{sites}: 1 new, 4 wrong",
        "  line 2: parent: there is no site S-9",
        f"  line 3: kind: Input should be {kinds}",
        "  line 4: territory: there is no territory 99",
        "  line 6: S-4 stands in this file already",
    ]
    assert set(Site.objects.values_list("code", flat=True)) == {"63000-A1", "63510-D4", "S-4"}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("path,AB-1234-CD5,63510-D4,,", "code: 'AB-1234-CD5' is no PTO such as AB-1234-CD56"),
        ("pair,63510-D4-020,,,", "a pair is at a site"),
        ("number,0465710403,63510-D4,,", "a number is at no site"),
        ("pair,63510-D4-020,63510-D4,1,", "a pair has no IMSI"),
        ("pair,63510-D4-020,63510-D4,,1", "a pair has no IMEI"),
        ("sim,8933012345678901231,,12,", "code: '12' is no IMSI"),
        ("box,LB-1,,,490154203237519", "code: '490154203237519' is no IMEI of 15 digits with its check digit"),
        ("pair,63510-D4-020,63510-D9,,", "site: there is no site 63510-D9"),
    ],
)
def test_a_resource_that_cannot_be_is_left_out(tmp_path: Path, row: str, why: str) -> None:
    path = a_file(tmp_path, "r.csv", "kind,code,site,imsi,imei", row)

    assert said(run("import", path))[1:] == [f"  line 2: {why}"]


def test_nothing_changes_hands_by_an_import(tmp_path: Path) -> None:
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)
    a_line("L-2")
    path = a_file(
        tmp_path,
        "h.csv",
        "resource,line,since",
        f"{HER_PAIR},L-2,2015-04-01T00:00:00Z",
        "63510-D4-016,L-2,2015-04-01T00:00:00Z",
        "63000-A1-105,L-1,2015-04-01T00:00:00Z",
    )

    assert said(run("import", path))[1:] == [
        "  line 2: 63510-D4-017 is not given to L-2: line L-1 has 63510-D4-017",
        "  line 3: 63510-D4-016 is not given to L-2: somebody unknown has 63510-D4-016",
        "  line 4: 63000-A1-105 is not given to L-1: line L-1 has 63510-D4-017",
    ]
    assert holder(HER_PAIR) == "L-1"


def test_a_line_does_not_end_before_it_begins(tmp_path: Path) -> None:
    path = a_file(
        tmp_path, "l.csv", "code,customer,contract,technology,since,until", "L-1,C-4001,K,copper,2015-03-01,2015-02-01"
    )

    assert said(run("import", path))[1:] == ["  line 2: it ends before it begins, on 2015-03-01"]


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path, "x.csv", "name,colour")

    result = run("import", path)

    assert result.exit_code == 1
    assert "its columns are none of these: sites: code,kind,commune,territory,parent; resources: " in result.output


def test_what_is_exported_is_what_an_import_reads(tmp_path: Path) -> None:
    gives(a_line("L-1"), HER_PAIR)

    assert said(run("export", tmp_path / "out")) == [
        str(tmp_path / "out" / f"{kind}.csv") for kind in ("sites", "resources", "lines", "holdings")
    ]
    assert (tmp_path / "out" / "sites.csv").read_text(encoding="utf-8").splitlines() == [
        "code,kind,commune,territory,parent",
        "63000-A1,distribution box,63000 Clermont-Ferrand,63,",
        "63510-D4,distribution box,63510 Malintrat,63,",
    ]
    again = said(run("import", *sorted((tmp_path / "out").glob("*.csv"))))
    assert [line.split(": ")[1] for line in again] == ["2 as before", "6 as before", "3 as before", "5 as before"]


def test_an_export_is_for_its_owner_alone_and_overwrites_nothing(tmp_path: Path) -> None:
    run("export", tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())

    assert [oct(path.stat().st_mode & 0o777) for path in (tmp_path / "out", *files)] == ["0o700", *["0o600"] * 4]

    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "lines.csv").symlink_to(tmp_path / "elsewhere.csv")
    refused = run("export", tmp_path / "half")

    assert (refused.exit_code, refused.output) == (
        1,
        f"Error: {tmp_path}/half/lines.csv is there already; an export overwrites nothing\n",
    )
    assert [path.name for path in (tmp_path / "half").iterdir()] == ["lines.csv"]
    assert not (tmp_path / "elsewhere.csv").exists()


def test_where_a_resource_is_who_had_it_and_what_is_free() -> None:
    gives(a_line("L-1"), HER_PAIR)

    assert said(run("where", HER_PAIR)) == [
        "kind       pair",
        "site       63510-D4",
        "condition  usable",
        "wear       0",
        "holder     line L-1, contract K-FIX-9, customer C-4002",
        "since      2015-03-02 10:00+01:00",
    ]
    assert said(run("where", "63510-D4-016"))[4:5] == ["holder     taken"]
    assert said(run("where", "63000-A1-105"))[4:] == ["holder     nobody: it is free"]
    assert said(run("history", HER_PAIR)) == [
        "SINCE                   UNTIL  USE   LINE  CUSTOMER  BECAUSE",
        "2015-03-02 10:00+01:00         held  L-1   C-4002    order",
    ]
    assert said(run("free", "63000-A1")) == ["1 of 2 free: pair", "63000-A1-105  pair  0"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (("where", "X"), "the records know no X"),
        (("history", "63000-A1-105"), "nobody ever had 63000-A1-105"),
        (("free", "X"), "the records know no site X"),
    ],
)
def test_what_nobody_knows_is_said(question: tuple[str, str], answer: str) -> None:
    result = run(*question)

    assert (result.exit_code, said(result)) == (1, [f"Error: {answer}"])


def test_the_network_is_compared_with_the_records(tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        "seen.csv",
        "number,resource,seen",
        f",{HER_PAIR.lower()},active",
        "0465710401,63000-A1-104,silent",
        ",,active",
        ",63000-A1-105,blue",
        "12,63000-A1-105,active",
    )

    result = run("reconcile", path)

    assert said(result) == [
        "5 lines read",
        "  line 4: resource: a code of 1 to 40 characters is needed",
        "  line 5: seen: 'blue' is neither active nor silent",
        "  line 6: number: '12' is no telephone number",
        "not recorded: 1 new",
        "silent: 1 new",
        "1 of them concern a customer and have a case",
        "0 gone, 1 resources are given to nobody until somebody has looked",
    ]
    first, *rows = [line.split()[1:] for line in said(run("differences"))]
    assert first == ["OWNER", "KIND", "RESOURCE", "NUMBER", "LINE", "CUSTOMER", "ID"]
    assert [row[:-1] for row in rows] == [
        ["A-2", "silent", "63000-A1-104", "K-FIX-7", "C-4001"],
        ["A-2", "not", "recorded", HER_PAIR],
    ]
    assert len(said(run("differences", "--owner", "A-1"))) == 1


def test_an_interrupted_comparison_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_file(tmp_path, "seen.csv", "resource,seen", f"{HER_PAIR},active", "63000-A1-104,silent")
    monkeypatch.setattr(network, "AT_ONCE", 1)
    run("reconcile", path, "--seen-at", "2015-03-02T10:00:00+0100")
    Difference.objects.all().delete()

    result = run("reconcile", path, "--seen-at", "2015-03-02T10:00:00+0100")

    assert said(result)[:1] == ["2 lines were read before"]
    assert (Survey.objects.count(), Difference.objects.count()) == (1, 2)


def test_a_comparison_needs_its_columns(tmp_path: Path) -> None:
    result = run("reconcile", a_file(tmp_path, "x.csv", "name,colour"))

    assert said(result) == [f"Error: {tmp_path / 'x.csv'}: its first line must name the columns: resource,seen,number"]


def test_many_wrong_lines_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "SHOWN", 1)
    path = a_file(tmp_path, "s.csv", "code,kind,commune,territory", "S-1,tree,X,63", "S-2,tree,X,63")

    assert said(run("import", path))[2:] == ["  and 1 more"]


def test_a_difference_is_settled_and_the_resource_can_be_given_again(tmp_path: Path) -> None:
    run("reconcile", a_file(tmp_path, "seen.csv", "resource,seen", f"{HER_PAIR},active"))
    uuid = said(run("differences"))[1].split()[-1]

    assert said(run("settle", uuid, "--note", "Taken off.", "--free", "--by", "A-2")) == ["settled"]
    assert said(run("where", HER_PAIR))[4:] == ["holder     nobody: it is free"]
    assert said(run("history", HER_PAIR))[1].endswith("taken                  seen in use")
    assert Difference.objects.get().closed_by == "adviser:A-2"
    assert run("settle", uuid, "--note", "Again.").exit_code == 1
    assert len(said(run("differences"))) == 1
