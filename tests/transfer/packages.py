"""Data packages, read by what they say of themselves."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from ligneclaire.transfer.tables import NULL

Package = dict[str, Any]


def read(folder: Path) -> Package:
    package: Package = json.loads((folder / "datapackage.json").read_text())
    return package


def resource(package: Package, name: str) -> Package:
    return next(one for one in package["resources"] if one["name"] == name)


def rows(folder: Path, one: Package) -> Iterator[dict[str, str | None]]:
    with (folder / one["path"]).open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {name: None if value == NULL else value for name, value in row.items()}


def faults(folder: Path, package: Package) -> Iterator[str]:
    """What is not as the description says: fields, types, what is required and unique, keys and foreign keys."""
    values = {one["name"]: list(rows(folder, one)) for one in package["resources"]}
    for one in package["resources"]:
        schema, here = one["schema"], values[one["name"]]
        if here and list(here[0]) != [field["name"] for field in schema["fields"]]:
            yield f"{one['name']} has other columns"
        for field in schema["fields"]:
            column = [row[field["name"]] for row in here]
            limits = field.get("constraints", {})
            if limits.get("required") and None in column:
                yield f"{one['name']}.{field['name']} is missing somewhere"
            if (limits.get("unique") or [field["name"]] == schema.get("primaryKey")) and len({*column}) < len(column):
                yield f"{one['name']}.{field['name']} is there twice"
            for value in column:
                if value is not None and not PARSED[field["type"]](value):
                    yield f"{one['name']}.{field['name']} is no {field['type']}: {value}"
        for link in schema.get("foreignKeys", ()):
            [column_name], [target] = link["fields"], link["reference"]["fields"]
            there = {row[target] for row in values[link["reference"]["resource"] or one["name"]]}
            if strays := {row[column_name] for row in here} - there - {None}:
                yield f"{one['name']}.{column_name} leads nowhere: {strays}"


def is_json(value: str) -> bool:
    json.loads(value)
    return True


PARSED: dict[str, Callable[[str], object]] = {
    "integer": lambda value: str(int(value)) == value,
    "boolean": lambda value: value in {"true", "false"},
    "datetime": lambda value: value.endswith("Z") and datetime.fromisoformat(value),
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "any": is_json,
    "array": lambda value: isinstance(json.loads(value), list),
    "string": lambda _: True,
}
