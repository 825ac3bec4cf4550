"""The list of all known rules agrees with the values, the code and the tests."""

from __future__ import annotations

import re
from pathlib import Path

from ligneclaire import law

ROOT = Path(__file__).resolve().parents[2]


def rules_with_tests() -> set[str]:
    """The rules after which a test is named, as in test_ter_01_..."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    found = {
        stem for text in texts for stem in re.findall(r"^def test_([a-z]{3}_[0-9]{2}|[a-z]+)_", text, re.MULTILINE)
    }
    return {stem.replace("_", "-") for stem in found}


def rules_with_values() -> set[str]:
    return {each.id.partition(".")[0].lower() for country in law.countries() for each in law.parameters(country)}


def test_every_value_has_a_test_named_after_its_rule() -> None:
    assert sorted(rules_with_values() - rules_with_tests()) == []


def test_every_rule_with_a_value_is_in_the_catalogue() -> None:
    assert sorted(rules_with_values() - {entry.id.lower() for entry in law.catalogue()}) == []


def test_a_rule_without_a_value_has_its_own_source() -> None:
    valued = rules_with_values()
    alone = {entry.id for entry in law.catalogue() if entry.is_implemented and entry.id.lower() not in valued}

    assert alone == {entry.id for entry in law.catalogue() if entry.source}


def test_a_rule_is_implemented_exactly_when_a_test_is_named_after_it() -> None:
    tested = rules_with_tests()

    assert [entry.id for entry in law.catalogue() if entry.is_implemented != (entry.id.lower() in tested)] == []


def test_the_catalogue_counts_without_a_gap() -> None:
    last = {"TER": 27, "WDR": 8, "POR": 15, "ROA": 9, "CON": 5, "DUN": 11, "SLA": 10, "CSQ": 15, "PRV": 8, "CHG": 5}
    last |= {"LOY": 4, "SIM": 7}

    assert [entry.id for entry in law.catalogue()] == [
        f"{family}-{number:02}" for family, most in last.items() for number in range(1, most + 1)
    ] + ["rio", "complaint", "einvoice", "copper"]


def test_a_place_is_a_module_that_is_there() -> None:
    places = [entry.place for entry in law.catalogue() if entry.place]

    assert [place for place in places if not (ROOT / "src" / "ligneclaire" / place).is_file()] == []
    assert "contracts/rules/porting.py" in places


def test_known_rules_say_whether_they_are_implemented() -> None:
    known = {entry.id: (entry.place, entry.is_implemented) for entry in law.catalogue()}

    assert known["TER-02"] == (None, True)
    assert known["POR-07"] == ("contracts/rules/porting.py", True)
    assert known["POR-06"] == (None, False)
