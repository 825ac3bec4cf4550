"""CSV files as other systems write them, and their import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from ligneclaire.transfer.importing import Standing, import_csv
from ligneclaire.transfer.mapping import Mapping, read_mapping

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "mappings"
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)

ROWS = Path(__file__).parent / "rows"
CUSTOMERS, CONTRACTS, HISTORY = (
    (ROWS / f"{name}.csv").read_text(encoding="utf-8") for name in ("customers", "contracts", "history")
)


def a_file(folder: Path, text: str, *, name: str = "rows.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def a_mapping(folder: Path, text: str) -> Mapping:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def the_example(name: str) -> Mapping:
    return read_mapping(EXAMPLES / f"{name}.toml")


def take(
    path: Path,
    mapping: Mapping,
    *,
    is_check: bool = False,
    told: Callable[[Standing], None] = lambda _: None,
    at: datetime = NOW,
) -> Standing:
    return import_csv(path=path, mapping=mapping, wrong=wrong_of(path), is_check=is_check, told=told, at=at)


def wrong_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.wrong.csv")


def take_customers(folder: Path) -> Standing:
    path = a_file(folder, CUSTOMERS, name="customers.csv", encoding="cp1252")
    return take(path, the_example("customers"))
