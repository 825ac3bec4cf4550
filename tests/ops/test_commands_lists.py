"""Topics and rules are listed without a database."""

from __future__ import annotations

import json
import re

import click
import pytest
from click.testing import CliRunner, Result

from ligneclaire.law import countries, parameters
from ligneclaire.ops.commands import law, topics
from ligneclaire.voice.topics import TOPICS


def run(command: click.Command, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def columns(output: str) -> list[list[str]]:
    return [re.split("  +", line) for line in output.splitlines()]


def test_every_topic_is_listed_with_who_is_in_charge() -> None:
    result = run(topics.command)

    heading, *rows = columns(result.output)
    assert (result.exit_code, heading) == (0, ["KEY", "IN CHARGE", "VALUE", "LEAVES", "IN FRENCH"])
    assert [row[0] for row in rows] == list(TOPICS)
    assert [row[1:4] for row in rows if row[0] in {"closing_bill.date", "equipment.penalty", "offer.promotion"}] == [
        ["billing, then contracts, then journeys", "date", "a day after the last news on its subject"],
        ["equipment = equipment-south-west, then journeys", "money", "a day after the last news on its subject"],
        ["anyone", "anything", "never: no sales sentence without consent"],
    ]
    assert all(len(row) == 5 and row[4] != row[0] for row in rows)


def test_topics_are_listed_for_machines() -> None:
    listed = json.loads(run(topics.command, "--json").stdout)

    assert [topic["key"] for topic in listed] == list(TOPICS)
    assert {tuple(topic) for topic in listed} == {("key", "in_charge", "value", "leaves", "name")}
    assert listed[list(TOPICS).index("contract.ends_on")]["in_charge"] == [["contracts"], ["journeys"]]


@pytest.mark.parametrize("country", countries())
def test_every_rule_is_listed(country: str) -> None:
    result = run(law.command, "--country", country)

    heading, *rows = columns(result.output)
    assert (result.exit_code, heading) == (0, ["ID", "VALUE", "IN FORCE", "RULE"])
    assert [row[0] for row in rows] == [parameter.id for parameter in parameters(country)]


def test_one_rule_is_shown_with_its_source() -> None:
    result = run(law.command, "ter-01")

    assert (result.exit_code, columns(result.output)) == (
        0,
        [
            ["rule", "TER-01", "Notice of termination, at most, from receipt by the provider"],
            ["value", "10 calendar days"],
            ["in force", "from 2026-04-03"],
            ["source", "CC L224-39; service-public.fr F22486"],
            ["verify", "the sources are weak, old or do not agree"],
            ["note", "F22486 says 10 jours francs."],
        ],
    )


def test_a_rule_that_changed_is_shown_with_each_value() -> None:
    blocks = run(law.command, "TER-11.cap_with_handset").output.split("\n\n")

    assert [dict(line[:2] for line in columns(block))["value"] for block in blocks] == ["25 %", "20 %"]


def test_the_beginning_of_an_id_lists_all_that_begin_so() -> None:
    rows = columns(run(law.command, "TER-11").output)

    assert {row[0].partition(".")[0] for row in rows[1:]} == {"TER-11"}


def test_a_rule_that_is_not_implemented_says_so() -> None:
    result = run(law.command, "por-06")

    assert (result.exit_code, columns(result.output)) == (
        0,
        [["rule", "POR-06", "Interruption on the day of porting"], ["value", "not implemented yet"]],
    )


def test_a_rule_without_a_value_names_the_module_that_keeps_it() -> None:
    assert columns(run(law.command, "POR-07").output) == [
        ["rule", "POR-07", "A failed port brings the contract back"],
        ["value", "none; kept by contracts/rules/porting.py"],
        ["source", "CPCE L44-4"],
    ]


def test_a_rule_that_is_not_there_is_refused() -> None:
    result = run(law.command, "XYZ-01")

    complaint = "Error: there is no rule XYZ-01 in FR; `ligneclaire law` lists them\n"
    assert (result.exit_code, result.output) == (1, complaint)


def test_a_country_that_is_not_there_is_a_wrong_use() -> None:
    assert run(law.command, "--country", "XX").exit_code == 2
