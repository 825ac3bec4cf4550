"""`ligneclaire law [ID]`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import click

from ligneclaire.kernel.money import Money
from ligneclaire.law import Basis, Entry, Mark, Parameter, Unit, catalogue, countries, parameters
from ligneclaire.ops.printing import table

HEADING = ("ID", "VALUE", "IN FORCE", "RULE")
WITHOUT_UNIT = {Unit.COUNT, Unit.TEXT}
MARKS = {
    Mark.OWN: "from general knowledge, without a source that was read",
    Mark.POST_SNAPSHOT: "took effect after the text that was read",
    Mark.VERIFY: "the sources are weak, old or do not agree",
}


@click.command
@click.argument("rule", metavar="[ID]", required=False)
@click.option("--country", type=click.Choice(countries(), case_sensitive=False), default="FR", show_default=True)
def command(*, rule: str | None, country: str) -> None:
    """List the rules with their values, or show one with its sources: `ligneclaire law TER-01`.

    Only the beginning of an id lists all that begin so: `ligneclaire law TER`.
    """
    blocks = _blocks(rule.upper() if rule else "", country)
    if not blocks:
        raise click.ClickException(f"there is no rule {rule} in {country}; `ligneclaire law` lists them")
    click.echo("\n\n".join("\n".join(table(block)) for block in blocks))


def _blocks(wanted: str, country: str) -> list[Iterator[tuple[str, ...]]]:
    known = parameters(country)
    if exact := [_details(one) for one in known if one.id.upper() == wanted]:
        return exact
    if found := [one for one in known if one.id.upper().startswith(wanted)]:
        return [_list(found)]
    return [_without_value(entry) for entry in catalogue() if entry.id == wanted]


def _list(found: list[Parameter]) -> Iterator[tuple[str, ...]]:
    yield HEADING
    for one in found:
        yield (one.id, value_text(one), _in_force(one), one.name)


def _details(one: Parameter) -> Iterator[tuple[str, ...]]:
    yield ("rule", f"{one.id}  {one.name}")
    yield ("value", value_text(one))
    yield ("in force", _in_force(one))
    if one.basis is Basis.CONTRACT:
        yield ("goes by", "the day on which the contract was concluded")
    yield ("source", one.source)
    for mark in one.marks:
        yield ("verify", MARKS[mark])
    if one.note:
        yield ("note", one.note)


def _without_value(entry: Entry) -> Iterator[tuple[str, ...]]:
    yield ("rule", f"{entry.id}  {entry.title}")
    yield ("value", f"none; kept by {entry.place}" if entry.is_implemented else "not implemented yet")
    if entry.source:
        yield ("source", entry.source)


def _in_force(one: Parameter) -> str:
    since = f"from {one.valid_from}" if one.valid_from else "always"
    return f"{since} to {one.valid_to}" if one.valid_to else since


def value_text(one: Parameter) -> str:
    """A value with its unit, as in "10 calendar days" or "2.5 %"."""
    match one.value:
        case bool():
            return "yes" if one.value else "no"
        case Money():
            return f"{one.value.amount} {one.value.currency}"
        case Fraction() if one.unit is Unit.PERCENT:
            return f"{float(one.value * 100):g} %"
        case Fraction():
            return f"{float(one.value):g} times"
        case tuple():
            return ", ".join(map(str, one.value))
        case value:
            return f"{value}" if one.unit in WITHOUT_UNIT else f"{value} {one.unit.replace('_', ' ')}"
