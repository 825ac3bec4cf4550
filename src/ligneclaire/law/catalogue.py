"""Every rule that is known, implemented or not."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ligneclaire.law.lookup import countries, parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A rule by its id, with the module that keeps it if it is more than a value, and its source if it has no value."""

    id: str
    title: str
    place: str | None
    source: str | None
    is_implemented: bool


@cache
def catalogue() -> tuple[Entry, ...]:
    """Every known rule, in the order of the table of facts; implemented ones have a value or a place."""
    content = tomllib.loads((files("ligneclaire.law") / "catalogue.toml").read_text(encoding="utf-8"))
    titles, places, sources = content["rules"], content["places"], content["sources"]
    valued = {parameter.id.partition(".")[0] for country in countries() for parameter in parameters(country)}
    return tuple(
        Entry(
            id=rule,
            title=title,
            place=places.get(rule),
            source=sources.get(rule),
            is_implemented=rule in valued or rule in places,
        )
        for rule, title in titles.items()
    )
