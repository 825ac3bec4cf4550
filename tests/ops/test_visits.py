from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builders import a_world
from ligneclaire.ops.commands import visits
from ligneclaire.visits.models import WorkingHours
from ligneclaire.visits.queries import links
from network.street import HER_PAIR, NOW, a_line, gives, holder
from visits.field import TUESDAY, a_visit, at, state, technicians

pytestmark = pytest.mark.django_db
COLUMNS = "number,name,mobile,skills,territories,hours,window,adviser,works"
Goes = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def goes(clock_at: Goes) -> Goes:
    a_world()
    clock_at(NOW)
    return clock_at


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(visits.command, [str(argument) for argument in arguments], catch_exceptions=False)


def said(result: Result) -> list[str]:
    return result.output.splitlines()


def a_file(folder: Path, *lines: str, columns: str = COLUMNS) -> Path:
    path = folder / "technicians.csv"
    path.write_text("\n".join([columns, *lines]) + "\n", encoding="utf-8")
    return path


def test_technicians_are_imported_from_a_file_and_again(tmp_path: Path) -> None:
    file = a_file(
        tmp_path,
        "T-1,Marcel Roy,06 39 98 03 01,copper fibre,63;75,Mon-Fri 8:00-12:00 13:00-17:00; Sat 9:00-11:00,60,A-3,",
        "T-2,Lise Faure,+33639980302,copper,63,tue 8:00-12:00,,,no",
    )

    assert said(run("technicians", file)) == [
        f"{file}: 2 new",
        "NUMBER  NAME        MOBILE        SKILLS        TERRITORIES",
        "T-1     Marcel Roy  +33639980301  copper fibre  63 75",
        "T-2     Lise Faure  +33639980302  copper        63           left",
    ]
    assert said(run("technicians", file))[0] == f"{file}: 2 as before"
    assert len(said(run("technicians"))) == 3
    hours = WorkingHours.objects.filter(technician__number="T-1").values_list("weekday", "minutes")
    assert sorted(hours) == sorted([(day, 60) for day in range(1, 6) for _ in range(2)] + [(6, 60)])


def test_wrong_lines_are_named_and_the_others_are_imported(tmp_path: Path) -> None:
    right = "Marcel,+33639980301,copper,63,Mon 8:00-12:00,,"
    file = a_file(
        tmp_path,
        f"T-1,{right},",
        f"T-1,{right},",
        "T-2,Marcel,12,copper,63,Mon 8:00-12:00,,,",
        "T-3,Marcel,+33639980301,copper,99 63,Mon 8:00-12:00,,,",
        "T-4,Marcel,+33639980301,copper,63,Moonday 8-12,,,",
        "T-5,Marcel,+33639980301,copper,63,Mon 12:00-8:00,,,",
        "T-6,Marcel,+33639980301,copper,63,Mon 8:00-12:00,5,,",
        "T-7,Marcel,+33639980301,copper,63,Mon 8:00-12:00,,A-9,",
        "T-8,Marcel,+33639980301,copper,63,Mon-Xyz 8:00-12:00,,,",
        "T-10,Marcel,+33639980301,copper,63,Mon 8:00-25:00,,,",
        "T-9,Marcel,+33639980301,copper,63,Mon 8:00-12:00 9:00-10:00,,,",
    )

    result = run("technicians", file)

    assert result.exit_code == 1
    assert said(result)[0] == f"{file}: 1 new, 10 wrong"
    assert [line.strip() for line in said(result)[3:]] == [
        "line 3: T-1 stands in this file already",
        "line 4: mobile: '12' is no telephone number",
        "line 5: territories: there is no territory 99",
        "line 6: hours: expected such as Mon-Fri 8:00-12:00 13:00-17:00, not 'moonday 8-12'",
        "line 7: hours: 12:00-8:00 ends before it begins",
        "line 8: window: Input should be greater than or equal to 15",
        "line 9: adviser: there is no adviser A-9",
        "line 10: hours: expected such as Mon-Fri 8:00-12:00 13:00-17:00, not 'mon-xyz 8:00-12:00'",
        "line 11: hour must be in 0..23",
        "line 12: hours: mon 09:00 overlaps others",
    ]


def test_a_file_names_its_columns(tmp_path: Path) -> None:
    file = a_file(tmp_path, "x,y", columns="name,colour")

    assert said(run("technicians", file)) == [f"Error: {file}: its first line must name the columns: {COLUMNS}"]
    assert said(run("technicians", a_file(tmp_path)))[0] == f"{file}: nothing in it"


def test_what_is_free_is_listed() -> None:
    technicians("T-1")

    assert said(run("free", "63", "copper", "--days", "2")) == [
        "FROM                  TO     FREE",
        "Tue 2015-03-03T08:00  10:00  1",
        "Tue 2015-03-03T10:00  12:00  1",
        "Tue 2015-03-03T13:00  15:00  1",
        "Tue 2015-03-03T15:00  17:00  1",
    ]
    assert said(run("free", "63", "copper", "--from", "2015-03-08", "--days", "1")) == ["nobody is free"]


def test_a_visit_is_asked_for_booked_made_and_closed(goes: Goes) -> None:
    technicians("T-1")
    gives(a_line("L-2"), HER_PAIR)

    [asked] = said(run("need", "K-FIX-9", "repair", "--task", "No tone."))
    need, link = asked.split("  ")
    assert link == links.path(need)
    assert said(run("book", need, "2015-03-03T08:30")) == ["Error: nobody is free then: see `ligneclaire visits free`"]
    [visit] = said(run("book", need, "2015-03-03T08:00", "--by", "A-2"))
    [head, row] = said(run("day", "T-1", "2015-03-03"))
    assert head.split() == ["WHEN", "VISIT", "STATE", "FOR", "NAME", "PHONE", "WHERE", "EXPECTED", "TASK"]
    assert row.split()[:4] == ["08:00-10:00", visit, "booked", "repair"]
    assert row.endswith(f"5 RUE DU FOUR, 63510 MALINTRAT  {HER_PAIR}  No tone.")
    assert said(run("day", "T-1")) == ["nothing"]
    goes(at(9))
    assert run("close", visit, "--result", "x").exit_code == 1
    assert said(run("close", visit, "--result", "New socket.", "--used", HER_PAIR)) == ["closed"]
    assert run("book", need, "2015-03-04T08:00").exit_code == 1
    assert state(visit) == "done"


def test_what_another_customer_would_lose_is_said() -> None:
    technicians("T-1")
    gives(a_line("L-1", customer="C-4001"), HER_PAIR)
    a_line("L-2")

    result = run("close", a_visit(line="L-2"), "--result", "New socket.", "--used", HER_PAIR)

    assert said(result)[1].startswith("another line has it in the records: somebody looks first (")
    assert holder(HER_PAIR) == "L-1"


def test_a_visit_is_missed_and_a_technician_is_away(goes: Goes) -> None:
    technicians("T-1")
    visit = a_visit(8)

    assert said(run("off", "T-1", "2015-03-03T07:00", "2015-03-03T12:00")) == ["off", f"to move: {visit}"]
    assert run("off", "T-1", "2015-03-03T12:00", "2015-03-03T12:00").exit_code == 2
    assert run("miss", visit, "customer").exit_code == 1
    goes(at(10, TUESDAY))
    assert said(run("miss", visit, "customer")) == ["missed"]


def test_what_is_not_there_is_said() -> None:
    assert said(run("need", "K-NONE", "repair")) == ["Error: the records know no line by wire of contract K-NONE"]
    assert said(run("day", "T-9")) == ["Error: there is no technician T-9"]
    assert said(run("book", "LC-0000-0000", "2015-03-03T08:00")) == ["Error: nobody has to come under LC-0000-0000"]
